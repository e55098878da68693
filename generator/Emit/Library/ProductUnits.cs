using System.Collections.Generic;

namespace GeneratedNetworks.Generator.Emit.Library;

/// <summary>Matrix products over a number of rows known at run time, cut into register tiles.</summary>
internal static class ProductUnits
{
    public const string Pairs = "GemmPairs", Singles = "GemmSingles";

    public const string GradientPairs = "WeightGradientPairs", GradientSingles = "WeightGradientSingles";

    /// <summary>Two vectors at a time, and one where a width leaves one.</summary>
    public const string Both = "Gemm", GradientBoth = "WeightGradient";

    public const string BiasGradient = "BiasGradient";

    public static IEnumerable<Unit> All =>
    [
        new(Pairs, $$"""
            // c = end(start + a·B) for all rows, two vectors of columns at a time. B lies in panels: `depth` rows of `panel` columns, panel after panel.
            // Rows go in sixes (or fours at the most), what is left in fours and ones; 8 rows are 4 + 4 and not 6 + 1 + 1.
            {{Unit.Optimized}}
            internal static void GemmPairs<W, V, E>(ref float a, int aStride, int depth, ref float b, int panel, ref float start, ref float saved, ref float c, int cStride, int columns, int width, int rows, int most)
                {{Unit.Where}} where E : struct, IEnds<V>
            {
                int sixes = most == 6 ? rows / 6 : 0, rest = rows - 6 * sixes;
                int fours = most == 4 ? rest / 4 : rest >= 4 ? 1 : rest >= 2 && sixes > 0 ? 2 : 0;
                if (most == 6)
                    sixes -= fours / 2;
                int ones = rows - 6 * sixes - 4 * fours;
                nint next = W.Count < panel ? W.Count : (nint)depth * panel;
                for (int o = 0; o < columns; o += 2 * W.Count)
                {
                    ref float bo = ref Unsafe.Add(ref b, o / panel * (depth * panel) + o % panel);
                    ref float so = ref Unsafe.Add(ref start, o);
                    ref float ar = ref a;
                    ref float co = ref Unsafe.Add(ref c, o);
                    ref float vo = ref Unsafe.Add(ref saved, o);
                    int stored = width - o;
                    if (sixes > 0)
                    {
                        Rows6By2<W, V, E>(ref ar, aStride, depth, ref bo, panel, next, ref so, ref vo, ref co, cStride, stored, sixes);
                        ar = ref Unsafe.Add(ref ar, 6 * sixes * aStride);
                        co = ref Unsafe.Add(ref co, 6 * sixes * cStride);
                        vo = ref Unsafe.Add(ref vo, 6 * sixes * cStride);
                    }
                    if (fours > 0)
                    {
                        Rows4By2<W, V, E>(ref ar, aStride, depth, ref bo, panel, next, ref so, ref vo, ref co, cStride, stored, fours);
                        ar = ref Unsafe.Add(ref ar, 4 * fours * aStride);
                        co = ref Unsafe.Add(ref co, 4 * fours * cStride);
                        vo = ref Unsafe.Add(ref vo, 4 * fours * cStride);
                    }
                    if (ones > 0)
                        Rows1By2<W, V, E>(ref ar, aStride, depth, ref bo, panel, next, ref so, ref vo, ref co, cStride, stored, ones);
                }
            }
            """) { Units = ["Rows6By2", "Rows4By2", "Rows1By2", "StoreTwo"] },
        new(Singles, $$"""
            // The same one vector of columns at a time, from column `first` on: rows in eights, fours and ones.
            {{Unit.Optimized}}
            internal static void GemmSingles<W, V, E>(ref float a, int aStride, int depth, ref float b, int panel, ref float start, ref float saved, ref float c, int cStride, int first, int columns, int width, int rows)
                {{Unit.Where}} where E : struct, IEnds<V>
            {
                int eights = rows / 8, fours = rows % 8 / 4, ones = rows % 4;
                for (int o = first; o < columns; o += W.Count)
                {
                    ref float bo = ref Unsafe.Add(ref b, o / panel * (depth * panel) + o % panel);
                    ref float so = ref Unsafe.Add(ref start, o);
                    ref float ar = ref a;
                    ref float co = ref Unsafe.Add(ref c, o);
                    ref float vo = ref Unsafe.Add(ref saved, o);
                    int stored = width - o;
                    if (eights > 0)
                    {
                        Rows8By1<W, V, E>(ref ar, aStride, depth, ref bo, panel, ref so, ref vo, ref co, cStride, stored, eights);
                        ar = ref Unsafe.Add(ref ar, 8 * eights * aStride);
                        co = ref Unsafe.Add(ref co, 8 * eights * cStride);
                        vo = ref Unsafe.Add(ref vo, 8 * eights * cStride);
                    }
                    if (fours > 0)
                    {
                        Rows4By1<W, V, E>(ref ar, aStride, depth, ref bo, panel, ref so, ref vo, ref co, cStride, stored, fours);
                        ar = ref Unsafe.Add(ref ar, 4 * fours * aStride);
                        co = ref Unsafe.Add(ref co, 4 * fours * cStride);
                        vo = ref Unsafe.Add(ref vo, 4 * fours * cStride);
                    }
                    if (ones > 0)
                        Rows1By1<W, V, E>(ref ar, aStride, depth, ref bo, panel, ref so, ref vo, ref co, cStride, stored, ones);
                }
            }
            """) { Units = ["Rows8By1", "Rows4By1", "Rows1By1", "StoreOne"] },
        new(GradientPairs, $$"""
            // g = scale·(aᵀ·b): a row of g for each of the `count` neighbouring elements of a row of a, two vectors of b's columns at a time.
            // g lies in panels `panelLength` apart, its rows `gStep` apart; in a batch of one sample each element of g is read and written once.
            {{Unit.Optimized}}
            internal static void WeightGradientPairs<W, V>(ref float a, int aStride, int count, ref float b, int bStride, int columns, ref float g, int gStep, int panel, int panelLength, int rows, float scale, bool add)
                {{Unit.Where}}
            {
                int sixes = count / 6, fours = count % 6 >= 4 ? 1 : count % 6 >= 2 && sixes > 0 ? 2 : 0;
                sixes -= fours / 2;
                nint next = W.Count < panel ? W.Count : panelLength;
                if (rows == 1 && add)
                {
                    for (int o = 0; o < columns; o += 2 * W.Count)
                        GerPairs<W, V>(ref a, count, ref Unsafe.Add(ref b, o), ref Unsafe.Add(ref g, o / panel * panelLength + o % panel), gStep, next, scale);
                    return;
                }

                for (int i = 0; i < count;)
                {
                    ref float ai = ref Unsafe.Add(ref a, i);
                    ref float gi = ref Unsafe.Add(ref g, i * gStep);
                    int step = i < 6 * sixes ? 6 : i < 6 * sixes + 4 * fours ? 4 : count - i >= 2 ? 2 : 1;
                    for (int o = 0; o < columns; o += 2 * W.Count)
                    {
                        ref float bo = ref Unsafe.Add(ref b, o);
                        ref float go = ref Unsafe.Add(ref gi, o / panel * panelLength + o % panel);
                        if (step == 6)
                            Gradient6By2<W, V>(ref ai, aStride, ref bo, bStride, W.Count, ref go, gStep, next, rows, scale, add);
                        else if (step == 4)
                            Gradient4By2<W, V>(ref ai, aStride, ref bo, bStride, W.Count, ref go, gStep, next, rows, scale, add);
                        else if (step == 2)
                            Gradient2By2<W, V>(ref ai, aStride, ref bo, bStride, W.Count, ref go, gStep, next, rows, scale, add);
                        else
                            Gradient1By2<W, V>(ref ai, aStride, ref bo, bStride, W.Count, ref go, gStep, next, rows, scale, add);
                    }
                    i += step;
                }
            }
            """) { Units = ["Gradient6By2", "Gradient4By2", "Gradient2By2", "Gradient1By2", "GerPairs"] },
        new(GradientSingles, $$"""
            // The same one vector of columns at a time, from column `first` on.
            {{Unit.Optimized}}
            internal static void WeightGradientSingles<W, V>(ref float a, int aStride, int count, ref float b, int bStride, int first, int columns, ref float g, int gStep, int panel, int panelLength, int rows, float scale, bool add)
                {{Unit.Where}}
            {
                for (int i = 0; i < count;)
                {
                    ref float ai = ref Unsafe.Add(ref a, i);
                    ref float gi = ref Unsafe.Add(ref g, i * gStep);
                    int step = count - i >= 8 ? 8 : count - i >= 4 ? 4 : count - i >= 2 ? 2 : 1;
                    for (int o = first; o < columns; o += W.Count)
                    {
                        ref float bo = ref Unsafe.Add(ref b, o);
                        ref float go = ref Unsafe.Add(ref gi, o / panel * panelLength + o % panel);
                        if (step == 8)
                            Gradient8By1<W, V>(ref ai, aStride, ref bo, bStride, ref go, gStep, rows, scale, add);
                        else if (step == 4)
                            Gradient4By1<W, V>(ref ai, aStride, ref bo, bStride, ref go, gStep, rows, scale, add);
                        else if (step == 2)
                            Gradient2By1<W, V>(ref ai, aStride, ref bo, bStride, ref go, gStep, rows, scale, add);
                        else
                            Gradient1By1<W, V>(ref ai, aStride, ref bo, bStride, ref go, gStep, rows, scale, add);
                    }
                    i += step;
                }
            }
            """) { Units = ["Gradient8By1", "Gradient4By1", "Gradient2By1", "Gradient1By1"] },
        new(Both, $$"""
            // The same in pairs of vectors, and the last vector alone where their number is odd.
            internal static void Gemm<W, V, E>(ref float a, int aStride, int depth, ref float b, int panel, ref float start, ref float saved, ref float c, int cStride, int width, int rows, int most)
                {{Unit.Where}} where E : struct, IEnds<V>
            {
                int vectors = (width + W.Count - 1) / W.Count, pairs = vectors / 2 * 2 * W.Count;
                if (pairs > 0)
                    GemmPairs<W, V, E>(ref a, aStride, depth, ref b, panel, ref start, ref saved, ref c, cStride, pairs, width, rows, most);
                if (vectors % 2 > 0)
                    GemmSingles<W, V, E>(ref a, aStride, depth, ref b, panel, ref start, ref saved, ref c, cStride, pairs, width, width, rows);
            }
            """) { Units = [Pairs, Singles] },
        new(GradientBoth, $$"""
            // The same in pairs of vectors, and the last vector alone where their number is odd.
            internal static void WeightGradient<W, V>(ref float a, int aStride, int count, ref float b, int bStride, int columns, ref float g, int gStep, int panel, int panelLength, int rows, float scale, bool add)
                {{Unit.Where}}
            {
                int vectors = columns / W.Count, pairs = vectors / 2 * 2 * W.Count;
                if (pairs > 0)
                    WeightGradientPairs<W, V>(ref a, aStride, count, ref b, bStride, pairs, ref g, gStep, panel, panelLength, rows, scale, add);
                if (vectors % 2 > 0)
                    WeightGradientSingles<W, V>(ref a, aStride, count, ref b, bStride, pairs, columns, ref g, gStep, panel, panelLength, rows, scale, add);
            }
            """) { Units = [GradientPairs, GradientSingles] },
        new("GerPairs", $$"""
            // One sample: g[r] += scale·a[r]·b for two vectors of columns.
            {{Unit.Optimized}}
            internal static void GerPairs<W, V>(ref float a, int count, ref float b, ref float g, nint gStep, nint gNext, float scale)
                {{Unit.Where}}
            {
                V s = W.Create(scale);
                V b0 = W.Multiply(s, W.Load(ref b)), b1 = W.Multiply(s, W.Load(ref Unsafe.Add(ref b, W.Count)));
                for (; count > 0; count--)
                {
                    V x = W.Create(a);
                    ref float next = ref Unsafe.Add(ref g, gNext);
                    W.Store(W.MultiplyAdd(x, b0, W.Load(ref g)), ref g);
                    W.Store(W.MultiplyAdd(x, b1, W.Load(ref next)), ref next);
                    a = ref Unsafe.Add(ref a, 1);
                    g = ref Unsafe.Add(ref g, gStep);
                }
            }
            """),
        new(BiasGradient, $$"""
            // The bias sees an input of 1 in every sample: g = scale·Σ dz over the batch.
            {{Unit.Optimized}}
            internal static void BiasGradient<W, V>(ref float dz, int stride, ref float g, int rows, float scale, bool add)
                {{Unit.Where}}
            {
                for (int o = 0; o < stride; o += W.Count)
                {
                    ref float dzk = ref Unsafe.Add(ref dz, o);
                    V sum = W.Load(ref dzk);
                    for (int k = 1; k < rows; k++)
                    {
                        dzk = ref Unsafe.Add(ref dzk, stride);
                        sum = W.Add(sum, W.Load(ref dzk));
                    }
                    sum = W.Multiply(W.Create(scale), sum);
                    if (add)
                        sum = W.Add(sum, W.Load(ref Unsafe.Add(ref g, o)));
                    W.Store(sum, ref Unsafe.Add(ref g, o));
                }
            }
            """),
        new("Transpose", $$"""
            // Packs Wᵀ in panels of `toPanel` inputs, from panels of `panel` outputs.
            {{Unit.Optimized}}
            internal static void Transpose(ref float w, int inputs, int outputs, int panel, ref float wt, int toPanel)
            {
                for (int o = 0; o < outputs; o += panel)
                {
                    int width = outputs - o < panel ? outputs - o : panel;
                    for (int i = 0; i < inputs; i++)
                    {
                        ref float from = ref Unsafe.Add(ref w, o * inputs + i * panel);
                        ref float to = ref Unsafe.Add(ref wt, i / toPanel * (outputs * toPanel) + i % toPanel + o * toPanel);
                        for (int k = 0; k < width; k++)
                            Unsafe.Add(ref to, k * toPanel) = Unsafe.Add(ref from, k);
                    }
                }
            }
            """),
        new("InputGradientOne", $$"""
            // One sample, weights in panels of outputs: dx[i] = Σ W[i, o]·dz[o], four rows of W at a time, so that Wᵀ need not be packed.
            {{Unit.Optimized}}
            internal static void InputGradientOne<W, V>(ref float dz, ref float w, int inputs, int panel, int stride, ref float dx, int dxStride)
                {{Unit.Where}}
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
                        row0 = ref Unsafe.Add(ref row0, next);
                        row1 = ref Unsafe.Add(ref row1, next);
                        row2 = ref Unsafe.Add(ref row2, next);
                        row3 = ref Unsafe.Add(ref row3, next);
                    }
                    ref float to = ref Unsafe.Add(ref dx, i);
                    to = W.Sum(sum0);
                    if (rows > 1)
                        Unsafe.Add(ref to, 1) = W.Sum(sum1);
                    if (rows > 2)
                        Unsafe.Add(ref to, 2) = W.Sum(sum2);
                    if (rows > 3)
                        Unsafe.Add(ref to, 3) = W.Sum(sum3);
                }
                for (int i = inputs; i < dxStride; i++)
                    Unsafe.Add(ref dx, i) = 0;
            }
            """),
    ];
}
