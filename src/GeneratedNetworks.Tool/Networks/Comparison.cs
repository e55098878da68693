using System.Numerics;

namespace GeneratedNetworks.Tool.Networks;

/// <summary>One kind of error at its largest.</summary>
/// <param name="Value">The error; infinite where only one of both is a finite number.</param>
/// <param name="Index">Where, among all outputs.</param>
internal readonly record struct WorstError(double Value, int Index)
{
    public WorstError Or(double value, int index) => value > Value ? new(value, index) : this;
}

/// <summary>How far outputs are from their reference.</summary>
/// <param name="Absolute">|a − b|.</param>
/// <param name="Relative">|a − b| / max(1, |b|), b being the reference.</param>
/// <param name="Ulps">|a − b| in units of the last place of b, rounded to the outputs' type.</param>
internal sealed record Comparison(WorstError Absolute, WorstError Relative, WorstError Ulps)
{
    public static Comparison Of<T>(T[] actual, double[] reference)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        Comparison worst = new(default, default, default);
        for (int i = 0; i < actual.Length; i++)
        {
            double expected = reference[i];
            T rounded = T.CreateTruncating(expected);
            double error = AbsoluteError(actual[i], expected);
            double relative = double.IsFinite(error) ? error / Math.Max(1, Math.Abs(expected)) : error;
            double unit = double.CreateChecked(T.BitIncrement(T.Abs(rounded)) - T.Abs(rounded));
            worst = new(
                worst.Absolute.Or(error, i),
                worst.Relative.Or(relative, i),
                worst.Ulps.Or(double.IsFinite(unit) ? error / unit : error, i));
        }

        return worst;
    }

    /// <summary>|a − b|; NaN for NaN is no error, nor is an infinity for a number beyond the type's range.</summary>
    public static double AbsoluteError<T>(T actual, double expected)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        T rounded = T.CreateTruncating(expected);
        double error = actual.Equals(rounded) && !T.IsFinite(rounded) ? 0 : Math.Abs(double.CreateChecked(actual) - expected);
        return double.IsNaN(error) ? double.PositiveInfinity : error;
    }
}
