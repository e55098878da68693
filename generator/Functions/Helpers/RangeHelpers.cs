using System.Collections.Generic;

namespace GeneratedNetworks.Generator.Functions.Helpers;

/// <summary>What holds a value between two bounds that are arguments, not constants of an activation, and what puts it on a scale.</summary>
internal static class RangeHelpers
{
    public const string Clamp = "Clamp", ClampBackward = "ClampBackward", Normalized = "Normalized", Quotient = "Quotient", FlushSubnormal = "FlushSubnormal", Lifted = "Lifted", Lowered = "Lowered";

    private const double SmallestSingle = 1.17549435082228750796873653722224568e-38, SmallestDouble = 2.2250738585072014e-308;

    // 2⁻⁷⁷ and 2⁻⁹²⁰, whose last digits, 2⁻¹⁰⁰ and 2⁻⁹⁷², are so far above the subnormal numbers that products with weights are too.
    private const double LiftSingle = 6.617444900424222e-24, LiftDouble = 1.1282464849155185e-277;

    public static IEnumerable<Helper> All { get; } =
    [
        new(Clamp, ["x", "low", "high"], "min(max(x, low), high); NaN where x is NaN", t => $"""
            {t.Type} b = {t.Max("low", "x")};
            return {t.Min("high", "b")};
            """),
        new(ClampBackward, ["dy", "y", "low", "high"], "dy where low < y < high, otherwise 0", t =>
            $"return {t.IfGreater("y", "low", t.IfLess("y", "high", "dy", t.Zero), t.Zero)};"),
        new(Normalized, ["x", "mean", "deviation"], "(x - mean) / deviation", _ => "return (x - mean) / deviation;"),
        new(FlushSubnormal, ["x"], "x, but 0 where |x| is below the smallest normal number: a state that fades would stay there, and some processors are slow with it", t => $"""
            {t.Type} a = {t.Abs("x")};
            return {t.IfLess("a", t.Constant(SmallestSingle, SmallestDouble), t.Zero, "x")};
            """),
        new(Lifted, ["x"], "x + c: what is less than half a last digit of c is gone when c is taken away again", t => $"return x + {t.Constant(LiftSingle, LiftDouble)};"),
        new(Lowered, ["x"], "x - c, the end of what Lifted began", t => $"return x - {t.Constant(LiftSingle, LiftDouble)};"),
        new(Quotient, ["x", "divisor"], "x / divisor", _ => "return x / divisor;"),
    ];
}
