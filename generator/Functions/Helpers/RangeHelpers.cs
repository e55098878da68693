using System.Collections.Generic;

namespace GeneratedNetworks.Generator.Functions.Helpers;

/// <summary>What holds a value between two bounds that are arguments, not constants of an activation, and what puts it on a scale.</summary>
internal static class RangeHelpers
{
    public const string Clamp = "Clamp", ClampBackward = "ClampBackward", Normalized = "Normalized", Quotient = "Quotient";

    public static IEnumerable<Helper> All { get; } =
    [
        new(Clamp, ["x", "low", "high"], "min(max(x, low), high); NaN where x is NaN", t => $"""
            {t.Type} b = {t.Max("low", "x")};
            return {t.Min("high", "b")};
            """),
        new(ClampBackward, ["dy", "y", "low", "high"], "dy where low < y < high, otherwise 0", t =>
            $"return {t.IfGreater("y", "low", t.IfLess("y", "high", "dy", t.Zero), t.Zero)};"),
        new(Normalized, ["x", "mean", "deviation"], "(x - mean) / deviation", _ => "return (x - mean) / deviation;"),
        new(Quotient, ["x", "divisor"], "x / divisor", _ => "return x / divisor;"),
    ];
}
