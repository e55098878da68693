namespace GeneratedNetworks.Import.Reading.Functions;

/// <summary>erf and its complement: the series of positive terms near 0, Laplace's continued fraction farther out.</summary>
internal static class ErrorFunction
{
    private const double Border = 2.5;

    public static double Erf(double x) => Math.Abs(x) < Border ? Series(x) : x > 0 ? 1 - Fraction(x) : double.IsNaN(x) ? x : Fraction(-x) - 1;

    /// <summary>1 − erf(x), with all its digits where it is small.</summary>
    public static double Complement(double x) => Math.Abs(x) < Border ? SmallComplement(x) : x > 0 ? Fraction(x) : double.IsNaN(x) ? x : 2 - Fraction(-x);

    private static double SmallComplement(double x) => x < 0.5 ? 1 - Series(x) : Fraction(x);

    /// <summary>erf(x) = 2/√π · e^(−x²) · Σ 2ⁿ x^(2n+1) / (1·3·…·(2n+1)).</summary>
    private static double Series(double x)
    {
        double sum = x;
        double term = x;
        for (int n = 1; Math.Abs(term) > 1e-18 * Math.Abs(sum); n++)
        {
            term *= 2 * x * x / ((2 * n) + 1);
            sum += term;
        }

        return 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum;
    }

    /// <summary>erfc(x) = e^(−x²)/√π · 1/(x + ½/(x + 1/(x + 1½/(x + …)))), from the inside out, for x ≥ ½.</summary>
    private static double Fraction(double x)
    {
        double depth = Math.Ceiling(20 + (160 / (x * x)));
        double rest = x;
        for (double n = depth; n >= 1; n--)
            rest = x + (n / 2 / rest);
        return Math.Exp(-x * x) / Math.Sqrt(Math.PI) / rest;
    }
}
