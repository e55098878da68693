#if NET8_0_OR_GREATER
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
#endif
using System;

namespace GeneratedNetworks;

/// <summary>Asks for the start of a row that is read next: shuffled rows lie anywhere, and the processor fetches ahead only within the one it reads.</summary>
internal static class RowPrefetch
{
#if NET8_0_OR_GREATER
    /// <summary>Enough to last until the processor has noticed that a row is read in order.</summary>
    private const int Lines = 8;

    private const int LineBytes = 64;

    /// <summary>A hint, without any effect on values.</summary>
    /// <param name="row">Rows of less than two times what would be asked for are left alone.</param>
    public static unsafe void Start<T>(ReadOnlySpan<T> row)
        where T : struct
    {
        if (!Sse.IsSupported || row.Length * Unsafe.SizeOf<T>() < 2 * Lines * LineBytes)
            return;

        // Not pinned: should the array move meanwhile, the hint is wasted and nothing else.
        ref byte start = ref Unsafe.As<T, byte>(ref MemoryMarshal.GetReference(row));
        for (int line = 0; line < Lines; line++)
            Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.Add(ref start, line * LineBytes)));
    }
#else
    /// <summary>Does nothing: no instruction for it is at hand.</summary>
    public static void Start<T>(ReadOnlySpan<T> row)
        where T : struct
    {
    }
#endif
}
