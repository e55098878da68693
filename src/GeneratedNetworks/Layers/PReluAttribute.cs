using System;
using System.Diagnostics;

namespace GeneratedNetworks;

/// <summary>A rectifier whose slope is learned: y = x where x is positive, otherwise slope·x, of the same shape as its input.</summary>
/// <remarks>Slopes start as 0.25, and are neither penalized nor decay. Source: He et al., "Delving Deep into Rectifiers" (2015).</remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
[Conditional("GENERATEDNETWORKS_KEEP_ATTRIBUTES")]
public sealed class PReluAttribute : UnaryLayerAttribute
{
    /// <summary>Whether all elements have one slope, and not one for each element of the last axis. Default: <see langword="false"/>.</summary>
    public bool Shared { get; set; }

    /// <summary>Whether the parameters stay as they are in training. Default: <see langword="false"/>.</summary>
    public bool Frozen { get; set; }
}
