using System.Numerics;

namespace GeneratedNetworks.Tool.Networks;

/// <summary>
/// How far output vectors are from their references: of each sample the largest |a − b|, divided by max(1, the largest |b| of the same sample). An element
/// that is small beside others of its vector is judged by them.
/// </summary>
internal static class VectorError
{
    /// <summary>The worst sample, by the place of its worst element among all outputs.</summary>
    /// <param name="actual">All samples.</param>
    /// <param name="reference">What they should be.</param>
    /// <param name="sizes">Of each output of a sample; every one is a vector by itself.</param>
    public static WorstError Of<T>(T[] actual, double[] reference, params IReadOnlyList<int> sizes)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        WorstError worst = default;
        int size = sizes.Sum();
        for (int start = 0; start < reference.Length; start += size)
        {
            WorstError within = OfRow<T>(actual.AsSpan(start, size), reference.AsSpan(start, size), sizes);
            worst = worst.Or(within.Value, start + within.Index);
        }

        return worst;
    }

    /// <summary>The same of one sample.</summary>
    public static WorstError OfRow<T>(ReadOnlySpan<T> actual, ReadOnlySpan<double> reference, IReadOnlyList<int> sizes)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        WorstError worst = default;
        int start = 0;
        foreach (int size in sizes)
        {
            WorstError within = OfOne(actual.Slice(start, size), reference.Slice(start, size));
            worst = worst.Or(within.Value, start + within.Index);
            start += size;
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
