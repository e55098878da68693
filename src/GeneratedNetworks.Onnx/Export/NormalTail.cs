using System;
using System.Collections.Generic;
using System.Linq;

namespace GeneratedNetworks.Onnx.Export;

/// <summary>
/// ½·erfc(z) for z ≥ 0 in elementary functions, to the last digits of a double: the midpoint rule with step h for the integral of e^(−t²)·z/(π·(z² +
/// t²)), which
/// gives z·(h/π)·e^(−z²)·Σ e^(−t²)/(z² + t²) over t = (k + ½)·h, and what the rule misses for its pole at t = i·z, 1/(1 + e^(2πz/h)).
/// Source of the method: Chiarella and Reichel, Math. Comp. 22 (1968).
/// </summary>
/// <remarks>All factors are for a = z·√2. With h = ½ and 11 terms the error is below 6e-16.</remarks>
internal static class NormalTail
{
    private const double Step = 0.5;
    private const int Count = 11;

    /// <summary>An a beyond which nothing is left of the tail, in double or of its product with a.</summary>
    public const double Farthest = 40;

    /// <summary>(h/π)/√2.</summary>
    public static double Factor { get; } = Step / Math.PI * Math.Sqrt(0.5);

    /// <summary>2π/h/√2.</summary>
    public static double PoleRate { get; } = 2 * Math.PI / Step * Math.Sqrt(0.5);

    /// <summary>t² and e^(−t²).</summary>
    public static IReadOnlyList<(double Node, double Weight)> Terms { get; } =
        [.. Enumerable.Range(0, Count).Select(k => (k + 0.5) * Step).Select(t => (t * t, Math.Exp(-t * t)))];
}
