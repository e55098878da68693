using System;

namespace GeneratedNetworks;

/// <summary>Powers and cosines from sums, products and square roots alone, which are rounded alike on every runtime; those of the system's library are not.</summary>
internal static class PortableMath
{
    // 1.5·2^52: what is added to it is rounded to a whole number.
    private const double Round = 6755399441055744.0;

    // The first 48 bits of π/2, and the rest.
    private const double HalfPiHigh = 1.5707963267948983;
    private const double HalfPiLow = -1.7151244994428829e-15;

    // Minimax on |r| ≤ π/4 in powers of r²: (sin(r)/r - 1) / r², and (cos(r) - 1 + r²/2) / r⁴.
    private static readonly double[] Sines =
        [-0.16666666666666632, 0.0083333333333224721, -0.00019841269829835558, 2.7557313697247141e-06, -2.5050758467539813e-08, 1.589679470369088e-10];

    private static readonly double[] Cosines =
        [0.041666666666666602, -0.0013888888888874457, 2.4801587289653864e-05, -2.7557314394228603e-07, 2.0875728165906244e-09, -1.1359868049534874e-11];

    /// <summary>x^y for x ≥ 0 and a finite y ≥ 0, by squares for its whole part and by square roots for each bit of the rest.</summary>
    public static double Power(double x, double y)
    {
        double result = 1, whole = Math.Floor(y), rest = y - whole, power = x;
        for (; whole > 0; whole = Math.Floor(whole / 2), power *= power)
        {
            if (whole % 2 == 1)
                result *= power;
        }

        for (double root = Math.Sqrt(x); rest > 0; root = Math.Sqrt(root))
        {
            rest *= 2;
            if (rest < 1)
                continue;
            rest -= 1;
            result *= root;
        }

        return result;
    }

    /// <summary>cos(x) for 0 ≤ x ≤ 2π, from sin and cos of the distance to the nearest multiple of π/2.</summary>
    public static double Cos(double x)
    {
        double nearest = (x / (HalfPiHigh + HalfPiLow)) + Round - Round;
        double r = x - (nearest * HalfPiHigh) - (nearest * HalfPiLow), square = r * r;
        double value = (int)nearest % 2 == 0
            ? 1 - ((square * 0.5) - (square * square * Polynomial(Cosines, square)))
            : r + (r * square * Polynomial(Sines, square));
        return (int)nearest is 1 or 2 ? -value : value;
    }

    private static double Polynomial(double[] coefficients, double x)
    {
        double sum = 0;
        for (int i = coefficients.Length - 1; i >= 0; i--)
            sum = (sum * x) + coefficients[i];
        return sum;
    }
}
