using System.Collections.Generic;
using System.Linq;

namespace GeneratedNetworks.Generator.Operations;

/// <summary>The parameters of a batch normalization: what is learnt, and what is kept.</summary>
/// <param name="Gamma">The scale, or null for 1.</param>
/// <param name="Beta">The offset, or null for 0.</param>
/// <param name="Mean">The moving average of means.</param>
/// <param name="Variance">That of variances.</param>
/// <param name="Epsilon">What is added to a variance.</param>
internal sealed record BatchNormBlocks(ParameterBlock? Gamma, ParameterBlock? Beta, ParameterBlock Mean, ParameterBlock Variance, double Epsilon)
{
    public int Channels => Mean.Shape.Count;

    /// <summary>Those that are learnt.</summary>
    public IEnumerable<ParameterBlock> Learnt => new[] { Gamma, Beta }.OfType<ParameterBlock>();
}

/// <summary>output = (input − mean) / √(variance + ε)·γ + β, each of a channel, by the moving averages.</summary>
internal sealed record NormalizeBatch(BatchNormBlocks Norm, Tensor Input, Tensor Output) : Operation
{
    /// <summary>Whether the output is max(0, that).</summary>
    public bool IsRectified { get; init; }

    public override IEnumerable<Tensor> Reads => [Input];

    public override Tensor? Writes => Output;

    public override IEnumerable<ParameterBlock> Blocks => [.. Norm.Learnt, Norm.Mean, Norm.Variance];

    public override Operation? WritingTo(Tensor output) => this with { Output = output };
}

/// <summary>inputGradient = outputGradient·γ / √(variance + ε): where the moving averages are used, they are constants.</summary>
internal sealed record NormalizeBatchBackward(BatchNormBlocks Norm, Tensor OutputGradient, Tensor InputGradient) : Operation
{
    public override IEnumerable<Tensor> Reads => [OutputGradient];

    public override Tensor? Writes => InputGradient;

    public override IEnumerable<ParameterBlock> Blocks => [.. Norm.Learnt.Where(block => block == Norm.Gamma), Norm.Variance];
}

/// <summary>
/// The same by the mean and the variance of the chunk, which are kept for backward and go into the moving averages at the next update; outside training by the
/// moving averages.
/// </summary>
/// <param name="Norm">The parameters.</param>
/// <param name="Momentum">The share of a moving average that a step keeps.</param>
/// <param name="IsUnbiased">Whether n / (n − 1) of the variance goes into its moving average.</param>
/// <param name="Input">What is read.</param>
/// <param name="Output">What is written.</param>
/// <param name="Statistics">Mean and 1 / √(variance + ε) of the chunk, in its first row.</param>
internal sealed record BatchNorm(BatchNormBlocks Norm, double Momentum, bool IsUnbiased, Tensor Input, Tensor Output, Tensor Statistics) : Operation
{
    /// <summary>Whether the output is max(0, that).</summary>
    public bool IsRectified { get; init; }

    public override IEnumerable<Tensor> Reads => [Input];

    public override Tensor? Writes => Output;

    public override IEnumerable<Tensor> Results => [Output, Statistics];

    public override IEnumerable<ParameterBlock> Blocks => [.. Norm.Learnt, Norm.Mean, Norm.Variance];
}

/// <summary>
/// With x̂ = (input − mean) / √(variance + ε) and N elements of a channel: dβ = Σ dy, dγ = Σ dy·x̂, and dx = γ / √(variance + ε)·(dy − dβ / N − x̂·dγ / N).
/// </summary>
/// <param name="Norm">The parameters.</param>
/// <param name="Input">What was read.</param>
/// <param name="Statistics">What was kept.</param>
/// <param name="OutputGradient">dy.</param>
/// <param name="InputGradient">Receives dx; null where nobody wants it.</param>
internal sealed record BatchNormBackward(BatchNormBlocks Norm, Tensor Input, Tensor Statistics, Tensor OutputGradient, Tensor? InputGradient) : Operation
{
    /// <summary>Whether dy counts only where the normalized value is positive.</summary>
    public bool IsRectified { get; init; }

    public override IEnumerable<Tensor> Reads => [Input, Statistics, OutputGradient];

    public override Tensor? Writes => InputGradient;

    public override IEnumerable<ParameterBlock> Blocks => [.. Norm.Learnt.Where(block => IsRectified || block == Norm.Gamma)];

    public override IEnumerable<ParameterBlock> Gradients => Norm.Learnt.Where(block => block.IsTrained);
}
