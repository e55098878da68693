using System.Collections.Generic;
using GeneratedNetworks.Generator.Planning;

namespace GeneratedNetworks.Generator.Emit.Library;

/// <summary>Matrix products over a number of rows known at run time, cut into register tiles.</summary>
internal static class ProductUnits
{
    public const string Pairs = "GemmPairs", Singles = "GemmSingles";

    /// <summary>Two vectors at a time, and one where a width leaves one.</summary>
    public const string Both = "Gemm";

    public const string PairsOf = "PairsOf", Ger = "Ger";

    public const string BiasGradient = "BiasGradient";

    public static IEnumerable<Unit> All =>
    [
        new(Pairs, PairsText(SingleRows)) { Narrow = PairsText(NarrowRows), Far = PairsText(FarRows), Units = ["Rows6By2", "Rows4By2", "Rows1By2"] },
        new(Singles, $$"""
            // The same one vector of columns at a time, from column `first` on: rows in eights and ones, which have sums enough of their own.
            {{Unit.Optimized}} internal static void GemmSingles<W, V, E>(ref float a, int aStride, int depth, ref float b, int panel, ref float start, ref float saved, ref float c, int cStride, int first, int columns, int width, int rows) {{Unit.Where}} where E : struct, IEnds<V>
            {
                int eights = rows / 8, ones = rows % 8;
                if (eights > 0)
                    Rows8By1<W, V, E>(ref a, aStride, depth, ref b, panel, ref start, ref saved, ref c, cStride, first, columns, width, eights);
                if (ones > 0)
                    Rows1By1<W, V, E>(ref Unsafe.Add(ref a, (rows - ones) * aStride), aStride, depth, ref b, panel, ref start, ref Unsafe.Add(ref saved, (rows - ones) * cStride), ref Unsafe.Add(ref c, (rows - ones) * cStride), cStride, first, columns, width, ones);
            }
            """) { Units = ["Rows8By1", "Rows1By1"] },
        new(Both, $$"""
            // The same in pairs of vectors, and the last vector alone where their number is odd.
            internal static void Gemm<W, V, E>(ref float a, int aStride, int depth, ref float b, int panel, ref float start, ref float saved, ref float c, int cStride, int width, int rows, int most) {{Unit.Where}} where E : struct, IEnds<V>
            {
                int vectors = (width + W.Count - 1) / W.Count, pairs = vectors / 2 * 2 * W.Count;
                if (pairs > 0)
                    GemmPairs<W, V, E>(ref a, aStride, depth, ref b, panel, ref start, ref saved, ref c, cStride, pairs, width, rows, most);
                if (vectors % 2 > 0)
                    GemmSingles<W, V, E>(ref a, aStride, depth, ref b, panel, ref start, ref saved, ref c, cStride, pairs, width, width, rows);
            }
            """) { Units = [Pairs, Singles] },
        new(PairsOf, $$"""
            // The columns that whole pairs of vectors cover.
            {{Unit.Inlined}} internal static int PairsOf<W, V>(int columns) {{Unit.Where}} => columns / (2 * W.Count) * (2 * W.Count);
            """),
        new(Ger, $$"""
            // One sample: g[i, o] += scale·a[i]·b[o], four vectors of columns side by side: a farther cache delivers and takes few lines of one panel at a time later.
            {{Unit.Optimized}} internal static void Ger<W, V>(ref float a, int count, ref float b, int columns, ref float g, nint gStep, int panel, int panelLength, float scale) {{Unit.Where}}
            {
                V s = W.Create(scale);
                int o = 0;
                nint second = W.Count < panel ? W.Count : panelLength, pair = Column(2 * W.Count, panel, panelLength);
                for (; o + 4 * W.Count <= columns; o += 4 * W.Count)
                {
                    ref float g0 = ref Unsafe.Add(ref g, Column(o, panel, panelLength)), g1 = ref Unsafe.Add(ref g0, second);
                    V {{Unit.Repeat(4, v => $"b{v} = W.Multiply(s, W.Load(ref Unsafe.Add(ref b, o + {v} * W.Count)))", ", ")}};
                    for (int i = 0; i < count; i++)
                    {
                        V x = W.Create(Unsafe.Add(ref a, i));
                        ref float g2 = ref Unsafe.Add(ref g0, pair), g3 = ref Unsafe.Add(ref g1, pair);
                        {{Unit.Repeat(4, v => $"W.Store(W.MultiplyAdd(x, b{v}, W.Load(ref g{v})), ref g{v});", " ")}}
                        g0 = ref Unsafe.Add(ref g0, gStep); g1 = ref Unsafe.Add(ref g1, gStep);
                    }
                }
                for (; o < columns; o += W.Count)
                {
                    ref float go = ref Unsafe.Add(ref g, Column(o, panel, panelLength));
                    V b0 = W.Multiply(s, W.Load(ref Unsafe.Add(ref b, o)));
                    for (int i = 0; i < count; i++)
                    {
                        W.Store(W.MultiplyAdd(W.Create(Unsafe.Add(ref a, i)), b0, W.Load(ref go)), ref go);
                        go = ref Unsafe.Add(ref go, gStep);
                    }
                }
            }
            """) { Units = ["Column"] },
        new(BiasGradient, $$"""
            // The bias sees an input of 1 in every sample: g = scale·Σ dz over the batch.
            {{Unit.Optimized}} internal static void BiasGradient<W, V>(ref float dz, int stride, ref float g, int rows, float scale, bool add) {{Unit.Where}}
            {
                for (int o = 0; o < stride; o += W.Count)
                {
                    // Four sums, so that no addition waits for the one before.
                    ref float dzk = ref Unsafe.Add(ref dz, o);
                    V sum = W.Zero, sum1 = W.Zero, sum2 = W.Zero, sum3 = W.Zero;
                    int k = rows;
                    for (; k >= 4; k -= 4)
                    {
                        sum = W.Add(sum, W.Load(ref dzk));
                        sum1 = W.Add(sum1, W.Load(ref Unsafe.Add(ref dzk, stride)));
                        sum2 = W.Add(sum2, W.Load(ref Unsafe.Add(ref dzk, 2 * stride)));
                        sum3 = W.Add(sum3, W.Load(ref Unsafe.Add(ref dzk, 3 * stride)));
                        dzk = ref Unsafe.Add(ref dzk, 4 * stride);
                    }
                    for (; k > 0; k--)
                    {
                        sum = W.Add(sum, W.Load(ref dzk));
                        dzk = ref Unsafe.Add(ref dzk, stride);
                    }
                    sum = W.Add(W.Add(sum, sum1), W.Add(sum2, sum3));
                    sum = W.Multiply(W.Create(scale), sum);
                    if (add)
                        sum = W.Add(sum, W.Load(ref Unsafe.Add(ref g, o)));
                    W.Store(sum, ref Unsafe.Add(ref g, o));
                }
            }
            """)
        {
            Ordered = $$"""
            // The bias sees an input of 1 in every sample: g = Σ dz over the batch, or g += sample by sample; scale is 1.
            {{Unit.Optimized}} internal static void BiasGradient<W, V>(ref float dz, int stride, ref float g, int rows, float scale, bool add) {{Unit.Where}}
            {
                for (int o = 0; o < stride; o += W.Count)
                {
                    ref float dzk = ref Unsafe.Add(ref dz, o);
                    V sum = add ? W.Load(ref Unsafe.Add(ref g, o)) : W.Zero;
                    for (int k = rows; k > 0; k--)
                    {
                        sum = W.Add(sum, W.Load(ref dzk));
                        dzk = ref Unsafe.Add(ref dzk, stride);
                    }
                    W.Store(sum, ref Unsafe.Add(ref g, o));
                }
            }
            """,
        },
        new("Transpose", $$"""
            // Packs Wᵀ in panels of `toPanel` inputs, from panels of `panel` outputs, in blocks of four by four where there are as many.
            {{Unit.Optimized}} internal static void Transpose(ref float w, int inputs, int outputs, int panel, ref float wt, int toPanel)
            {
                for (int o = 0; o < outputs; o += panel)
                {
                    int width = outputs - o < panel ? outputs - o : panel;
                    int i = 0;
                    for (; i + 4 <= inputs; i += 4)
                    {
                        ref float from = ref Unsafe.Add(ref w, o * inputs + i * panel);
                        ref float to = ref Unsafe.Add(ref wt, i / toPanel * (outputs * toPanel) + i % toPanel + o * toPanel);
                        int k = 0;
                        for (; k + 4 <= width; k += 4)
                        {
                            TransposeBlock(ref from, panel, ref to, toPanel);
                            from = ref Unsafe.Add(ref from, 4); to = ref Unsafe.Add(ref to, 4 * toPanel);
                        }
                        for (; k < width; k++)
                        {
                            to = from;
                            Unsafe.Add(ref to, 1) = Unsafe.Add(ref from, panel);
                            Unsafe.Add(ref to, 2) = Unsafe.Add(ref from, 2 * panel);
                            Unsafe.Add(ref to, 3) = Unsafe.Add(ref from, 3 * panel);
                            from = ref Unsafe.Add(ref from, 1); to = ref Unsafe.Add(ref to, toPanel);
                        }
                    }
                    for (; i < inputs; i++)
                    {
                        ref float from = ref Unsafe.Add(ref w, o * inputs + i * panel);
                        ref float to = ref Unsafe.Add(ref wt, i / toPanel * (outputs * toPanel) + i % toPanel + o * toPanel);
                        for (int k = 0; k < width; k++)
                            Unsafe.Add(ref to, k * toPanel) = Unsafe.Add(ref from, k);
                    }
                }
            }
            """) { Units = ["TransposeBlock"] },
        new("TransposeBlock", $$"""
            // Four rows of four become columns.
            {{Unit.Inlined}} internal static void TransposeBlock(ref float from, nint fromStep, ref float to, nint toStep)
            {
                if (Sse.IsSupported && sizeof(float) == sizeof(int))
                {
                    ref byte source = ref Unsafe.As<float, byte>(ref from), target = ref Unsafe.As<float, byte>(ref to);
                    nint step = fromStep * sizeof(int), row = toStep * sizeof(int);
                    var r0 = Unsafe.ReadUnaligned<Vector128<int>>(ref source).AsSingle(); var r1 = Unsafe.ReadUnaligned<Vector128<int>>(ref Unsafe.Add(ref source, step)).AsSingle();
                    var r2 = Unsafe.ReadUnaligned<Vector128<int>>(ref Unsafe.Add(ref source, 2 * step)).AsSingle(); var r3 = Unsafe.ReadUnaligned<Vector128<int>>(ref Unsafe.Add(ref source, 3 * step)).AsSingle();
                    var low01 = Sse.UnpackLow(r0, r1); var low23 = Sse.UnpackLow(r2, r3); var high01 = Sse.UnpackHigh(r0, r1); var high23 = Sse.UnpackHigh(r2, r3);
                    Unsafe.WriteUnaligned(ref target, Sse.MoveLowToHigh(low01, low23));
                    Unsafe.WriteUnaligned(ref Unsafe.Add(ref target, row), Sse.MoveHighToLow(low23, low01));
                    Unsafe.WriteUnaligned(ref Unsafe.Add(ref target, 2 * row), Sse.MoveLowToHigh(high01, high23));
                    Unsafe.WriteUnaligned(ref Unsafe.Add(ref target, 3 * row), Sse.MoveHighToLow(high23, high01));
                    return;
                }
                for (int k = 0; k < 4; k++)
                {
                    Unsafe.Add(ref to, k) = Unsafe.Add(ref from, k * fromStep);
                    Unsafe.Add(ref to, toStep + k) = Unsafe.Add(ref from, k * fromStep + 1);
                    Unsafe.Add(ref to, 2 * toStep + k) = Unsafe.Add(ref from, k * fromStep + 2);
                    Unsafe.Add(ref to, 3 * toStep + k) = Unsafe.Add(ref from, k * fromStep + 3);
                }
            }
            """),
        new("InputGradientOne", $$"""
            // One sample, weights in panels of outputs: dx[i] = Σ W[i, o]·dz[o], four rows of W at a time, so that Wᵀ need not be packed.
            {{Unit.Optimized}} internal static void InputGradientOne<W, V>(ref float dz, ref float w, int inputs, int panel, int stride, ref float dx, int dxStride) {{Unit.Where}}
            {
                nint next = (nint)inputs * panel;
                for (int i = 0; i < inputs; i += 4)
                {
                    V sum0 = W.Zero, sum1 = W.Zero, sum2 = W.Zero, sum3 = W.Zero;
                    int rows = inputs - i < 4 ? inputs - i : 4;
                    ref float row0 = ref Unsafe.Add(ref w, i * panel);
                    ref float row1 = ref Unsafe.Add(ref row0, rows > 1 ? panel : 0);
                    ref float row2 = ref Unsafe.Add(ref row0, rows > 2 ? 2 * panel : 0);
                    ref float row3 = ref Unsafe.Add(ref row0, rows > 3 ? 3 * panel : 0);
                    for (int o = 0; o < stride; o += panel)
                    {
                        for (int v = 0; v < panel; v += W.Count)
                        {
                            V d = W.Load(ref Unsafe.Add(ref dz, o + v));
                            sum0 = W.MultiplyAdd(W.Load(ref Unsafe.Add(ref row0, v)), d, sum0);
                            sum1 = W.MultiplyAdd(W.Load(ref Unsafe.Add(ref row1, v)), d, sum1);
                            sum2 = W.MultiplyAdd(W.Load(ref Unsafe.Add(ref row2, v)), d, sum2);
                            sum3 = W.MultiplyAdd(W.Load(ref Unsafe.Add(ref row3, v)), d, sum3);
                        }
                        row0 = ref Unsafe.Add(ref row0, next); row1 = ref Unsafe.Add(ref row1, next); row2 = ref Unsafe.Add(ref row2, next);
                        row3 = ref Unsafe.Add(ref row3, next);
                    }
                    ref float to = ref Unsafe.Add(ref dx, i);
                    to = W.Sum(sum0);
                    if (rows > 1) Unsafe.Add(ref to, 1) = W.Sum(sum1);
                    if (rows > 2) Unsafe.Add(ref to, 2) = W.Sum(sum2);
                    if (rows > 3) Unsafe.Add(ref to, 3) = W.Sum(sum3);
                }
                for (int i = inputs; i < dxStride; i++)
                    Unsafe.Add(ref dx, i) = 0;
            }
            """),
    ];

    private const string SingleRows = "if (ones > 0)\n    " + RestRows + "0, columns, width, ones);";

    private const string NarrowRows = "int narrow = ones > 0 && " + IsNarrow + " ? " + EightsOf + " : 0;\nif (narrow > 0)\n    " + TileUnits.Narrow + "<W, V, E>(" + EightRows + "narrow, width, ones);\n"
        + "if (ones > 0 && narrow < columns)\n    " + RestRows + "narrow, columns, width, ones);";

    private static readonly string FarRows = $"int far = ones > 0 && ({IsNarrow} || (long)depth * columns * sizeof(float) > {Machine.FirstLevelBytes}) ? {EightsOf} : 0;\nif (far > 0 && {IsNarrow})\n    {TileUnits.Narrow}<W, V, E>({EightRows}far, width, ones);\n"
        + $"else if (far > 0)\n    {TileUnits.Far}<W, V, E>({EightRows}far, width, ones);\nif (ones > 0 && far < columns)\n    {RestRows}far, columns, width, ones);";

    private const string IsNarrow = "W.Count * sizeof(float) <= 16";

    private const string EightsOf = "columns / (8 * W.Count) * (8 * W.Count)";

    private const string EightRows = "ref Unsafe.Add(ref a, (rows - ones) * aStride), aStride, depth, ref b, panel, ref start, ref Unsafe.Add(ref saved, (rows - ones) * cStride), ref Unsafe.Add(ref c, (rows - ones) * cStride), cStride, ";

    private const string RestRows = "Rows1By2<W, V, E>(" + EightRows;

    /// <param name="single">The statements for rows that are left: two vectors at a time, or eight where the nearest cache does not hold the weights or vectors have 128 bits.</param>
    private static string PairsText(string single)
    {
        return $$"""
            // c = end(start + a·B) for all rows, two vectors of columns at a time. B lies in panels: `depth` rows of `panel` columns, panel after panel.
            // Rows go in sixes (or fours at the most), what is left in fours and ones; 8 rows are 4 + 4 and not 6 + 1 + 1.
            {{Unit.Optimized}} internal static void GemmPairs<W, V, E>(ref float a, int aStride, int depth, ref float b, int panel, ref float start, ref float saved, ref float c, int cStride, int columns, int width, int rows, int most) {{Unit.Where}} where E : struct, IEnds<V>
            {
                int sixes = most == 6 ? rows / 6 : 0, rest = rows - 6 * sixes;
                int fours = most == 4 ? rest / 4 : rest >= 4 ? 1 : rest >= 2 && sixes > 0 ? 2 : 0;
                if (most == 6)
                    sixes -= fours / 2;
                int ones = rows - 6 * sixes - 4 * fours;
                if (sixes > 0)
                    Rows6By2<W, V, E>(ref a, aStride, depth, ref b, panel, ref start, ref saved, ref c, cStride, 0, columns, width, sixes);
                if (fours > 0)
                    Rows4By2<W, V, E>(ref Unsafe.Add(ref a, 6 * sixes * aStride), aStride, depth, ref b, panel, ref start, ref Unsafe.Add(ref saved, 6 * sixes * cStride), ref Unsafe.Add(ref c, 6 * sixes * cStride), cStride, 0, columns, width, fours);
                {{single.Replace("\n", "\n    ")}}
            }
            """;
    }
}
