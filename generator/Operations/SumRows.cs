using System.Collections.Generic;

namespace GeneratedNetworks.Generator.Operations;

/// <summary>output[c] = Σ input[r, c] over the rows of one sample.</summary>
internal sealed record SumRows(Tensor Input, Tensor Output) : Operation
{
    public override IEnumerable<Tensor> Reads => [Input];

    public override Tensor? Writes => Output;
}

/// <summary>output[r, c] = input[c]: the gradient of a sum goes to each of its terms.</summary>
internal sealed record RepeatRows(Tensor Input, Tensor Output) : Operation
{
    public override IEnumerable<Tensor> Reads => [Input];

    public override Tensor? Writes => Output;
}
