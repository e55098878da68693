using System.Collections.Generic;

namespace GeneratedNetworks.Generator.Functions.Helpers;

/// <summary>Activations of straight pieces, and Softsign: no exponential in them.</summary>
/// <remarks>Each derivative is adjacent, times dy. At a kink it is PyTorch's: the outer piece's, and for Relu and LeakyRelu the left one's.</remarks>
internal static class PiecewiseHelpers
{
    private static readonly string[] Z = ["z"];
    private static readonly string[] FromOutput = ["dy", "y"];
    private static readonly string[] FromInput = ["dy", "z"];

    public static IEnumerable<Helper> All { get; } =
    [
        new("Identity", Z, "z", _ => "return z;"),
        new("IdentityBackward", FromOutput, "dy", _ => "return dy;"),

        new("Relu", Z, "max(0, z)", t => $"return {t.Max(t.Zero, "z")};"),
        new("ReluBackward", FromOutput, "dy where y > 0, otherwise 0", t => $"return {t.IfGreater("y", t.Zero, "dy", t.Zero)};"),

        new("LeakyRelu", Z, "z where z > 0, otherwise 0.01 z", t => $"return {t.IfGreater("z", t.Zero, "z", $"z * {t.Constant(0.01)}")};"),
        new("LeakyReluBackward", FromOutput, "dy where y > 0, otherwise 0.01 dy", t =>
            $"return {t.IfGreater("y", t.Zero, "dy", $"dy * {t.Constant(0.01)}")};"),

        new("HardTanh", Z, "min(max(z, -1), 1)", t => Clamped(t, "z", -1, 1, "c")),
        new("HardTanhBackward", FromOutput, "dy where -1 < y < 1, otherwise 0", t => $"return {Inside(t, "y", -1, 1, "dy")};"),

        new("Relu6", Z, "min(max(z, 0), 6)", t => Clamped(t, "z", 0, 6, "c")),
        new("Relu6Backward", FromOutput, "dy where 0 < y < 6, otherwise 0", t => $"return {Inside(t, "y", 0, 6, "dy")};"),

        // The sum first: it is exact near -3, where z / 6 + 1/2 would lose its digits.
        new("HardSigmoid", Z, "min(max(z + 3, 0), 6) / 6", t => Clamped(t, $"z + {t.Constant(3)}", 0, 6, $"c * {t.Constant(1.0 / 6)}")),
        new("HardSigmoidBackward", FromOutput, "dy / 6 where 0 < y < 1, otherwise 0", t =>
            $"return {Inside(t, "y", 0, 1, $"dy * {t.Constant(1.0 / 6)}")};"),

        // Left of -3 the factor z is held there, so that minus infinity gives 0 and not NaN.
        new("HardSwish", Z, "z min(max(z + 3, 0), 6) / 6", t => $"""
            {t.Type} z3 = {t.Max(t.Constant(-3), "z")};
            {t.Type} c = {t.Min(t.Constant(6), $"z3 + {t.Constant(3)}")};
            return z3 * (c * {t.Constant(1.0 / 6)});
            """),
        new("HardSwishBackward", FromInput, "0 where z <= -3, dy where z >= 3, between them dy (z / 3 + 1/2)", t => $"""
            {t.Type} slope = {t.MultiplyAdd("z", t.Constant(1.0 / 3), t.Constant(0.5))};
            return {t.IfGreater("z", t.Constant(-3), t.IfLess("z", t.Constant(3), "dy * slope", "dy"), t.Zero)};
            """),

        // Held to a range whose ends are +-1 already, so that an infinity does not become inf / inf.
        new("Softsign", Z, "z / (1 + |z|)", t => $"""
            {t.Type} low = {t.Max(t.Constant(-1e30), "z")};
            {t.Type} held = {t.Min(t.Constant(1e30), "low")};
            return held / ({t.Constant(1)} + {t.Abs("held")});
            """),
        new("SoftsignBackward", FromOutput, "dy (1 - |y|)^2, as 1 / (1 + |z|) = 1 - |y|", t => $"""
            {t.Type} q = {t.Constant(1)} - {t.Abs("y")};
            return dy * (q * q);
            """),
    ];

    private static string Clamped(NumericText t, string value, double low, double high, string result) => $"""
        {t.Type} b = {t.Max(t.Constant(low), value)};
        {(result == "c" ? "return" : $"{t.Type} c =")} {t.Min(t.Constant(high), "b")};
        {(result == "c" ? "" : $"return {result};")}
        """.TrimEnd();

    /// <summary>The value strictly inside the interval, 0 outside and at its ends.</summary>
    private static string Inside(NumericText t, string x, double low, double high, string value) =>
        t.IfGreater(x, t.Constant(low), t.IfLess(x, t.Constant(high), value, t.Zero), t.Zero);
}
