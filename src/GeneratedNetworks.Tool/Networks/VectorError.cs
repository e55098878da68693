using System.Numerics;

namespace GeneratedNetworks.Tool.Networks;

/// <summary>
/// How far output vectors are from their references: of each sample the largest |a − b|, divided by max(1, the largest |b| of the same sample). An element
/// that is small beside others of its vector is judged by them.
/// </summary>
internal static class VectorError
{
    /// <summary>The worst sample, by the place of its worst element among all outputs.</summary>
    public static WorstError Of<T>(T[] actual, double[] reference, int outputSize)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        WorstError worst = default;
        for (int start = 0; start < reference.Length; start += outputSize)
        {
            WorstError within = OfOne<T>(actual.AsSpan(start, outputSize), reference.AsSpan(start, outputSize));
            worst = worst.Or(within.Value, start + within.Index);
        }

        return worst;
    }

    /// <summary>The error of one vector, and the place of its worst element.</summary>
    public static WorstError OfOne<T>(ReadOnlySpan<T> actual, ReadOnlySpan<double> reference)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        double largest = 1;
        WorstError worst = default;
        for (int i = 0; i < reference.Length; i++)
        {
            // What is no number or beyond the type's range is judged by itself and gives no measure to the others.
            if (double.IsFinite(reference[i]))
                largest = Math.Max(largest, Math.Abs(reference[i]));
            worst = worst.Or(Comparison.AbsoluteError(actual[i], reference[i]), i);
        }

        return double.IsFinite(worst.Value) ? worst with { Value = worst.Value / largest } : worst;
    }
}
