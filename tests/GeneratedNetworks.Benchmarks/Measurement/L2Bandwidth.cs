using System;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GeneratedNetworks.Benchmarks.Measurement;

/// <summary>Bytes per nanosecond read from L2: a sum over 400 KB, as many bytes as 784-128-10 has weights, aligned to cache lines.</summary>
internal static class L2Bandwidth
{
    private const int Length = 100 * 1024;

    /// <summary>Bytes of one call.</summary>
    public const long Bytes = Length * sizeof(float);

    public static ICandidate Width256()
    {
        float[] data = GC.AllocateArray<float>(Length + 16, pinned: true);
        int start = CacheLine.FirstAligned(data);
        float[] sink = new float[Vector256<float>.Count];
        return new LocalCandidate(calls =>
        {
            for (int i = 0; i < calls; i++)
            {
                Run256(ref data[start], sink);
            }
        }, Method.LimitSampleNanoseconds);
    }

    public static ICandidate? Width512()
    {
        float[] data = GC.AllocateArray<float>(Length + 16, pinned: true);
        int start = CacheLine.FirstAligned(data);
        float[] sink = new float[Vector512<float>.Count];
        return !Vector512.IsHardwareAccelerated ? null : new LocalCandidate(calls =>
        {
            for (int i = 0; i < calls; i++)
            {
                Run512(ref data[start], sink);
            }
        }, Method.LimitSampleNanoseconds);
    }

    private static void Run256(ref float data, float[] sink)
    {
        Vector256<float> a = default, b = default, c = default, d = default, e = default, f = default, g = default, h = default;
        for (int n = Length / (8 * 8); n > 0; n--)
        {
            a += Vector256.LoadUnsafe(ref data);
            b += Vector256.LoadUnsafe(ref data, 8);
            c += Vector256.LoadUnsafe(ref data, 16);
            d += Vector256.LoadUnsafe(ref data, 24);
            e += Vector256.LoadUnsafe(ref data, 32);
            f += Vector256.LoadUnsafe(ref data, 40);
            g += Vector256.LoadUnsafe(ref data, 48);
            h += Vector256.LoadUnsafe(ref data, 56);
            data = ref Unsafe.Add(ref data, 8 * 8);
        }

        (((a + b) + (c + d)) + ((e + f) + (g + h))).CopyTo(sink);
    }

    private static void Run512(ref float data, float[] sink)
    {
        Vector512<float> a = default, b = default, c = default, d = default, e = default, f = default, g = default, h = default;
        for (int n = Length / (8 * 16); n > 0; n--)
        {
            a += Vector512.LoadUnsafe(ref data);
            b += Vector512.LoadUnsafe(ref data, 16);
            c += Vector512.LoadUnsafe(ref data, 32);
            d += Vector512.LoadUnsafe(ref data, 48);
            e += Vector512.LoadUnsafe(ref data, 64);
            f += Vector512.LoadUnsafe(ref data, 80);
            g += Vector512.LoadUnsafe(ref data, 96);
            h += Vector512.LoadUnsafe(ref data, 112);
            data = ref Unsafe.Add(ref data, 8 * 16);
        }

        (((a + b) + (c + d)) + ((e + f) + (g + h))).CopyTo(sink);
    }
}
