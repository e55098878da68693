using System;
using System.Runtime.InteropServices;

namespace GeneratedNetworks.CompilerServices;

/// <summary>Zeros that start on a cache line where the runtime can be asked for it: loads that straddle two of them cost double.</summary>
internal readonly struct AlignedMemory<T>
    where T : struct
{
    private const int Line = 64;

    private readonly T[] _elements;
    private readonly int _origin;
    private readonly int _length;

    public AlignedMemory(int length)
    {
        _length = length;
#if NET
        _elements = GC.AllocateArray<T>(length + (Line / Real<T>.Size), pinned: true);
        _origin = (int)(-(long)Marshal.UnsafeAddrOfPinnedArrayElement(_elements, 0) & (Line - 1)) / Real<T>.Size;
#else
        _elements = new T[length];
        _origin = 0;
#endif
    }

    public Span<T> Elements => _elements.AsSpan(_origin, _length);
}
