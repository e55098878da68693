using System;
using System.Runtime.InteropServices;

namespace GeneratedNetworks;

/// <summary>Floats and doubles as little-endian bytes on every machine.</summary>
internal static class LittleEndian
{
    public static void Read<T>(ReadOnlySpan<byte> bytes, Span<T> destination)
        where T : struct
    {
        Span<byte> raw = MemoryMarshal.AsBytes(destination);
        bytes.CopyTo(raw);
        if (!BitConverter.IsLittleEndian)
            ReverseEach(raw, Real<T>.Size);
    }

    public static void Write<T>(ReadOnlySpan<T> source, Span<byte> destination)
        where T : struct
    {
        ReadOnlySpan<byte> raw = MemoryMarshal.AsBytes(source);
        raw.CopyTo(destination);
        if (!BitConverter.IsLittleEndian)
            ReverseEach(destination.Slice(0, raw.Length), Real<T>.Size);
    }

    private static void ReverseEach(Span<byte> bytes, int size)
    {
        for (int i = 0; i < bytes.Length; i += size)
            bytes.Slice(i, size).Reverse();
    }
}
