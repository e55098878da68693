using System;
using System.Runtime.InteropServices;

namespace GeneratedNetworks;

/// <summary>Tells finite numbers from NaN and infinities, on every target framework.</summary>
internal static class Finite
{
    private const uint SingleExponent = 0x7F80_0000;
    private const ulong DoubleExponent = 0x7FF0_0000_0000_0000;

    public static bool Is(double value) => !double.IsNaN(value) && !double.IsInfinity(value);

    /// <summary>The index of the first value that is not finite, or −1.</summary>
    public static int IndexOfOther<T>(ReadOnlySpan<T> values)
        where T : struct
    {
        // By their bits: a conversion to double for each value would take as long as reading them.
        if (Real<T>.IsSingle)
        {
            ReadOnlySpan<uint> singles = MemoryMarshal.Cast<T, uint>(values);
            for (int i = 0; i < singles.Length; i++)
            {
                if ((singles[i] & SingleExponent) == SingleExponent)
                    return i;
            }
        }
        else
        {
            ReadOnlySpan<ulong> doubles = MemoryMarshal.Cast<T, ulong>(values);
            for (int i = 0; i < doubles.Length; i++)
            {
                if ((doubles[i] & DoubleExponent) == DoubleExponent)
                    return i;
            }
        }

        return -1;
    }
}
