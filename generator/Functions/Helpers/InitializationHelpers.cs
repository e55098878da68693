using System.Collections.Generic;

namespace GeneratedNetworks.Generator.Functions.Helpers;

/// <summary>Scalar functions in double for initialization and for the scalars of an optimizer step: the same bits on every runtime.</summary>
internal static class InitializationHelpers
{
    public static IEnumerable<Helper> All { get; } =
    [
        new("Cos", ["x"], "cos(x) for 0 <= x <= 2π, from sin and cos of the distance to the nearest multiple of π/2", Cos) { IsDouble = true },
        new("Power", ["x", "n"], "x^n for a whole n >= 0, by repeated squaring", Power),
        new("Sqrt", ["x"], "sqrt(x), correctly rounded: Heron's iteration, then the exact remainder decides the last bit", Sqrt) { IsDouble = true },
    ];

    private static string Cos(NumericText t)
    {
        t.RequireScalar();
        const double round = 6755399441055744.0; // 1.5·2^52: the integer nearest to x 2/π stands in the low bits
        return $"""
            double t = x * {t.Constant(Coefficients.TwoOverPi)} + {t.Constant(round)};
            double k = t - {t.Constant(round)};
            double r = x - k * {t.Constant(Coefficients.HalfPiHigh)} - k * {t.Constant(Coefficients.HalfPiLow)};
            double z = r * r;
            {t.Polynomial("s", "z", Coefficients.SinDouble)}
            {t.Polynomial("c", "z", Coefficients.CosDouble).Replace("double zTo2 = z * z;\n", "").Replace("double zTo4 = zTo2 * zTo2;\n", "")}
            double sin = r + r * z * s;
            double cos = 1 - (z * 0.5 - zTo2 * c);
            long quadrant = {t.ToBits("t")} & 3;
            double y = (quadrant & 1) == 0 ? cos : sin;
            return quadrant == 1 || quadrant == 2 ? -y : y;
            """;
    }

    private static string Power(NumericText t)
    {
        t.RequireScalar();
        return $$"""
            {{t.Type}} y = 1;
            for (long k = unchecked((long)n); k > 0; k >>= 1)
            {
                if ((k & 1) != 0)
                    y *= x;
                x *= x;
            }
            return y;
            """;
    }

    // With m in [1, 4) and y one step from its root at most, m - y² = (m - p) - e is exact where it matters, p + e being y² in two parts.
    // The root lies over y + u/2 where the remainder exceeds y u: both are whole multiples of u², and u²/4 is less than one.
    private static string Sqrt(NumericText t)
    {
        t.RequireScalar();
        return $"""
            if (!(x > 0))
                return x == 0 ? x : double.NaN;
            if (x > double.MaxValue)
                return x;
            bool tiny = x < {t.Constant(2.2250738585072014e-308)};
            long bits = {t.ToBits($"tiny ? x * {t.Constant(324518553658426726783156020576256.0)} : x")};
            long exponent = (bits >> 52) - 1023;
            long odd = exponent & 1;
            double m = {t.FromBits("(bits & 4503599627370495L) | ((1023 + odd) << 52)")};
            double y = m * 0.3431 + 0.6863;
            for (int i = 0; i < 4; i++)
                y = 0.5 * (y + m / y);
            double c = y * 134217729;
            double high = c - (c - y);
            double low = y - high;
            double p = y * y;
            double e = high * high - p + 2 * high * low + low * low;
            double rest = m - p - e;
            double u = {t.Constant(2.220446049250313e-16)};
            if (rest > y * u)
                y += u;
            else if (rest <= -y * u)
                y -= u;
            double scale = {t.FromBits("(((exponent - odd) >> 1) + 1023) << 52")};
            return tiny ? y * scale * {t.Constant(5.5511151231257827e-17)} : y * scale;
            """;
    }
}
