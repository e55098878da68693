using System.Collections.Generic;
using GeneratedNetworks.Generator.Model;

namespace GeneratedNetworks.Generator.Operations;

/// <summary>The loss of a chunk, and its gradient: with respect to the output, or to the logits where the pair is fused.</summary>
internal sealed record LossGradient(Loss Loss, Tensor Value, Tensor Gradient) : Operation
{
    public override IEnumerable<Tensor> Reads => [Value];

    public override Tensor? Writes => Gradient;
}
