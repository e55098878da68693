using System;
using System.Collections.Generic;

namespace GeneratedNetworks.Generator.Functions.Helpers;

/// <summary>Activations with an exponential in them, each with its derivative times dy.</summary>
/// <remarks>All take the exponential of -|z|, which cannot overflow and keeps its relative precision where the result is small.</remarks>
internal static class SmoothActivations
{
    /// <summary>The parts that several functions share.</summary>
    public static IEnumerable<Helper> Shared { get; } =
    [
        new("SoftplusTail", ["z"], "log(1 + exp(-|z|)), by a polynomial in the exponential", SoftplusTail) { Plain = "2 * Math.Atanh(1 / (1 + 2 * Math.Exp(Math.Abs(z))))" },
        new("NormalTail", ["a"], "Φ(-a) of the standard normal distribution for a >= 0; 0 where a Φ(-a) is below the last digit of 1/8", NormalTail),
    ];

    private const double SeluScale = 1.0507009873554804934193349852946;
    private const double SeluAlpha = 1.6732632423543772848170429916717;
    private const double GeluLinear = 2 * Coefficients.Sqrt2OverPi;
    private const double GeluCubic = 0.044715 * GeluLinear;

    public static string Sigmoid(NumericText t) => $"""
        // e = exp(-|z|) cannot overflow; for z < 0 both sides of the fraction are multiplied by it. Both are scaled, so that no digit of a small e is lost.
        {t.Type} minus = -{t.Abs("z")};
        {t.Type} a = {t.Max(t.Constant(-104, -746), "minus")};
        {(t.IsSingle && t.Target.IsAnyWidth && !t.Target.IsReproducible ? TableExp.Choice(t, "e", "a") : $"{t.Type} e = {t.Call("ScaledExp", "a")};")}
        return {t.IfLess("z", t.Zero, "e", t.Constant(1 / ExponentialHelpers.InverseScale(t)))} / ({t.Constant(1 / ExponentialHelpers.InverseScale(t))} + e);
        """;

    public static string SigmoidBackward(NumericText t) => $"return dy * (y * ({t.Constant(1)} - y));";

    public static string Tanh(NumericText t) => t.IsSingle && t.Target.IsReproducible ? QuotientTanh.Unfused(t) : t.IsSingle && t.Target.IsVector ? PiecewiseTanh.Widened + QuotientTanh.Quotient(t) : QuotientTanh.ByExp(t);

    public static string TanhBackward(NumericText t) => $"return dy * ({t.Constant(1)} - y * y);";

    public static string Elu(NumericText t) => $"""
        {t.Type} low = {t.Max(t.Constant(-18, -38), "z")};
        {t.Type} e = {t.Call("ExpMinusOne", t.Min(t.Zero, "low"))};
        return {t.IfGreater("z", t.Zero, "z", "e")};
        """;

    public static string EluBackward(NumericText t) => $"return {t.IfGreater("y", t.Zero, "dy", t.MultiplyAdd("dy", "y", "dy"))};";

    public static string Selu(NumericText t) => $"""
        {t.Type} low = {t.Max(t.Constant(-18, -38), "z")};
        {t.Type} e = {t.Call("ExpMinusOne", t.Min(t.Zero, "low"))};
        return {t.IfGreater("z", t.Zero, $"z * {t.Constant(SeluScale)}", $"e * {t.Constant(SeluScale * SeluAlpha)}")};
        """;

    public static string SeluBackward(NumericText t) =>
        $"return dy * {t.IfGreater("y", t.Zero, t.Constant(SeluScale), $"y + {t.Constant(SeluScale * SeluAlpha)}")};";

    public static string Silu(NumericText t) => $"""
        // z e / (1 + e) for z < 0, otherwise z / (1 + e), e = exp(-|z|): a small result stays scaled up to the last step.
        {t.Type} minus = -{t.Abs("z")};
        {t.Type} a = {t.Max(t.Constant(-110, -755), "minus")};
        {t.Type} scaled = {t.Call("ScaledExp", "a")};
        {t.Type} d = {t.Constant(1)} + scaled * {Unscale(t)};
        {t.Type} y = {t.IfLess("z", t.Zero, "a * scaled", "z")} / d;
        return y * {t.IfLess("z", t.Zero, Unscale(t), t.Constant(1))};
        """;

    public static string SiluBackward(NumericText t) => $"""
        {t.Type} e = {t.Call("ExpOfNegative", $"-{t.Abs("z")}")};
        {t.Type} d = {t.Constant(1)} + e;
        {t.Type} s = {t.IfLess("z", t.Zero, "e", t.Constant(1))} / d;
        {t.Type} rest = {t.IfLess("z", t.Zero, t.Constant(1), "e")} / d;
        return dy * (s * ({t.MultiplyAdd("z", "rest", t.Constant(1))}));
        """;

    public static string Mish(NumericText t) => $"""
        // tanh(log(1 + e)) = w / (w + 2) with w = e² + 2 e, e = exp(z); for z > 0 both sides are divided by e².
        {t.Type} minus = -{t.Abs("z")};
        {t.Type} a = {t.Max(t.Constant(-110, -755), "minus")};
        {t.Type} scaled = {t.Call("ScaledExp", "a")};
        {t.Type} e = scaled * {Unscale(t)};
        {t.Type} w = {t.MultiplyAdd("scaled", "e", "scaled + scaled")};
        {t.Type} low = {t.MultiplyAdd("w", Unscale(t), t.Constant(2))};
        {t.Type} b = {t.MultiplyAdd("e", t.Constant(2), t.Constant(1))};
        {t.Type} high = {t.MultiplyAdd("e + e", "e", "b")};
        {t.Type} y = {t.IfLess("z", t.Zero, "a * w", "z * b")} / {t.IfLess("z", t.Zero, "low", "high")};
        return y * {t.IfLess("z", t.Zero, Unscale(t), t.Constant(1))};
        """;

    public static string MishBackward(NumericText t) => $"""
        // 1 - w² as (1 - w)(1 + w), where 1 - w is a fraction of its own and loses no digits.
        {t.Type} e = {t.Call("ExpOfNegative", $"-{t.Abs("z")}")};
        {t.Type} top = {t.IfLess("z", t.Zero, $"e * (e + {t.Constant(2)})", $"{t.Constant(1)} + e * {t.Constant(2)}")};
        {t.Type} rest = {t.IfLess("z", t.Zero, t.Constant(2), $"e * e * {t.Constant(2)}")};
        {t.Type} w = top / (top + rest);
        {t.Type} s = {t.IfLess("z", t.Zero, "e", t.Constant(1))} / ({t.Constant(1)} + e);
        {t.Type} slope = rest / (top + rest) * ({t.Constant(1)} + w);
        return dy * ({t.MultiplyAdd("z * s", "slope", "w")});
        """;

    private static string SoftplusTail(NumericText t) => $"""
        {t.Type} e = {t.Call("ExpOfNegative", $"-{t.Abs("z")}")};
        {t.Polynomial("q", "e", t.IsSingle ? Coefficients.Log1PSingle : Coefficients.Log1PDouble)}
        return {t.MultiplyAdd("q", "eTo2", "e")};
        """;

    // max(0, z) + log(1 + exp(-|z|)).
    public static string Softplus(NumericText t) => $"return {t.Max(t.Zero, "z")} + {t.Call("SoftplusTail", "z")};";
    public static string SoftplusBackward(NumericText t) => $"return dy * ({t.Constant(1)} - {t.Call("ExpOfNegative", "-y")});";

    // Φ(-a) as the exponential of a polynomial: no division, and it decays as it should.
    private static string NormalTail(NumericText t) => $"""
        {NormalPolynomial(t)}
        return {t.IfLess("a", t.Constant(6, 8.7), $"{t.Call("ScaledExp", "log")} * {t.Constant(0.5 * ExponentialHelpers.InverseScale(t))}", t.Zero)};
        """;

    public static string Gelu(NumericText t) => $"""
        // max(0, z) - |z| Φ(-|z|): one tail serves both signs.
        {t.Type} a = {t.Abs("z")};
        {t.Type} held = {t.Min(t.Constant(6, 8.7), "a")};
        {t.Type} tail = held * {t.Call("NormalTail", "a")};
        return {t.Max(t.Zero, "z")} - tail;
        """;

    public static string GeluBackward(NumericText t) => $"""
        {t.Type} low = {t.Max(t.Constant(-15, -39), "z")};
        {t.Type} h = {t.Min(t.Constant(15, 39), "low")};
        {t.Type} tail = {t.Call("NormalTail", t.Abs("h"))};
        {t.Type} p = {t.IfLess("h", t.Zero, "tail", $"{t.Constant(1)} - tail")};
        {t.Type} density = {t.Call("ExpOfNegative", $"h * h * {t.Constant(-0.5)}")} * {t.Constant(Coefficients.InverseSqrt2Pi)};
        return dy * ({t.MultiplyAdd("h", "density", "p")});
        """;

    public static string GeluTanh(NumericText t) => $"""
        // max(0, z) - |z| σ(-2 |u|): one tail serves both signs.
        {t.Type} abs = {t.Abs("z")};
        {t.Type} a = {t.Min(t.Constant(11, 23), "abs")};
        {t.Type} slope = {t.MultiplyAdd("a * a", t.Constant(GeluCubic), t.Constant(GeluLinear))};
        {t.Type} e = {t.Call("ExpOfNegative", "a * -slope")};
        {t.Type} tail = a * e / ({t.Constant(1)} + e);
        return {t.Max(t.Zero, "z")} - tail;
        """;

    public static string GeluTanhBackward(NumericText t) => $"""
        {t.Type} low = {t.Max(t.Constant(-11, -23), "z")};
        {t.Type} h = {t.Min(t.Constant(11, 23), "low")};
        {t.Type} square = h * h;
        {t.Type} slope = {t.MultiplyAdd("square", t.Constant(GeluCubic), t.Constant(GeluLinear))};
        {t.Type} rise = {t.MultiplyAdd("square", t.Constant(3 * GeluCubic), t.Constant(GeluLinear))};
        {t.Type} e = {t.Call("ExpOfNegative", $"-{t.Abs("h")} * slope")};
        {t.Type} d = {t.Constant(1)} + e;
        {t.Type} s = {t.IfLess("h", t.Zero, "e", t.Constant(1))} / d;
        {t.Type} rest = {t.IfLess("h", t.Zero, t.Constant(1), "e")} / d;
        return dy * ({t.MultiplyAdd("h * rise", "s * rest", "s")});
        """;

    // The first term apart, as it is most of the sum: its rounding is then that of a smaller number.
    private static string NormalPolynomial(NumericText t)
    {
        double[] c = t.IsSingle ? Coefficients.LogNormalTailSingle : Coefficients.LogNormalTailDouble;
        return $"""
            {t.Polynomial("q", "a", c.AsSpan(1).ToArray())}
            {t.Type} log = {t.MultiplyAdd("q", "aTo2", $"a * {t.Constant(c[0])}")};
            """;
    }

    private static string Unscale(NumericText t) => t.Constant(ExponentialHelpers.InverseScale(t));
}
