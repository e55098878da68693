using System.Collections.Generic;

namespace GeneratedNetworks.Generator.Emit.Library;

/// <summary>Memory that starts on a cache line: loads that straddle two of them cost double.</summary>
internal static class MemoryUnits
{
    public const string Aligned = "Aligned", Memory = "Memory", Copies = "MemoryCopies";

    public static IEnumerable<Unit> All =>
    [
        new(Aligned, $$"""
            // The first element that starts a cache line.
            {{Unit.Inlined}} internal static ref float Aligned(ref float start)
            {
                long address = Unsafe.ByteOffset(ref Unsafe.NullRef<float>(), ref start);
                return ref Unsafe.AddByteOffset(ref start, (nint)(-address & 63));
            }
            """),
        new(Memory, $$"""
            // A pinned array whose elements count from the first that starts a cache line.
            internal readonly partial struct Memory
            {
                private readonly float[] _elements;
                private readonly int _origin;

                internal Memory(int length)
                {
                    _elements = global::System.GC.AllocateArray<float>(length + 64 / sizeof(float), pinned: true);
                    long address = (long)global::System.Runtime.InteropServices.Marshal.UnsafeAddrOfPinnedArrayElement(_elements, 0);
                    _origin = (int)(-address & 63) / sizeof(float);
                }

                internal ref float First { {{Unit.Inlined}} get => ref Unsafe.Add(ref global::System.Runtime.InteropServices.MemoryMarshal.GetArrayDataReference(_elements), _origin); }
                internal void Clear(int start, int length) => global::System.Array.Clear(_elements, _origin + start, length);
            }
            """),
        new(Copies, """
            internal readonly partial struct Memory
            {
                internal float[] Copy() => (float[])_elements.Clone();
                internal void Restore(float[] copy) => copy.CopyTo(_elements, 0);
            }
            """),
    ];
}
