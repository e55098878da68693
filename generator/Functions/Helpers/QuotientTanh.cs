using System.Collections.Generic;
using System.Linq;

namespace GeneratedNetworks.Generator.Functions.Helpers;

/// <summary>tanh of floats as a quotient of polynomials, by way of half the angle: two thirds of the instructions and of the latency of the way through exp.</summary>
/// <remarks>
/// A quotient for tanh itself loses 5 ulp near 1, whatever its coefficients: each of its sums rounds there. With t = tanh(z/2) the doubled
/// angle 2t / (1 + t²) hardly moves with t where t is near 1, so that what rounding did to t is gone. 3.42 ulp over all floats where
/// products are not rounded before they are added; more than 4 where they are, and there the way through exp remains.
/// </remarks>
internal static class QuotientTanh
{
    private static readonly string[] Z = ["z"];

    public static IEnumerable<Helper> Shared { get; } =
    [
        new("TanhByExp", Z, "tanh(z) by exp(-2 |z|) - 1", ByExp),
    ];

    /// <summary>The statements for vectors of float; single numbers are rounded between product and sum.</summary>
    public static string Quotient(NumericText t) => $"""
        // A processor that rounds a product before it adds would be off by more than 4 ulp.
        if (W.Count == 1 || !Fma.IsSupported && !AdvSimd.IsSupported)
            return {t.Call("TanhByExp", "z")};
        // tanh(z/2) = z/2 (1 + f) / (1 + e) = h / (1 + e), and tanh(z) = h (1 + e) / (½ ((1 + e)² + h²)); beyond the bound it is 1 already.
        {t.Type} a = {t.Clamp(t.Constant(-Coefficients.TanhEnd), t.Constant(Coefficients.TanhEnd), "z")};
        {t.Type} u = a * a;
        {t.Type} p = {Horner(t, Coefficients.TanhHalfNumerator)};
        {t.Type} q = {Horner(t, Coefficients.TanhHalfDenominator)};
        {t.Type} half = a * {t.Constant(0.5)};
        {t.Type} h = {t.MultiplyAdd("half * u", "p", "half")};
        {t.Type} e = u * q;
        {t.Type} squares = {t.MultiplyAdd("e", t.MultiplyAdd("u", "q", t.Constant(2)), "h * h")};
        return {t.MultiplyAdd("h", "e", "h")} / {t.MultiplyAdd(t.Constant(0.5), "squares", t.Constant(0.5))};
        """;

    /// <summary>The statements where each product is rounded before it is added, for floats anywhere: 3.94 ulp over all of them.</summary>
    public static string Unfused(NumericText t) => $"""
        // tanh(z/2) = z/2 (1 + f) / (1 + e) = h / (1 + e), and tanh(z) = h (1 + e) / (½ ((1 + e)² + h²)); beyond the bound it is 1 already.
        {t.Type} low = {t.Max(t.Constant(-Coefficients.TanhEnd), "z")};
        {t.Type} a = {t.Min(t.Constant(Coefficients.TanhEnd), "low")};
        {t.Type} u = a * a;
        {t.Type} p = {Horner(t, Coefficients.TanhHalfNumeratorRounded)};
        {t.Type} q = {Horner(t, Coefficients.TanhHalfDenominatorRounded)};
        {t.Type} half = a * {t.Constant(0.5)};
        {t.Type} h = {t.MultiplyAdd("half * u", "p", "half")};
        {t.Type} e = u * q;
        {t.Type} s = {t.MultiplyAdd("e", $"{t.Constant(0.5)} * e", "e")};
        {t.Type} squares = {t.MultiplyAdd($"{t.Constant(0.5)} * h", "h", "s")};
        {t.Type} y = ({t.MultiplyAdd("h", "e", "h")}) / (squares + {t.Constant(0.5)});
        // Rounding may carry the quotient beyond 1.
        {t.Type} most = {t.Min(t.Constant(1), "y")};
        return {t.Max(t.Constant(-1), "most")};
        """;

    /// <summary>The statements through exp, for any element type.</summary>
    public static string ByExp(NumericText t) => $"""
        // -e / (e + 2) with e = exp(-2 |z|) - 1 keeps its digits near 0; beyond the bound it is 1 already.
        {t.Type} a = {t.Abs("z")};
        {t.Type} e = {t.Call("ExpMinusOne", $"{t.Min(t.Constant(9.1, 19.1), "a")} * {t.Constant(-2)}")};
        {t.Type} y = ({t.Zero} - e) / (e + {t.Constant(2)});
        return {t.WithSignOf("z", "y")};
        """;

    private static string Horner(NumericText t, double[] coefficients) =>
        coefficients.Reverse().Skip(1).Aggregate(t.Constant(coefficients[^1]), (sum, c) => t.MultiplyAdd("u", sum, t.Constant(c)));
}
