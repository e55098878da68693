using System.Collections.Generic;

namespace GeneratedNetworks.Generator.Operations;

/// <summary>output = input ⊙ mask / (1 − rate) in training, forward and backward alike; otherwise output = input.</summary>
/// <param name="Layer">The layer whose masks these are: each has a key of its own.</param>
/// <param name="Rate">How likely an element is zero.</param>
internal sealed record RandomMask(string Layer, double Rate, Tensor Input, Tensor Output) : Operation
{
    public override IEnumerable<Tensor> Reads => [Input];

    public override Tensor? Writes => Output;

    public override bool IsElementwise => true;
}
