using System;
using System.Diagnostics;

namespace GeneratedNetworks;

/// <summary>
/// Batch normalization: y = (x − m) / √(v + ε)·γ + β for each element of the last axis. In training m and v are mean and biased variance of the batch over all
/// other axes; otherwise their moving averages, which are kept, saved and loaded with the parameters.
/// </summary>
/// <remarks>
/// <para>The parameters are gamma, beta, mean and variance, of the length of the last axis. <c>Loss</c> and <c>Forward</c> use the moving averages, <c>Step</c>,
/// <c>Backward</c> and <c>CheckGradients</c> the batch's; the averages move with <c>Update</c>, once for each part of every <c>Backward</c> since the last.</para>
/// <para>Source: Ioffe and Szegedy, "Batch Normalization", 2015, by PyTorch's definitions.</para>
/// </remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
[Conditional("GENERATEDNETWORKS_KEEP_ATTRIBUTES")]
public sealed class BatchNormAttribute : UnaryLayerAttribute
{
    /// <summary>
    /// The share of a moving average that a step keeps, at least 0 and less than 1: PyTorch's <c>momentum=0.1</c>, the share that is taken, is 0.9 here, as in
    /// Keras. Default: 0.9.
    /// </summary>
    public double Momentum { get; set; } = 0.9;

    /// <summary>ε, positive and finite. Default: 1e-5, as in PyTorch; Keras has 1e-3.</summary>
    public double Epsilon { get; set; } = 1e-5;

    /// <summary>Whether there is a γ. Default: <see langword="true"/>.</summary>
    public bool UseScale { get; set; } = true;

    /// <summary>Whether there is a β. Default: <see langword="true"/>.</summary>
    public bool UseOffset { get; set; } = true;

    /// <summary>Whether the moving average takes n / (n − 1) of the batch's variance, as in PyTorch. Default: <see langword="true"/>.</summary>
    public bool UnbiasedVariance { get; set; } = true;

    /// <summary>Whether γ, β and the moving averages stay as they are, and are used in training too. Default: <see langword="false"/>.</summary>
    public bool Frozen { get; set; }
}
