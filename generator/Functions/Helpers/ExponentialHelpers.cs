using System.Collections.Generic;

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
        new("Exp", X, "exp(x) over the whole range, as 2^h 2^(n-h) exp(r): either power alone could overflow", Exp) { Plain = "Math.Exp(x)" },

        new("ExpOfNegative", X, "exp(x) for x <= 0, subnormal results included", t =>
            $"return {t.Call("ScaledExp", t.Max(t.Constant(-104, -746), "x"))} * {t.Constant(InverseScale(t))};") { Plain = "Math.Exp(x)" },

        new("ScaledExp", X, "exp(x) 2^k for x <= 0, k = 64 for float vectors, otherwise 128: no digit is lost where exp(x) is subnormal", t =>
            $"{Reduce(t, t.ExponentBias + ScaleBits(t))}\nreturn {t.MultiplyAdd("s", "p", "s")};"),

        // Close to 0 the result is p itself, so the relative precision holds.
        new("ExpMinusOne", X, "exp(x) - 1 for -80 <= x <= 0, as 2^n (exp(r) - 1) + (2^n - 1)", t =>
            $"{Reduce(t, t.ExponentBias)}\nreturn {t.MultiplyAdd("s", "p", $"s - {t.Constant(1)}")};") { Plain = "2 / (1 / Math.Tanh(x / 2) - 1)" },

        // One text for both in a class that all networks of an assembly share; a method of its own would be a call in scalar text.
        new("ExpParts", ["x", "round", "out s"], "exp(x) = s (p + 1) with s = 2^n; returns p. The constant rounds to an integer and carries the bias", t =>
            $"{t.Type} t = {t.MultiplyAdd("x", t.Constant(Coefficients.Log2E), "round")};\n{Remainder(t, "t - round")}\ns = {t.PowerOfTwo("t")};\nreturn p;"),

        new("Log", X, "log(x) = n log(2) + log(1 + f), 1 + f between sqrt(1/2) and sqrt(2); s = f / (2 + f)", Log) { IsDouble = true },
    ];

    /// <summary>What undoes the power of two that <c>ScaledExp</c> carries.</summary>
    public static double InverseScale(NumericText t) => t.IsSingle ? TwoToMinus64 : TwoToMinus64 * TwoToMinus64;

    private const double TwoToMinus64 = 1.0 / 4294967296 / 4294967296;

    private static int ScaleBits(NumericText t) => t.IsSingle ? 64 : 128;

    /// <summary>What is added to round to an integer, which is then in the low bits.</summary>
    public static double Rounder(NumericText t) => t.IsSingle ? 12582912.0 : 6755399441055744.0;

    /// <summary>Statements that define s = 2^n (with the bias given) and p = exp(r) - 1.</summary>
    private static string Reduce(NumericText t, int bias)
    {
        string round = t.Constant(Rounder(t) + bias);
        if (t.Target.IsVector)
            return $"{t.Type} p = {t.Call("ExpParts", "x", round, "out V s")};";
        return $"""
            {t.Type} t = {t.MultiplyAdd("x", t.Constant(Coefficients.Log2E), round)};
            {Remainder(t, $"t - {round}")}
            {t.Type} s = {t.PowerOfTwo("t")};
            """;
    }

    private static string Remainder(NumericText t, string n) => $"""
        {t.Type} n = {n};
        {t.Type} h = {t.MultiplyAdd("n", t.Constant(-Coefficients.Ln2SingleHigh, -Coefficients.Ln2DoubleHigh), "x")};
        {t.Type} r = {t.MultiplyAdd("n", t.Constant(-Coefficients.Ln2SingleLow, -Coefficients.Ln2DoubleLow), "h")};
        {t.Polynomial("q", "r", t.IsSingle ? Coefficients.ExpSingle : Coefficients.ExpDouble)}
        {t.Type} p = {t.MultiplyAdd("q", "rTo2", "r")};
        """;

    private static string Exp(NumericText t)
    {
        string round = t.Constant(Rounder(t)), biased = t.Constant(Rounder(t) + t.ExponentBias);
        return $"""
            {t.Type} low = {t.Max(t.Constant(-104, -746), "x")};
            x = {t.Min(t.Constant(89, 710), "low")};
            {Remainder(t, $"{t.MultiplyAdd("x", t.Constant(Coefficients.Log2E), round)} - {round}")}
            {t.Type} half = {t.MultiplyAdd("n", t.Constant(0.5), biased)};
            {t.Type} rest = n - (half - {biased}) + {biased};
            {t.Type} s = {t.PowerOfTwo("half")};
            {t.Type} scaled = {t.MultiplyAdd("s", "p", "s")};
            return scaled * {t.PowerOfTwo("rest")};
            """;
    }

    // The bits of 2^52 or-ed to an integer add it. Kernels take logarithms of sums over rows only, which are doubles: there is no other form.
    private static string Log(NumericText t)
    {
        t.RequireScalar();
        const double offset = 4503599627370496.0 + 1023;
        const string smallest = "2.2250738585072014E-308d";
        return $"""
            double scaled = x < {smallest} ? x * 18014398509481984d : x;
            double shift = x < {smallest} ? {t.Constant(offset + 54)} : {t.Constant(offset)};
            long u = unchecked({t.ToBits("scaled")} + 2638147582215219L);
            double n = {t.FromBits("(u >> 52) | 4841369599423283200L")} - shift;
            double f = {t.FromBits("unchecked((u & 4503599627370495L) + 4604544271217802189L)")} - 1d;
            double s = f / (2d + f);
            double z = s * s;
            {t.Polynomial("q", "z", Coefficients.LogDouble)}
            double h = 0.5d * f * f;
            double g = {t.MultiplyAdd("q", "z", "h")};
            double low = {t.MultiplyAdd("n", t.Constant(Coefficients.Ln2DoubleLow), "s * g")};
            double log = {t.MultiplyAdd("n", t.Constant(Coefficients.Ln2DoubleHigh), "f - (h - low)")};
            double special = x < 0d ? double.NaN : x == 0d ? double.NegativeInfinity : x;
            return x > 0d ? (x < double.PositiveInfinity ? log : x) : special;
            """;
    }
}
