using System;
using System.Collections.Generic;

namespace GeneratedNetworks.Generator.Functions.Helpers;

/// <summary>Activations with an exponential in them, each with its derivative times dy.</summary>
/// <remarks>All take the exponential of -|z|, which cannot overflow and keeps its relative precision where the result is small.</remarks>
internal static class SmoothHelpers
{
    private static readonly string[] Z = ["z"];
    private static readonly string[] FromOutput = ["dy", "y"];
    private static readonly string[] FromInput = ["dy", "z"];

    private const double SeluScale = 1.0507009873554804934193349852946;
    private const double SeluAlpha = 1.6732632423543772848170429916717;

    public static IEnumerable<Helper> All { get; } =
    [
        new("Sigmoid", Z, "1 / (1 + exp(-z)) = (z < 0 ? e : 1) / (1 + e), e = exp(-|z|)", t => $"""
            {t.Type} e = {t.Call("ExpOfNegative", $"-{t.Abs("z")}")};
            return {t.IfLess("z", t.Zero, "e", t.Constant(1))} / ({t.Constant(1)} + e);
            """, ScalarInDouble: true),
        new("SigmoidBackward", FromOutput, "dy y (1 - y)", t => $"return dy * (y * ({t.Constant(1)} - y));"),

        // Beyond the bound the result is 1 already.
        new("Tanh", Z, "tanh(z) = -e / (e + 2), e = exp(-2 |z|) - 1, with the sign of z", t => $"""
            {t.Type} a = {t.Abs("z")};
            {t.Type} e = {t.Call("ExpMinusOne", $"{t.Min(t.Constant(9.1, 19.1), "a")} * {t.Constant(-2)}")};
            {t.Type} y = ({t.Zero} - e) / (e + {t.Constant(2)});
            return {t.WithSignOf("z", "y")};
            """, ScalarInDouble: true),
        new("TanhBackward", FromOutput, "dy (1 - y^2)", t => $"return dy * ({t.Constant(1)} - y * y);"),

        new("Elu", Z, "z where z > 0, otherwise exp(z) - 1", t => $"""
            {t.Type} low = {t.Max(t.Constant(-18, -38), "z")};
            {t.Type} e = {t.Call("ExpMinusOne", t.Min(t.Zero, "low"))};
            return {t.IfGreater("z", t.Zero, "z", "e")};
            """, ScalarInDouble: true),
        new("EluBackward", FromOutput, "dy where y > 0, otherwise dy (y + 1)", t =>
            $"return {t.IfGreater("y", t.Zero, "dy", t.MultiplyAdd("dy", "y", "dy"))};"),

        new("Selu", Z, "λ z where z > 0, otherwise λ α (exp(z) - 1)", t => $"""
            {t.Type} low = {t.Max(t.Constant(-18, -38), "z")};
            {t.Type} e = {t.Call("ExpMinusOne", t.Min(t.Zero, "low"))};
            return {t.IfGreater("z", t.Zero, $"z * {t.Constant(SeluScale)}", $"e * {t.Constant(SeluScale * SeluAlpha)}")};
            """, ScalarInDouble: true),
        new("SeluBackward", FromOutput, "dy λ where y > 0, otherwise dy (y + λ α)", t =>
            $"return dy * {t.IfGreater("y", t.Zero, t.Constant(SeluScale), $"y + {t.Constant(SeluScale * SeluAlpha)}")};"),

        new("Silu", Z, "z σ(z) = (z < 0 ? z e : z) / (1 + e), e = exp(-|z|)", t => $"""
            {t.Type} minus = -{t.Abs("z")};
            {t.Type} a = {t.Max(t.Constant(-110, -755), "minus")};
            {t.Type} scaled = {t.Call("ScaledExp", "a")};
            {t.Type} d = {t.Constant(1)} + scaled * {Unscale(t)};
            {t.Type} y = {t.IfLess("z", t.Zero, "a * scaled", "z")} / d;
            return y * {t.IfLess("z", t.Zero, Unscale(t), t.Constant(1))};
            """, ScalarInDouble: true),
        new("SiluBackward", FromInput, "dy s (1 + z (1 - s)), s = σ(z)", t => $"""
            {t.Type} e = {t.Call("ExpOfNegative", $"-{t.Abs("z")}")};
            {t.Type} d = {t.Constant(1)} + e;
            {t.Type} s = {t.IfLess("z", t.Zero, "e", t.Constant(1))} / d;
            {t.Type} rest = {t.IfLess("z", t.Zero, t.Constant(1), "e")} / d;
            return dy * (s * ({t.MultiplyAdd("z", "rest", t.Constant(1))}));
            """, ScalarInDouble: true),

        // For z > 0 both sides of the fraction are divided by e^2, e now being exp(-z).
        new("Mish", Z, "z tanh(log(1 + exp(z))) = z w / (w + 2), w = e^2 + 2 e, e = exp(z)", t => $"""
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
            """, ScalarInDouble: true),
        new("MishBackward", FromInput, "dy (w + z σ(z) (1 - w)(1 + w)), w = tanh(log(1 + exp(z)))", t => $"""
            {t.Type} e = {t.Call("ExpOfNegative", $"-{t.Abs("z")}")};
            {t.Type} top = {t.IfLess("z", t.Zero, $"e * (e + {t.Constant(2)})", $"{t.Constant(1)} + e * {t.Constant(2)}")};
            {t.Type} rest = {t.IfLess("z", t.Zero, t.Constant(2), $"e * e * {t.Constant(2)}")};
            {t.Type} w = top / (top + rest);
            {t.Type} s = {t.IfLess("z", t.Zero, "e", t.Constant(1))} / ({t.Constant(1)} + e);
            {t.Type} slope = rest / (top + rest) * ({t.Constant(1)} + w);
            return dy * ({t.MultiplyAdd("z * s", "slope", "w")});
            """, ScalarInDouble: true),

        new("SoftplusTail", Z, "log(1 + exp(-|z|)), by a polynomial in the exponential", t => $"""
            {t.Type} e = {t.Call("ExpOfNegative", $"-{t.Abs("z")}")};
            {t.Polynomial("q", "e", t.IsSingle ? Coefficients.Log1PSingle : Coefficients.Log1PDouble)}
            return {t.MultiplyAdd("q", "eTo2", "e")};
            """, ScalarInDouble: true),
        new("Softplus", Z, "log(1 + exp(z)) = max(0, z) + log(1 + exp(-|z|))", t =>
            $"return {t.Max(t.Zero, "z")} + {t.Call("SoftplusTail", "z")};", ScalarInDouble: true),
        new("SoftplusBackward", FromOutput, "dy (1 - exp(-y))", t =>
            $"return dy * ({t.Constant(1)} - {t.Call("ExpOfNegative", "-y")});", ScalarInDouble: true),

        // Φ(-a) as the exponential of a polynomial: no division, and it decays as it should.
        new("NormalTail", ["a"], "Φ(-a) of the standard normal distribution for a >= 0; 0 where a Φ(-a) is below the last digit of 1/8", t => $"""
            {NormalPolynomial(t)}
            return {t.IfLess("a", t.Constant(6, 8.7), $"{t.Call("ScaledExp", "log")} * {t.Constant(0.5 * ExponentialHelpers.InverseScale(t))}", t.Zero)};
            """, ScalarInDouble: true),
        new("Gelu", Z, "z Φ(z) = max(0, z) - |z| Φ(-|z|)", t => $"""
            {t.Type} a = {t.Abs("z")};
            {t.Type} held = {t.Min(t.Constant(6, 8.7), "a")};
            {t.Type} tail = held * {t.Call("NormalTail", "a")};
            return {t.Max(t.Zero, "z")} - tail;
            """, ScalarInDouble: true),
        new("GeluBackward", FromInput, "dy (Φ(z) + z φ(z))", t => $"""
            {t.Type} low = {t.Max(t.Constant(-15, -39), "z")};
            {t.Type} h = {t.Min(t.Constant(15, 39), "low")};
            {t.Type} tail = {t.Call("NormalTail", t.Abs("h"))};
            {t.Type} p = {t.IfLess("h", t.Zero, "tail", $"{t.Constant(1)} - tail")};
            {t.Type} density = {t.Call("ExpOfNegative", $"h * h * {t.Constant(-0.5)}")} * {t.Constant(Coefficients.InverseSqrt2Pi)};
            return dy * ({t.MultiplyAdd("h", "density", "p")});
            """, ScalarInDouble: true),

        new("GeluTanh", Z, "z σ(2u) = max(0, z) - |z| σ(-2 |u|), u = √(2/π) (z + 0.044715 z³)", t => $"""
            {t.Type} abs = {t.Abs("z")};
            {t.Type} a = {t.Min(t.Constant(11, 23), "abs")};
            {t.Type} slope = {t.MultiplyAdd("a * a", t.Constant(GeluCubic), t.Constant(GeluLinear))};
            {t.Type} e = {t.Call("ExpOfNegative", "a * -slope")};
            {t.Type} tail = a * e / ({t.Constant(1)} + e);
            return {t.Max(t.Zero, "z")} - tail;
            """, ScalarInDouble: true),
        new("GeluTanhBackward", FromInput, "dy (s + z 2u' s (1 - s)), s = σ(2u)", t => $"""
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
            """, ScalarInDouble: true),
    ];

    private const double GeluLinear = 2 * Coefficients.Sqrt2OverPi;
    private const double GeluCubic = 0.044715 * GeluLinear;

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
