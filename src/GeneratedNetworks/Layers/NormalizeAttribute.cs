using System;
using System.Diagnostics;

namespace GeneratedNetworks;

/// <summary>Normalizes the last axis with numbers of its own: y = (x − mean) / deviation, then, if asked for, held to a range around 0.</summary>
/// <remarks>
/// For an input of shape [a, b, c], mean and deviation have shape [c]. They are parameters named "mean" and "deviation" that start as 0 and 1, are saved
/// and loaded with all others, and never change by training: no gradient, penalty, decay or state of an optimizer. A gradient passes to the input:
/// dx = dy / deviation, and 0 where the result is at the limit or beyond it. A deviation of 0 gives an infinity or NaN.
/// </remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
[Conditional("GENERATEDNETWORKS_KEEP_ATTRIBUTES")]
public sealed class NormalizeAttribute : UnaryLayerAttribute
{
    /// <summary>
    /// The limit: results are held to [−Clip, Clip], in deviations. Positive and finite, or 0 for no limit. Default: 0.
    /// </summary>
    public double Clip { get; set; }
}
