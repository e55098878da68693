using System.Globalization;
using System.Runtime.InteropServices;

namespace GeneratedNetworks.Tool.Networks;

/// <summary>Numbers in short: equal for equal bits, on machines of either byte order.</summary>
internal static class BitHash
{
    /// <summary>FNV-1a of 64 bits over the numbers' bytes, the lowest first, as 16 hexadecimal digits.</summary>
    /// <remarks>Source: Fowler, Noll and Vo, draft-eastlake-fnv.</remarks>
    public static string Of<T>(T[] numbers)
        where T : struct
    {
        ulong hash = 14695981039346656037;
        int size = System.Runtime.CompilerServices.Unsafe.SizeOf<T>();
        byte[] bytes = MemoryMarshal.AsBytes(numbers.AsSpan()).ToArray();
        for (int first = 0; first < bytes.Length; first += size)
        {
            for (int at = 0; at < size; at++)
                hash = unchecked((hash ^ bytes[first + (BitConverter.IsLittleEndian ? at : size - 1 - at)]) * 1099511628211);
        }

        return hash.ToString("x16", CultureInfo.InvariantCulture);
    }
}
