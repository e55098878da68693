using System.Collections.Generic;

namespace GeneratedNetworks.Generator.Operations;

/// <summary>Copies rows between the caller's memory and padded rows of our own.</summary>
internal sealed record CopyRows(Tensor Input, Tensor Output) : Operation
{
    public override IEnumerable<Tensor> Reads => [Input];

    public override Tensor? Writes => Output;
}
