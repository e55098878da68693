using System.Collections.Generic;

namespace GeneratedNetworks.Generator.Emit.Library;

/// <summary>What joins values and takes them apart.</summary>
internal static class PartUnits
{
    public const string Multiply = "MultiplyValues", Copy = "CopyParts", ClearTails = "ClearTails";

    public static IEnumerable<Unit> All =>
    [
        new(Multiply, $$"""
            // to = left ⊙ right.
            {{Unit.Optimized}} internal static void {{Multiply}}<W, V>(ref float left, ref float right, ref float to, int count) {{Unit.Where}}
            {
                for (int i = 0; i < count; i += W.Count)
                    W.Store(W.Multiply(W.Load(ref Unsafe.Add(ref left, i)), W.Load(ref Unsafe.Add(ref right, i))), ref Unsafe.Add(ref to, i));
            }
            """),
        new(Copy, $$"""
            // `columns` elements of each of `count` rows of every sample, to other columns of the rows of another value.
            {{Unit.Optimized}} internal static void {{Copy}}<W, V>(ref float from, int fromStride, int fromStep, ref float to, int toStride, int toStep, int columns, int count, int rows) {{Unit.Where}}
            {
                for (; rows > 0; rows--)
                {
                    ref float source = ref from, target = ref to;
                    for (int n = count; n > 0; n--)
                    {
                        int c = 0;
                        for (; c <= columns - W.Count; c += W.Count)
                            W.Store(W.Load(ref Unsafe.Add(ref source, c)), ref Unsafe.Add(ref target, c));
                        for (; c < columns; c++)
                            Unsafe.Add(ref target, c) = Unsafe.Add(ref source, c);
                        source = ref Unsafe.Add(ref source, fromStep); target = ref Unsafe.Add(ref target, toStep);
                    }
                    from = ref Unsafe.Add(ref from, fromStride); to = ref Unsafe.Add(ref to, toStride);
                }
            }
            """),
        new(ClearTails, $$"""
            // The padding of every row becomes zero.
            internal static void {{ClearTails}}(ref float at, int stride, int width, int rows)
            {
                for (; rows > 0; rows--)
                {
                    for (int o = width; o < stride; o++)
                        Unsafe.Add(ref at, o) = 0;
                    at = ref Unsafe.Add(ref at, stride);
                }
            }
            """),
    ];
}
