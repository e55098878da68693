using System.Runtime.Intrinsics;

namespace GeneratedNetworks.Benchmarks.Measurement;

/// <summary>Multiply-adds per nanosecond with every operand in a register: 12 sums that do not wait for each other.</summary>
internal static class FmaPeak
{
    private const int Iterations = 2000, Accumulators = 12;

    /// <summary>Multiply-adds of one call, for a vector of <paramref name="lanes"/> floats.</summary>
    public static long MultiplyAdds(int lanes) => (long)Iterations * Accumulators * lanes;

    public static ICandidate Width256()
    {
        float[] sink = new float[Vector256<float>.Count];
        return new LocalCandidate(calls =>
        {
            for (int i = 0; i < calls; i++)
            {
                Run256(sink);
            }
        }, Method.LimitSampleNanoseconds);
    }

    public static ICandidate? Width512()
    {
        float[] sink = new float[Vector512<float>.Count];
        return !Vector512.IsHardwareAccelerated ? null : new LocalCandidate(calls =>
        {
            for (int i = 0; i < calls; i++)
            {
                Run512(sink);
            }
        }, Method.LimitSampleNanoseconds);
    }

    private static void Run256(float[] sink)
    {
        Vector256<float> x = Vector256.Create(0.5f), y = Vector256.Create(1e-3f);
        Vector256<float> a = x, b = x, c = x, d = x, e = x, f = x, g = x, h = x, i = x, j = x, k = x, l = x;
        for (int n = Iterations; n > 0; n--)
        {
            a = Vector256.FusedMultiplyAdd(x, y, a);
            b = Vector256.FusedMultiplyAdd(x, y, b);
            c = Vector256.FusedMultiplyAdd(x, y, c);
            d = Vector256.FusedMultiplyAdd(x, y, d);
            e = Vector256.FusedMultiplyAdd(x, y, e);
            f = Vector256.FusedMultiplyAdd(x, y, f);
            g = Vector256.FusedMultiplyAdd(x, y, g);
            h = Vector256.FusedMultiplyAdd(x, y, h);
            i = Vector256.FusedMultiplyAdd(x, y, i);
            j = Vector256.FusedMultiplyAdd(x, y, j);
            k = Vector256.FusedMultiplyAdd(x, y, k);
            l = Vector256.FusedMultiplyAdd(x, y, l);
        }

        (((a + b) + (c + d)) + ((e + f) + (g + h)) + ((i + j) + (k + l))).CopyTo(sink);
    }

    private static void Run512(float[] sink)
    {
        Vector512<float> x = Vector512.Create(0.5f), y = Vector512.Create(1e-3f);
        Vector512<float> a = x, b = x, c = x, d = x, e = x, f = x, g = x, h = x, i = x, j = x, k = x, l = x;
        for (int n = Iterations; n > 0; n--)
        {
            a = Vector512.FusedMultiplyAdd(x, y, a);
            b = Vector512.FusedMultiplyAdd(x, y, b);
            c = Vector512.FusedMultiplyAdd(x, y, c);
            d = Vector512.FusedMultiplyAdd(x, y, d);
            e = Vector512.FusedMultiplyAdd(x, y, e);
            f = Vector512.FusedMultiplyAdd(x, y, f);
            g = Vector512.FusedMultiplyAdd(x, y, g);
            h = Vector512.FusedMultiplyAdd(x, y, h);
            i = Vector512.FusedMultiplyAdd(x, y, i);
            j = Vector512.FusedMultiplyAdd(x, y, j);
            k = Vector512.FusedMultiplyAdd(x, y, k);
            l = Vector512.FusedMultiplyAdd(x, y, l);
        }

        (((a + b) + (c + d)) + ((e + f) + (g + h)) + ((i + j) + (k + l))).CopyTo(sink);
    }
}
