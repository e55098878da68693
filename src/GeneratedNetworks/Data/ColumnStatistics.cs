using System;

namespace GeneratedNetworks;

/// <summary>What the values of one column are like; those that are not finite are counted apart.</summary>
public sealed class ColumnStatistics
{
    private ColumnStatistics(double minimum, double maximum, double mean, double standardDeviation, int nanCount, int infinityCount)
    {
        Minimum = minimum;
        Maximum = maximum;
        Mean = mean;
        StandardDeviation = standardDeviation;
        NaNCount = nanCount;
        InfinityCount = infinityCount;
    }

    /// <summary>The least finite value; NaN where there is none.</summary>
    public double Minimum { get; }

    /// <summary>The greatest finite value; NaN where there is none.</summary>
    public double Maximum { get; }

    /// <summary>The mean of the finite values; NaN where there is none.</summary>
    public double Mean { get; }

    /// <summary>√(Σ(x − x̄)² / n) of the finite values; NaN where there is none.</summary>
    public double StandardDeviation { get; }

    /// <summary>How many values are not numbers.</summary>
    public int NaNCount { get; }

    /// <summary>How many values are infinite.</summary>
    public int InfinityCount { get; }

    internal static ColumnStatistics[] Of<T>(ReadOnlySpan<T> rows, int size)
        where T : struct
    {
        ColumnStatistics[] columns = new ColumnStatistics[size];
        for (int column = 0; column < size; column++)
            columns[column] = Of(rows, size, column);
        return columns;
    }

    /// <summary>Welford's method: one pass, and no difference of large sums.</summary>
    private static ColumnStatistics Of<T>(ReadOnlySpan<T> rows, int size, int column)
        where T : struct
    {
        double minimum = double.NaN;
        double maximum = double.NaN;
        double mean = 0;
        double squares = 0;
        int count = 0;
        int nan = 0;
        int infinite = 0;
        for (int i = column; i < rows.Length; i += size)
        {
            double value = Real<T>.ToDouble(rows[i]);
            if (double.IsNaN(value))
            {
                nan++;
                continue;
            }

            if (double.IsInfinity(value))
            {
                infinite++;
                continue;
            }

            count++;
            minimum = count == 1 ? value : Math.Min(minimum, value);
            maximum = count == 1 ? value : Math.Max(maximum, value);
            double difference = value - mean;
            mean += difference / count;
            squares += difference * (value - mean);
        }

        // Equal values deviate by nothing, whatever the rounding of their mean.
        double deviation = minimum == maximum ? 0 : Math.Sqrt(squares / count);
        return count == 0
            ? new ColumnStatistics(double.NaN, double.NaN, double.NaN, double.NaN, nan, infinite)
            : new ColumnStatistics(minimum, maximum, minimum == maximum ? minimum : mean, deviation, nan, infinite);
    }
}
