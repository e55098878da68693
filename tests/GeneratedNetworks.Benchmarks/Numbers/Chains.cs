using System;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using GeneratedNetworks.Benchmarks.Measurement;

namespace GeneratedNetworks.Benchmarks.Numbers;

/// <summary>Loops of single instructions: what waits for itself, and what does not.</summary>
internal static class Chains
{
    private const int Turns = 250;

    /// <summary>Cycles of a call of <see cref="Multiply"/>: 8 products of integers, each of the one before, which take 3 cycles on every x86 processor since 2008.</summary>
    public const double MultiplyCycles = 3.0 * 8 * Turns;

    /// <summary>Sums of a call of <see cref="Add"/> and loads of one of <see cref="Load"/>.</summary>
    public const int Instructions = 8 * Turns;

    private static ulong _sink;

    public static Action<int> Multiply() => static calls =>
    {
        for (int i = 0; i < calls; i++)
        {
            _sink = RunMultiply(_sink | 1, (ulong)i | 1);
        }
    };

    /// <summary>Fused multiply-adds, each of the sum before.</summary>
    public static Action<int> Add()
    {
        float[] sink = new float[Vector256<float>.Count];
        return calls =>
        {
            for (int i = 0; i < calls; i++)
            {
                RunAdd(sink);
            }
        };
    }

    /// <summary>Loads from 2 KB, which are combined by an instruction that no processor is short of.</summary>
    public static Action<int> Load()
    {
        float[] data = GC.AllocateArray<float>(512 + 16, pinned: true);
        int start = CacheLine.FirstAligned(data);
        float[] sink = new float[Vector256<float>.Count];
        return calls =>
        {
            for (int i = 0; i < calls; i++)
            {
                RunLoad(ref data[start], sink);
            }
        };
    }

    /// <summary>Reads so many bytes once, in a straight line.</summary>
    public static Action<int> Read(int bytes)
    {
        float[] data = GC.AllocateArray<float>((bytes / sizeof(float)) + 16, pinned: true);
        int start = CacheLine.FirstAligned(data);
        float[] sink = new float[Vector256<float>.Count];
        return calls =>
        {
            for (int i = 0; i < calls; i++)
            {
                RunRead(ref data[start], bytes / 256, sink);
            }
        };
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ulong RunMultiply(ulong x, ulong y)
    {
        for (int n = Turns; n > 0; n--)
        {
            x *= y;
            x *= y;
            x *= y;
            x *= y;
            x *= y;
            x *= y;
            x *= y;
            x *= y;
        }

        return x;
    }

    private static void RunAdd(float[] sink)
    {
        Vector256<float> x = Vector256.Create(0.5f), y = Vector256.Create(1e-3f), a = x;
        for (int n = Turns; n > 0; n--)
        {
            a = Vector256.FusedMultiplyAdd(x, y, a);
            a = Vector256.FusedMultiplyAdd(x, y, a);
            a = Vector256.FusedMultiplyAdd(x, y, a);
            a = Vector256.FusedMultiplyAdd(x, y, a);
            a = Vector256.FusedMultiplyAdd(x, y, a);
            a = Vector256.FusedMultiplyAdd(x, y, a);
            a = Vector256.FusedMultiplyAdd(x, y, a);
            a = Vector256.FusedMultiplyAdd(x, y, a);
        }

        a.CopyTo(sink);
    }

    private static void RunLoad(ref float data, float[] sink)
    {
        Vector256<float> a = default, b = default, c = default, d = default, e = default, f = default, g = default, h = default;
        for (int n = 0; n < Turns; n++)
        {
            ref float at = ref Unsafe.Add(ref data, (n & 7) * 64);
            a ^= Vector256.LoadUnsafe(ref at);
            b ^= Vector256.LoadUnsafe(ref at, 8);
            c ^= Vector256.LoadUnsafe(ref at, 16);
            d ^= Vector256.LoadUnsafe(ref at, 24);
            e ^= Vector256.LoadUnsafe(ref at, 32);
            f ^= Vector256.LoadUnsafe(ref at, 40);
            g ^= Vector256.LoadUnsafe(ref at, 48);
            h ^= Vector256.LoadUnsafe(ref at, 56);
        }

        (a ^ b ^ c ^ d ^ e ^ f ^ g ^ h).CopyTo(sink);
    }

    private static void RunRead(ref float data, int turns, float[] sink)
    {
        Vector256<float> a = default, b = default, c = default, d = default, e = default, f = default, g = default, h = default;
        for (; turns > 0; turns--)
        {
            a ^= Vector256.LoadUnsafe(ref data);
            b ^= Vector256.LoadUnsafe(ref data, 8);
            c ^= Vector256.LoadUnsafe(ref data, 16);
            d ^= Vector256.LoadUnsafe(ref data, 24);
            e ^= Vector256.LoadUnsafe(ref data, 32);
            f ^= Vector256.LoadUnsafe(ref data, 40);
            g ^= Vector256.LoadUnsafe(ref data, 48);
            h ^= Vector256.LoadUnsafe(ref data, 56);
            data = ref Unsafe.Add(ref data, 64);
        }

        (a ^ b ^ c ^ d ^ e ^ f ^ g ^ h).CopyTo(sink);
    }
}
