using System.Collections.Generic;

namespace GeneratedNetworks.Generator.Emit.Library;

/// <summary>Products with few outputs, weights output by output: dot products of rows, whose sums over lanes come out four at a time.</summary>
internal static class DotUnits
{
    /// <summary>Rows of one vector, which some width makes of few inputs.</summary>
    public const string Held = "DotsHeld";

    public static IEnumerable<Unit> All =>
    [
        new("Dots", DotsText(hasHeld: false)) { Held = DotsText(hasHeld: true), Units = [SumUnits.Store, SumUnits.StoreTwo] },
        new(Held, $$"""
            // The same for rows of one vector: the weights of four outputs, or of the last two, stay in registers while the rows go by.
            {{Unit.Optimized}} internal static void DotsHeld<W, V>(ref float a, nint aStride, ref float w, int outputs, ref float start, bool hasStart, ref float c, nint cStride, int stored, int rows) {{Unit.Where}}
            {
                int o = 0;
                for (; outputs - o > 2; o += 4)
                {
                    V b0 = W.Load(ref w), b1 = W.Load(ref Unsafe.Add(ref w, W.Count)), b2 = W.Load(ref Unsafe.Add(ref w, 2 * W.Count));
                    V b3 = W.Load(ref Unsafe.Add(ref w, (outputs - o > 3 ? 3 : 2) * W.Count));
                    ref float ai = ref a, ci = ref Unsafe.Add(ref c, o);
                    for (int r = rows; r > 0; r--)
                    {
                        V x = W.Load(ref ai);
                        StoreSums<W, V>(W.Multiply(x, b0), W.Multiply(x, b1), W.Multiply(x, b2), W.Multiply(x, b3), ref Unsafe.Add(ref start, o), hasStart, ref ci, stored - o);
                        ai = ref Unsafe.Add(ref ai, aStride); ci = ref Unsafe.Add(ref ci, cStride);
                    }
                    w = ref Unsafe.Add(ref w, 4 * W.Count);
                }
                if (o < outputs)
                {
                    V b0 = W.Load(ref w), b1 = W.Load(ref Unsafe.Add(ref w, outputs - o > 1 ? W.Count : 0));
                    start = ref Unsafe.Add(ref start, o); c = ref Unsafe.Add(ref c, o);
                    for (; rows >= 2; rows -= 2)
                    {
                        V x = W.Load(ref a), y = W.Load(ref Unsafe.Add(ref a, aStride));
                        StoreTwoSums<W, V>(W.Multiply(x, b0), W.Multiply(x, b1), W.Multiply(y, b0), W.Multiply(y, b1), ref start, hasStart, ref c, ref Unsafe.Add(ref c, cStride), stored - o);
                        a = ref Unsafe.Add(ref a, 2 * aStride); c = ref Unsafe.Add(ref c, 2 * cStride);
                    }
                    if (rows > 0)
                    {
                        V x = W.Load(ref a);
                        StoreSums<W, V>(W.Multiply(x, b0), W.Multiply(x, b1), W.Multiply(x, b1), W.Multiply(x, b1), ref start, hasStart, ref c, stored - o);
                    }
                }
            }
            """) { Units = [SumUnits.Store, SumUnits.StoreTwo] },
        new("DotColumn", $$"""
            // c[r] = start + Σ a[r, i]·w[i]: one output, four rows at a time.
            {{Unit.Optimized}} internal static void DotColumn<W, V>(ref float a, nint aStride, int inputs, ref float w, ref float start, bool hasStart, ref float c, nint cStride, int rows) {{Unit.Where}}
            {
                float first = hasStart ? start : 0;
                for (; rows >= 4; rows -= 4)
                {
                    V b = W.Load(ref w);
                    V sum0 = W.Multiply(W.Load(ref a), b), sum1 = W.Multiply(W.Load(ref Unsafe.Add(ref a, aStride)), b);
                    V sum2 = W.Multiply(W.Load(ref Unsafe.Add(ref a, 2 * aStride)), b), sum3 = W.Multiply(W.Load(ref Unsafe.Add(ref a, 3 * aStride)), b);
                    for (int i = W.Count; i < inputs; i += W.Count)
                    {
                        ref float ai = ref Unsafe.Add(ref a, i);
                        b = W.Load(ref Unsafe.Add(ref w, i));
                        sum0 = W.MultiplyAdd(W.Load(ref ai), b, sum0);
                        sum1 = W.MultiplyAdd(W.Load(ref Unsafe.Add(ref ai, aStride)), b, sum1);
                        sum2 = W.MultiplyAdd(W.Load(ref Unsafe.Add(ref ai, 2 * aStride)), b, sum2);
                        sum3 = W.MultiplyAdd(W.Load(ref Unsafe.Add(ref ai, 3 * aStride)), b, sum3);
                    }
                    StoreColumn<W, V>(sum0, sum1, sum2, sum3, first, ref c, cStride);
                    a = ref Unsafe.Add(ref a, 4 * aStride); c = ref Unsafe.Add(ref c, 4 * cStride);
                }
                for (; rows > 0; rows--)
                {
                    V sum = W.Multiply(W.Load(ref a), W.Load(ref w));
                    for (int i = W.Count; i < inputs; i += W.Count)
                        sum = W.MultiplyAdd(W.Load(ref Unsafe.Add(ref a, i)), W.Load(ref Unsafe.Add(ref w, i)), sum);
                    c = W.Sum(sum) + first;
                    a = ref Unsafe.Add(ref a, aStride); c = ref Unsafe.Add(ref c, cStride);
                }
            }
            """) { Units = [SumUnits.StoreColumn] },
    ];

    private static string DotsText(bool hasHeld)
    {
        string entry = hasHeld
            ? "if (inputs == W.Count)\n    {\n        DotsHeld<W, V>(ref a, aStride, ref w, outputs, ref start, hasStart, ref c, cStride, stored, rows);\n        return;\n    }\n    "
            : string.Empty;
        return $$"""
        // c[r, o] = start[o] + Σ a[r, i]·w[o, i], four outputs by two rows at a time, of three outputs the last twice, and so the last row but one where rows are odd; `stored` columns of c exist.
        {{Unit.Optimized}} internal static void Dots<W, V>(ref float a, nint aStride, nint inputs, ref float w, int outputs, ref float start, bool hasStart, ref float c, nint cStride, int stored, int rows) {{Unit.Where}}
        {
            {{entry}}nint aNext = rows > 1 ? aStride : 0, cNext = rows > 1 ? cStride : 0;
            int o = 0;
            for (; rows == 1 && o < outputs; o += 4)
            {
                // A single row takes no partner; outputs that do not exist are the last one again. Offsets in bytes: WebAssembly's interpreter multiplies others for each load.
                nint b1 = outputs - o > 1 ? inputs * sizeof(float) : 0, b2 = outputs - o > 2 ? 2 * b1 : b1, b3 = outputs - o > 3 ? 3 * b1 : b2;
                ref float ai = ref a, wi = ref w;
                V x = W.Load(ref ai), {{SingleRow((o, b) => $"p{o} = W.Multiply(x, {b})", ", ")}};
                for (nint i = inputs - W.Count; i > 0; i -= W.Count)
                {
                    ai = ref Unsafe.Add(ref ai, W.Count); wi = ref Unsafe.Add(ref wi, W.Count);
                    x = W.Load(ref ai);
                    {{SingleRow((o, b) => $"p{o} = W.MultiplyAdd(x, {b}, p{o});", " ")}}
                }
                StoreSums<W, V>(p0, p1, p2, p3, ref Unsafe.Add(ref start, o), hasStart, ref Unsafe.Add(ref c, o), stored - o);
                w = ref Unsafe.AddByteOffset(ref w, 4 * b1);
            }
            for (; outputs - o > 2; o += 4)
            {
                nint row3 = (outputs - o > 3 ? 3 : 2) * inputs;
                ref float ar = ref a, co = ref Unsafe.Add(ref c, o), so = ref Unsafe.Add(ref start, o);
                for (int r = rows; r > 0; r -= 2)
                {
        {{Rows(4)}}
                    StoreSums<W, V>(p0, p1, p2, p3, ref so, hasStart, ref co, stored - o);
                    StoreSums<W, V>(q0, q1, q2, q3, ref so, hasStart, ref Unsafe.Add(ref co, cNext), stored - o);
                    ar = ref Unsafe.Add(ref ar, 2 * aNext); co = ref Unsafe.Add(ref co, 2 * cNext);
                }
                w = ref Unsafe.Add(ref w, 4 * inputs);
            }
            if (o < outputs)
            {
                nint row1 = outputs - o > 1 ? inputs : 0;
                ref float ar = ref a, co = ref Unsafe.Add(ref c, o), so = ref Unsafe.Add(ref start, o);
                for (int r = rows; r > 0; r -= 2)
                {
        {{Rows(2)}}
                    StoreTwoSums<W, V>(p0, p1, q0, q1, ref so, hasStart, ref co, ref Unsafe.Add(ref co, cNext), stored - o);
                    ar = ref Unsafe.Add(ref ar, 2 * aNext); co = ref Unsafe.Add(ref co, 2 * cNext);
                }
            }
        }
        """;
    }

    /// <summary>Four outputs of a single row, and where the weights of each are.</summary>
    private static string SingleRow(System.Func<int, string, string> text, string separator) =>
        Unit.Repeat(4, o => text(o, $"W.Load(ref {(o == 0 ? "wi" : $"Unsafe.AddByteOffset(ref wi, b{o})")})"), separator);

    /// <summary>Sums of two rows, p and q, by some outputs: the first vectors are no more than multiplied.</summary>
    private static string Rows(int outputs)
    {
        string weights(int o, string w) => o switch
        {
            0 => w,
            2 => $"Unsafe.Add(ref {w}, 2 * inputs)",
            _ => $"Unsafe.Add(ref {w}, {(outputs == 4 && o == 1 ? "inputs" : $"row{o}")})",
        };
        string first = Unit.Repeat(outputs, o => $"V b{o} = W.Load(ref {weights(o, "w")}), p{o} = W.Multiply(x, b{o}), q{o} = W.Multiply(y, b{o});");
        string next = Unit.Repeat(outputs, o => $"b{o} = W.Load(ref {weights(o, "wi")}); p{o} = W.MultiplyAdd(x, b{o}, p{o}); q{o} = W.MultiplyAdd(y, b{o}, q{o});", "\n    ");
        return TileUnits.Indent($$"""
            if (r == 1)
            {
                ar = ref Unsafe.Subtract(ref ar, aNext); co = ref Unsafe.Subtract(ref co, cNext);
            }
            V x = W.Load(ref ar), y = W.Load(ref Unsafe.Add(ref ar, aNext));
            {{first}}
            for (nint i = W.Count; i < inputs; i += W.Count)
            {
                ref float ai = ref Unsafe.Add(ref ar, i), wi = ref Unsafe.Add(ref w, i);
                x = W.Load(ref ai); y = W.Load(ref Unsafe.Add(ref ai, aNext));
                {{next}}
            }
            """, 3);
    }
}
