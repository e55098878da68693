using System.Collections.Generic;

namespace GeneratedNetworks.Generator.Operations;

/// <summary>output = left ⊙ right, element by element. Backward it is the same, from the output's gradient and the other factor.</summary>
internal sealed record Multiply(Tensor Left, Tensor Right, Tensor Output) : Operation
{
    public override IEnumerable<Tensor> Reads => [Left, Right];

    public override Tensor? Writes => Output;

    public override bool IsElementwise => true;
}
