using System;
using System.Runtime.InteropServices;

namespace GeneratedNetworks;

/// <summary>The Euclidean norm, summed in double.</summary>
internal static class Norm
{
    public static double Of<T>(ReadOnlySpan<T> values)
        where T : struct => Math.Sqrt(Real<T>.IsSingle ? Squares(MemoryMarshal.Cast<T, float>(values)) : Squares(MemoryMarshal.Cast<T, double>(values)));

    // Two sums each, so that an addition need not wait for the one before.
    private static double Squares(ReadOnlySpan<float> values)
    {
        double even = 0;
        double odd = 0;
        for (int i = 1; i < values.Length; i += 2)
        {
            even += (double)values[i - 1] * values[i - 1];
            odd += (double)values[i] * values[i];
        }

        double last = values.Length % 2 == 0 ? 0 : values[values.Length - 1];
        return even + odd + (last * last);
    }

    private static double Squares(ReadOnlySpan<double> values)
    {
        double even = 0;
        double odd = 0;
        for (int i = 1; i < values.Length; i += 2)
        {
            even += values[i - 1] * values[i - 1];
            odd += values[i] * values[i];
        }

        double last = values.Length % 2 == 0 ? 0 : values[values.Length - 1];
        return even + odd + (last * last);
    }
}
