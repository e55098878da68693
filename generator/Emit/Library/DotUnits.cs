using System.Collections.Generic;

namespace GeneratedNetworks.Generator.Emit.Library;

/// <summary>Products with few outputs, weights output by output: dot products of rows, whose sums over lanes come out four at a time.</summary>
internal static class DotUnits
{
    /// <summary>Rows of one vector, which some width makes of few inputs.</summary>
    public const string Held = "DotsHeld";

    public static IEnumerable<Unit> All =>
    [
        new("Dots", DotsText(hasHeld: false)) { Held = DotsText(hasHeld: true), Units = ["DotsOne", SumUnits.Store, SumUnits.StoreTwo] },
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
        new("DotsOne", $$"""
            // The same for one row: two sums of each output, so that no multiply-add waits for the one before.
            {{Unit.Optimized}} internal static void DotsOne<W, V>(ref float a, int inputs, ref float w, int outputs, ref float start, bool hasStart, ref float c, int stored) {{Unit.Where}}
            {
                for (int o = 0; o < outputs; o += 4)
                {
                    ref float w0 = ref Unsafe.Add(ref w, o * inputs);
                    int last = outputs - 1 - o;
                    nint row1 = (nint)(last > 1 ? 1 : last) * inputs, row2 = (nint)(last > 2 ? 2 : last) * inputs, row3 = (nint)(last > 3 ? 3 : last) * inputs;
                    V p0 = W.Zero, p1 = W.Zero, p2 = W.Zero, p3 = W.Zero, q0 = W.Zero, q1 = W.Zero, q2 = W.Zero, q3 = W.Zero;
                    ref float ai = ref a;
                    int i = inputs;
                    for (; i >= 2 * W.Count; i -= 2 * W.Count)
                    {
                        V x = W.Load(ref ai), y = W.Load(ref Unsafe.Add(ref ai, W.Count));
                        p0 = W.MultiplyAdd(x, W.Load(ref w0), p0); q0 = W.MultiplyAdd(y, W.Load(ref Unsafe.Add(ref w0, W.Count)), q0);
                        p1 = W.MultiplyAdd(x, W.Load(ref Unsafe.Add(ref w0, row1)), p1); q1 = W.MultiplyAdd(y, W.Load(ref Unsafe.Add(ref w0, row1 + W.Count)), q1);
                        p2 = W.MultiplyAdd(x, W.Load(ref Unsafe.Add(ref w0, row2)), p2); q2 = W.MultiplyAdd(y, W.Load(ref Unsafe.Add(ref w0, row2 + W.Count)), q2);
                        p3 = W.MultiplyAdd(x, W.Load(ref Unsafe.Add(ref w0, row3)), p3); q3 = W.MultiplyAdd(y, W.Load(ref Unsafe.Add(ref w0, row3 + W.Count)), q3);
                        ai = ref Unsafe.Add(ref ai, 2 * W.Count); w0 = ref Unsafe.Add(ref w0, 2 * W.Count);
                    }
                    if (i > 0)
                    {
                        V x = W.Load(ref ai);
                        p0 = W.MultiplyAdd(x, W.Load(ref w0), p0);
                        p1 = W.MultiplyAdd(x, W.Load(ref Unsafe.Add(ref w0, row1)), p1);
                        p2 = W.MultiplyAdd(x, W.Load(ref Unsafe.Add(ref w0, row2)), p2);
                        p3 = W.MultiplyAdd(x, W.Load(ref Unsafe.Add(ref w0, row3)), p3);
                    }
                    StoreSums<W, V>(W.Add(p0, q0), W.Add(p1, q1), W.Add(p2, q2), W.Add(p3, q3), ref Unsafe.Add(ref start, o), hasStart, ref Unsafe.Add(ref c, o), stored - o);
                }
            }
            """) { Units = [SumUnits.Store] },
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
        // c[r, o] = start[o] + Σ a[r, i]·w[o, i], two rows by four outputs at a time, of three the last twice; `stored` columns of c exist.
        {{Unit.Optimized}} internal static void Dots<W, V>(ref float a, nint aStride, nint inputs, ref float w, int outputs, ref float start, bool hasStart, ref float c, int cStride, int stored, int rows) {{Unit.Where}}
        {
            {{entry}}for (; rows >= 2; rows -= 2)
            {
                int o = 0;
                ref float wo = ref w;
                for (; outputs - o > 2; o += 4)
                {
                    nint row3 = (outputs - o > 3 ? 3 : 2) * inputs;
                    V p0 = W.Zero, p1 = W.Zero, p2 = W.Zero, p3 = W.Zero, q0 = W.Zero, q1 = W.Zero, q2 = W.Zero, q3 = W.Zero;
                    ref float ai = ref a, w0 = ref wo;
                    for (nint i = inputs; i > 0; i -= W.Count)
                    {
                        V x = W.Load(ref ai), y = W.Load(ref Unsafe.Add(ref ai, aStride));
                        V b0 = W.Load(ref w0); p0 = W.MultiplyAdd(x, b0, p0); q0 = W.MultiplyAdd(y, b0, q0);
                        V b1 = W.Load(ref Unsafe.Add(ref w0, inputs)); p1 = W.MultiplyAdd(x, b1, p1); q1 = W.MultiplyAdd(y, b1, q1);
                        V b2 = W.Load(ref Unsafe.Add(ref w0, 2 * inputs)); p2 = W.MultiplyAdd(x, b2, p2); q2 = W.MultiplyAdd(y, b2, q2);
                        V b3 = W.Load(ref Unsafe.Add(ref w0, row3)); p3 = W.MultiplyAdd(x, b3, p3); q3 = W.MultiplyAdd(y, b3, q3);
                        ai = ref Unsafe.Add(ref ai, W.Count); w0 = ref Unsafe.Add(ref w0, W.Count);
                    }
                    StoreSums<W, V>(p0, p1, p2, p3, ref Unsafe.Add(ref start, o), hasStart, ref Unsafe.Add(ref c, o), stored - o);
                    StoreSums<W, V>(q0, q1, q2, q3, ref Unsafe.Add(ref start, o), hasStart, ref Unsafe.Add(ref c, o + cStride), stored - o);
                    wo = ref Unsafe.Add(ref wo, 4 * inputs);
                }
                if (o < outputs)
                {
                    V p0 = W.Zero, p1 = W.Zero, q0 = W.Zero, q1 = W.Zero;
                    nint row1 = outputs - o > 1 ? inputs : 0;
                    ref float ai = ref a, w0 = ref wo;
                    for (nint i = inputs; i > 0; i -= W.Count)
                    {
                        V x = W.Load(ref ai), y = W.Load(ref Unsafe.Add(ref ai, aStride));
                        V b0 = W.Load(ref w0); p0 = W.MultiplyAdd(x, b0, p0); q0 = W.MultiplyAdd(y, b0, q0);
                        V b1 = W.Load(ref Unsafe.Add(ref w0, row1)); p1 = W.MultiplyAdd(x, b1, p1); q1 = W.MultiplyAdd(y, b1, q1);
                        ai = ref Unsafe.Add(ref ai, W.Count); w0 = ref Unsafe.Add(ref w0, W.Count);
                    }
                    StoreTwoSums<W, V>(p0, p1, q0, q1, ref Unsafe.Add(ref start, o), hasStart, ref Unsafe.Add(ref c, o), ref Unsafe.Add(ref c, o + cStride), stored - o);
                }
                a = ref Unsafe.Add(ref a, 2 * aStride); c = ref Unsafe.Add(ref c, 2 * cStride);
            }
            if (rows > 0)
                DotsOne<W, V>(ref a, (int)inputs, ref w, outputs, ref start, hasStart, ref c, stored);
        }
        """;
    }
}
