using System;
#if NET
using System.Numerics;
#endif
using System.Runtime.InteropServices;

namespace GeneratedNetworks.CompilerServices;

/// <summary>Sums of neighbouring numbers, each by itself: the same bits for any width of vectors.</summary>
internal static class Addition
{
    /// <summary>sums += addends, element by element.</summary>
    /// <param name="sums">Floats or doubles.</param>
    /// <param name="addends">As many.</param>
    public static void Add<T>(Span<T> sums, ReadOnlySpan<T> addends)
        where T : struct
    {
        if (typeof(T) == typeof(float))
            Add(MemoryMarshal.Cast<T, float>(sums), MemoryMarshal.Cast<T, float>(addends));
        else
            Add(MemoryMarshal.Cast<T, double>(sums), MemoryMarshal.Cast<T, double>(addends));
    }

    private static void Add(Span<float> sums, ReadOnlySpan<float> addends)
    {
        int first = 0;
#if NET
        Span<Vector<float>> vectors = MemoryMarshal.Cast<float, Vector<float>>(sums);
        ReadOnlySpan<Vector<float>> others = MemoryMarshal.Cast<float, Vector<float>>(addends);
        for (int i = 0; i < vectors.Length && i < others.Length; i++)
            vectors[i] += others[i];
        first = vectors.Length * Vector<float>.Count;
#endif
        for (int i = first; i < sums.Length; i++)
            sums[i] += addends[i];
    }

    private static void Add(Span<double> sums, ReadOnlySpan<double> addends)
    {
        int first = 0;
#if NET
        Span<Vector<double>> vectors = MemoryMarshal.Cast<double, Vector<double>>(sums);
        ReadOnlySpan<Vector<double>> others = MemoryMarshal.Cast<double, Vector<double>>(addends);
        for (int i = 0; i < vectors.Length && i < others.Length; i++)
            vectors[i] += others[i];
        first = vectors.Length * Vector<double>.Count;
#endif
        for (int i = first; i < sums.Length; i++)
            sums[i] += addends[i];
    }
}
