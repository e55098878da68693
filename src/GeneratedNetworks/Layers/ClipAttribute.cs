using System;
using System.Diagnostics;

namespace GeneratedNetworks;

/// <summary>Holds each element between two bounds: y = min(max(x, minimum), maximum), of the same shape as its input.</summary>
/// <remarks>
/// The derivative is 1 where minimum &lt; x &lt; maximum and 0 elsewhere, at the bounds too. NaN stays NaN. The bounds are rounded to the network's
/// precision.
/// </remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
[Conditional("GENERATEDNETWORKS_KEEP_ATTRIBUTES")]
public sealed class ClipAttribute : UnaryLayerAttribute
{
    /// <summary>Adds a clip layer.</summary>
    /// <param name="minimum">The least result, below <paramref name="maximum"/>. Default: negative infinity, which is no bound.</param>
    /// <param name="maximum">The greatest result, above <paramref name="minimum"/>. Default: positive infinity, which is no bound.</param>
    public ClipAttribute(double minimum = double.NegativeInfinity, double maximum = double.PositiveInfinity)
    {
        Minimum = minimum;
        Maximum = maximum;
    }

    /// <summary>The least result.</summary>
    public double Minimum { get; }

    /// <summary>The greatest result.</summary>
    public double Maximum { get; }
}
