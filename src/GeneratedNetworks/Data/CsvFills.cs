using System;
using System.Collections.Generic;

namespace GeneratedNetworks;

/// <summary>What stands in for the inputs that a file leaves out, which were read as NaN.</summary>
internal static class CsvFills
{
    /// <summary>The mean or median of each column's values; NaN for one that has none.</summary>
    public static double[] Compute<T>(IReadOnlyList<T> rows, int columnCount, MissingValues missing)
        where T : struct
    {
        double[] fills = new double[columnCount];
        List<double> values = [];
        for (int column = 0; column < columnCount; column++)
        {
            values.Clear();
            for (int i = column; i < rows.Count; i += columnCount)
            {
                double value = Real<T>.ToDouble(rows[i]);
                if (!double.IsNaN(value))
                    values.Add(value);
            }

            fills[column] = values.Count == 0 ? double.NaN : missing == MissingValues.Mean ? Mean(values) : Median(values);
        }

        return fills;
    }

    private static double Mean(List<double> values)
    {
        double mean = 0;
        for (int i = 0; i < values.Count; i++)
            mean += (values[i] - mean) / (i + 1);
        return mean;
    }

    private static double Median(List<double> values)
    {
        values.Sort();
        int middle = values.Count / 2;
        return values.Count % 2 == 1 ? values[middle] : (values[middle - 1] / 2) + (values[middle] / 2);
    }
}
