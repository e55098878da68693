using System.Collections.Generic;

namespace GeneratedNetworks.Generator.Operations;

/// <summary>output = left + right, element by element: the sum of two values, or of two gradients of a value that has several readers.</summary>
internal sealed record Add(Tensor Left, Tensor Right, Tensor Output) : Operation
{
    public override IEnumerable<Tensor> Reads => [Left, Right];

    public override Tensor? Writes => Output;

    public override bool IsElementwise => true;
}
