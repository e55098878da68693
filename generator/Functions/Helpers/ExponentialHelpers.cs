using System.Collections.Generic;
using System.Globalization;

namespace GeneratedNetworks.Generator.Functions.Helpers;

/// <summary>The exponential in the forms that the activations need, and the logarithm.</summary>
/// <remarks>
/// exp(x) = 2^n exp(r) with n = round(x log2(e)) and r = x - n ln(2), ln(2) in two parts so that n times the first is exact.
/// Adding 1.5·2^23 (2^52 in double) rounds to an integer and leaves it in the low bits, with the exponent's bias if that was added too:
/// shifted into the exponent field they are 2^n. Arguments that may be NaN are never held by an operation that would drop the NaN, and 2^n is
/// multiplied on, not added to the bits, so that NaN comes out.
/// </remarks>
internal static class ExponentialHelpers
{
    private static readonly string[] X = ["x"];

    public static IEnumerable<Helper> All { get; } =
    [
        new("Exp", X, "exp(x) over the whole range, as 2^h 2^(n-h) exp(r): either power alone could overflow", Exp),

        new("ExpOfNegative", X, "exp(x) for x <= 0, subnormal results included", t =>
            $"return {t.Call("ScaledExp", t.Max(t.Constant(-104, -746), "x"))} * {t.Constant(InverseScale(t))};"),

        new("ScaledExp", X, "exp(x) 2^k for x <= 0, k = 64 for float vectors, otherwise 128: no digit is lost where exp(x) is subnormal", t =>
            $"{Reduce(t, t.ExponentBias + ScaleBits(t))}\nreturn {t.MultiplyAdd("s", "p", "s")};"),

        // Close to 0 the result is p itself, so the relative precision holds.
        new("ExpMinusOne", X, "exp(x) - 1 for -80 <= x <= 0, as 2^n (exp(r) - 1) + (2^n - 1)", t =>
            $"{Reduce(t, t.ExponentBias)}\nreturn {t.MultiplyAdd("s", "p", $"s - {t.Constant(1)}")};"),

        new("Log", X, "log(x) = n log(2) + log(1 + f), 1 + f between sqrt(1/2) and sqrt(2); s = f / (2 + f)", Log),
    ];

    /// <summary>What undoes the power of two that <c>ScaledExp</c> carries.</summary>
    public static double InverseScale(NumericText t) => t.IsSingle ? TwoToMinus64 : TwoToMinus64 * TwoToMinus64;

    private const double TwoToMinus64 = 1.0 / 4294967296 / 4294967296;

    private static int ScaleBits(NumericText t) => t.IsSingle ? 64 : 128;

    private static double Rounder(NumericText t) => t.IsSingle ? 12582912.0 : 6755399441055744.0;

    /// <summary>Statements that define s = 2^n (with the bias given) and p = exp(r) - 1.</summary>
    private static string Reduce(NumericText t, int bias)
    {
        string round = t.Constant(Rounder(t) + bias);
        return $"""
            {t.Type} t = {t.MultiplyAdd("x", t.Constant(Coefficients.Log2E), round)};
            {Remainder(t, $"t - {round}")}
            {t.Type} s = {PowerOfTwo(t, "t")};
            """;
    }

    private static string Remainder(NumericText t, string n) => $"""
        {t.Type} n = {n};
        {t.Type} h = {t.MultiplyAdd("n", t.Constant(-Coefficients.Ln2SingleHigh, -Coefficients.Ln2DoubleHigh), "x")};
        {t.Type} r = {t.MultiplyAdd("n", t.Constant(-Coefficients.Ln2SingleLow, -Coefficients.Ln2DoubleLow), "h")};
        {t.Polynomial("q", "r", t.IsSingle ? Coefficients.ExpSingle : Coefficients.ExpDouble)}
        {t.Type} p = {t.MultiplyAdd("q", "rTo2", "r")};
        """;

    private static string PowerOfTwo(NumericText t, string biased) =>
        t.FromBits($"{t.ToBits(biased)} << {t.FractionBits.ToString(CultureInfo.InvariantCulture)}");

    private static string Exp(NumericText t)
    {
        string round = t.Constant(Rounder(t)), biased = t.Constant(Rounder(t) + t.ExponentBias);
        return $"""
            {t.Type} low = {t.Max(t.Constant(-104, -746), "x")};
            x = {t.Min(t.Constant(89, 710), "low")};
            {Remainder(t, $"{t.MultiplyAdd("x", t.Constant(Coefficients.Log2E), round)} - {round}")}
            {t.Type} half = {t.MultiplyAdd("n", t.Constant(0.5), biased)};
            {t.Type} rest = n - (half - {biased}) + {biased};
            {t.Type} s = {PowerOfTwo(t, "half")};
            {t.Type} scaled = {t.MultiplyAdd("s", "p", "s")};
            return scaled * {PowerOfTwo(t, "rest")};
            """;
    }

    private static string Log(NumericText t)
    {
        long one = t.IsSingle ? 0x3F800000 : 0x3FF0000000000000;
        long rootHalf = t.IsSingle ? 0x3F3504F3 : 0x3FE6A09E667F3BCD;
        long fraction = t.IsSingle ? 0x007FFFFF : 0x000FFFFFFFFFFFFF;
        long integer = t.IsSingle ? 0x4B000000 : 0x4330000000000000; // the bits of 2^23 and 2^52: an integer or-ed in is added
        double smallest = t.IsSingle ? 1.17549435e-38 : 2.2250738585072014e-308;
        double scale = t.IsSingle ? 1 << 25 : 1L << 54;
        double offset = (t.IsSingle ? 8388608.0 : 4503599627370496.0) + t.ExponentBias;
        string shift = t.FractionBits.ToString(CultureInfo.InvariantCulture);
        string exponent = t.Target.IsVector ? $"u >>> {shift}" : $"u >> {shift}";
        string inner = t.IfEqual("x", t.Zero, t.Constant(double.NegativeInfinity), "x");
        return $"""
            {t.Type} scaled = {t.IfLess("x", t.Constant(smallest), $"x * {t.Constant(scale)}", "x")};
            {t.Type} shift = {t.IfLess("x", t.Constant(smallest), t.Constant(offset + (t.IsSingle ? 25 : 54)), t.Constant(offset))};
            {t.BitsType} u = {t.Unchecked($"{t.ToBits("scaled")} + {t.BitsConstant(one - rootHalf)}")};
            {t.Type} n = {t.FromBits($"({exponent}) | {t.BitsConstant(integer)}")} - shift;
            {t.Type} f = {t.FromBits(t.Unchecked($"(u & {t.BitsConstant(fraction)}) + {t.BitsConstant(rootHalf)}"))} - {t.Constant(1)};
            {t.Type} s = f / ({t.Constant(2)} + f);
            {t.Type} z = s * s;
            {t.Polynomial("q", "z", t.IsSingle ? Coefficients.LogSingle : Coefficients.LogDouble)}
            {t.Type} h = {t.Constant(0.5)} * f * f;
            {t.Type} g = {t.MultiplyAdd("q", "z", "h")};
            {t.Type} low = {t.MultiplyAdd("n", t.Constant(Coefficients.Ln2SingleLow, Coefficients.Ln2DoubleLow), "s * g")};
            {t.Type} log = {t.MultiplyAdd("n", t.Constant(Coefficients.Ln2SingleHigh, Coefficients.Ln2DoubleHigh), "f - (h - low)")};
            {t.Type} special = {t.IfLess("x", t.Zero, t.Constant(double.NaN), inner)};
            return {t.IfGreater("x", t.Zero, t.IfLess("x", t.Constant(double.PositiveInfinity), "log", "x"), "special")};
            """;
    }
}
