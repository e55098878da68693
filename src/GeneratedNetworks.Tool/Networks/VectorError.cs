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
            double largest = 1;
            WorstError within = new(0, start);
            for (int i = start; i < start + outputSize; i++)
            {
                // What is no number or beyond the type's range is judged by itself and gives no measure to the others.
                if (double.IsFinite(reference[i]))
                    largest = Math.Max(largest, Math.Abs(reference[i]));
                within = within.Or(Comparison.AbsoluteError(actual[i], reference[i]), i);
            }

            worst = worst.Or(double.IsFinite(within.Value) ? within.Value / largest : within.Value, within.Index);
        }

        return worst;
    }
}
