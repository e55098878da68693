using System;
using System.Diagnostics;

namespace GeneratedNetworks;

/// <summary>Layer normalization: y = (x − mean) / √(variance + ε)·γ + β, mean and biased variance over the last axes of one sample.</summary>
/// <remarks>
/// γ starts as 1 and β as 0; both have the shape of the axes that are normalized, and neither is penalized or decays. Source: Ba, Kiros, Hinton, "Layer
/// Normalization" (2016), with the definitions of PyTorch.
/// </remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
[Conditional("GENERATEDNETWORKS_KEEP_ATTRIBUTES")]
public sealed class LayerNormAttribute : UnaryLayerAttribute
{
    /// <summary>ε, positive. Default: 1e-5; Keras takes 1e-3.</summary>
    public double Epsilon { get; set; } = 1e-5;

    /// <summary>How many axes, counted from the last, are normalized together. Default: 1.</summary>
    public int LastAxes { get; set; } = 1;

    /// <summary>Whether there is a γ. Default: <see langword="true"/>.</summary>
    public bool UseScale { get; set; } = true;

    /// <summary>Whether there is a β. Default: <see langword="true"/>.</summary>
    public bool UseOffset { get; set; } = true;

    /// <summary>Whether the parameters stay as they are in training. Default: <see langword="false"/>.</summary>
    public bool Frozen { get; set; }
}
