using System;

namespace GeneratedNetworks;

/// <summary>FNV-1a, 64 bits: enough to notice damage and mistakes, not an attacker.</summary>
internal struct Fnv1a()
{
    private const ulong Prime = 1099511628211;

    public ulong Value { get; private set; } = 14695981039346656037;

    public void Add(ReadOnlySpan<byte> bytes)
    {
        ulong value = Value;
        foreach (byte b in bytes)
            value = unchecked((value ^ b) * Prime);
        Value = value;
    }

    /// <summary>Adds numbers by their bits, a whole number at a time, so that large datasets take no time worth speaking of.</summary>
    public void AddNumbers<T>(ReadOnlySpan<T> numbers)
        where T : struct
    {
        ulong value = Value;
        if (Real<T>.IsSingle)
        {
            foreach (uint bits in System.Runtime.InteropServices.MemoryMarshal.Cast<T, uint>(numbers))
                value = unchecked((value ^ bits) * Prime);
        }
        else
        {
            foreach (ulong bits in System.Runtime.InteropServices.MemoryMarshal.Cast<T, ulong>(numbers))
                value = Fold(unchecked((value ^ bits) * Prime));
        }

        Value = value;

        // The product moves bits upwards only: bring the high half of a double's bits down again.
        static ulong Fold(ulong v) => v ^ (v >> 32);
    }
}
