using System;
#if NET
using System.Numerics;
#endif
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
            for (int i = FiniteStart(singles, SingleExponent); i < singles.Length; i++)
            {
                if ((singles[i] & SingleExponent) == SingleExponent)
                    return i;
            }
        }
        else
        {
            ReadOnlySpan<ulong> doubles = MemoryMarshal.Cast<T, ulong>(values);
            for (int i = FiniteStart(doubles, DoubleExponent); i < doubles.Length; i++)
            {
                if ((doubles[i] & DoubleExponent) == DoubleExponent)
                    return i;
            }
        }

        return -1;
    }

    /// <summary>How many numbers at the start are known to be finite: whole rounds of vectors, so that large data is read as fast as memory gives it.</summary>
    private static int FiniteStart<TBits>(ReadOnlySpan<TBits> bits, TBits exponent)
        where TBits : struct
    {
#if NET
        const int Round = 4;
        Vector<TBits> all = new(exponent);
        ReadOnlySpan<Vector<TBits>> vectors = MemoryMarshal.Cast<TBits, Vector<TBits>>(bits);
        int i = 0;
        for (; i <= vectors.Length - Round; i += Round)
        {
            Vector<TBits> others = Vector.Equals(vectors[i] & all, all) | Vector.Equals(vectors[i + 1] & all, all)
                | Vector.Equals(vectors[i + 2] & all, all) | Vector.Equals(vectors[i + 3] & all, all);
            if (others != Vector<TBits>.Zero)
                break;
        }

        return i * Vector<TBits>.Count;
#else
        return 0;
#endif
    }
}
