using System;

namespace GeneratedNetworks.Tests.Reference;

/// <summary>erf and erfc from their textbook expansions, to about 1e-15; slow and plain.</summary>
internal static class ErrorFunction
{
    // Below this the series needs few terms; above it the continued fraction does.
    private const double Crossover = 2.5;

    public static double Erf(double x) => Math.Abs(x) < Crossover ? Series(x) : Math.Sign(x) * (1 - Fraction(Math.Abs(x)));

    public static double Erfc(double x)
    {
        if (double.IsNaN(x))
            return x;
        if (Math.Abs(x) < Crossover)
            return 1 - Series(x);
        return x > 0 ? Fraction(x) : 2 - Fraction(-x);
    }

    /// <summary>erf x = 2/√π · e^(−x²) · Σ 2ⁿ x^(2n+1) / (1·3·5···(2n+1)): every term has the sign of x, so nothing cancels.</summary>
    private static double Series(double x)
    {
        double term = x;
        double sum = x;
        for (int n = 1; Math.Abs(term) > 1e-18 * Math.Abs(sum); n++)
        {
            term *= 2 * x * x / ((2 * n) + 1);
            sum += term;
        }

        return 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum;
    }

    /// <summary>erfc x = e^(−x²)/√π · 1/(x + ½/(x + 1/(x + 3⁄2/(x + 2/(x + …))))) for x > 0, from the inside out.</summary>
    private static double Fraction(double x)
    {
        if (double.IsPositiveInfinity(x))
            return 0;
        double tail = x;
        for (int n = 200; n >= 1; n--)
            tail = x + (n / 2.0 / tail);
        return Math.Exp(-x * x) / Math.Sqrt(Math.PI) / tail;
    }
}
