using System.Runtime.InteropServices;

namespace GeneratedNetworks.Benchmarks.Measurement;

internal static class CacheLine
{
    /// <summary>The index of the first element of a pinned array that starts a 64-byte line.</summary>
    public static int FirstAligned(float[] pinned)
    {
        nint address = Marshal.UnsafeAddrOfPinnedArrayElement(pinned, 0);
        return (int)((64 - (address & 63)) & 63) / sizeof(float);
    }
}
