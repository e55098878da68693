using System.Collections.Generic;
using GeneratedNetworks.Generator.Model;

namespace GeneratedNetworks.Generator.Operations;

/// <summary>The loss of a chunk, and its gradient: with respect to the output, or to the logits where the pair is fused.</summary>
internal sealed record LossGradient(Loss Loss, Tensor Value, Tensor Gradient) : Operation
{
    /// <summary>Receives its part of the caller's targets; null where there is one output, and so no part.</summary>
    public Tensor? Targets { get; init; }

    /// <summary>Where its part of a row of targets starts.</summary>
    public int Offset { get; init; }

    /// <summary>What loss and gradient are multiplied by, apart from what all outputs have in common.</summary>
    public double Factor { get; init; } = 1;

    public override IEnumerable<Tensor> Reads => [Value];

    public override Tensor? Writes => Gradient;

    public override IEnumerable<Tensor> Results => Targets is null ? [Gradient] : [Gradient, Targets];
}
