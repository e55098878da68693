namespace GeneratedNetworks.Tool.Networks;

/// <summary>erfc in double, to a few units of the last place; slow and plain.</summary>
internal static class ErrorFunction
{
    private const double SeriesEnd = 2;

    /// <summary>erfc x = 2/√π ∫ from x of e^(−t²) dt.</summary>
    public static double Complement(double x) => x switch
    {
        double.NaN => x,
        < 0 => 2 - Complement(-x),
        < SeriesEnd => 1 - Series(x),
        _ => Fraction(x),
    };

    /// <summary>erf x = 2/√π e^(−x²) Σ x (2x²)ⁿ / (1·3·…·(2n+1)), DLMF 7.6.2: all terms are positive.</summary>
    private static double Series(double x)
    {
        double sum = 0;
        double term = x;
        for (int n = 1; sum + term != sum; n++)
        {
            sum += term;
            term *= 2 * x * x / ((2 * n) + 1);
        }

        return 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum;
    }

    /// <summary>√π e^(x²) erfc x = 1/(x + (1/2)/(x + 1/(x + (3/2)/(x + …)))), DLMF 7.9.1, from the inside out.</summary>
    private static double Fraction(double x)
    {
        const int Levels = 240;
        double tail = x;
        for (int n = Levels; n > 0; n--)
            tail = x + (n / (2 * tail));
        return Math.Exp(-x * x) / (Math.Sqrt(Math.PI) * tail);
    }
}
