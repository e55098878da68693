using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Planning;

namespace GeneratedNetworks.Generator.Emit.Library;

/// <summary>
/// Windows of 3×3 that see each channel by itself: nine vectors stay in registers for a whole image, the weights or the sums of their gradients, and what is
/// loaded serves all positions of a tile that see it.
/// </summary>
internal static class DepthwiseSquareUnits
{
    /// <summary>Rows and columns of the windows.</summary>
    private static int Size => 3;

    /// <summary>Positions of a tile, in a row, the largest first: 9 weights and 4 sums leave room for what is loaded among 16 registers.</summary>
    public static readonly int[] Tiles = [4, 2, 1];

    /// <summary>Columns from one position to the next; where they are farther apart no two see the same.</summary>
    private static readonly int[] Strides = [1, 2];

    /// <summary>Columns from one position to the next where a window is of this kind, otherwise 0.</summary>
    public static int StrideOf(PatchWalk walk)
    {
        int step = walk.TapStep.Column;
        return walk.Taps.Rows == Size && walk.Taps.Columns == Size && walk.Taps.Run == 1 && step != 0 && walk.Read.Column % step == 0 && Strides.Contains(walk.Read.Column / step) ? walk.Read.Column / step : 0;
    }

    public static string Products(int stride) => $"SquarePatches{stride}";

    public static string Gradients(int stride) => $"SquareGradients{stride}";

    public static IEnumerable<Unit> All => Strides.SelectMany(stride => new[]
    {
        new Unit(Products(stride), $$"""
            // c[p, o] = end(start[o] + Σ x[p, k, o]·b[k, o]) for windows of 3×3, {{Apart(stride)}}: vectors of channels, then what is left one by one.
            {{Unit.Optimized}} internal static void {{Products(stride)}}<W, V, E, W1, V1, E1>(ref float x, ref float b, ref float start, ref float saved, ref float c, Patch p, int rows) {{Unit.Where}} where E : struct, IEnds<V> where W1 : struct, IWidth<V1> where V1 : struct where E1 : struct, IEnds<V1>
            {
                for (int n = 0; n < rows; n++)
                {
                    for (int r = 0; r < p.Rows; r += {{Machine.SquareRows}})
                    {
                        nint at = (nint)n * p.CStride + p.C + (nint)r * p.CRow;
                        ref float xr = ref Unsafe.Add(ref x, (nint)n * p.XStride + p.X + (nint)r * p.XRow), vr = ref Unsafe.Add(ref saved, at), cr = ref Unsafe.Add(ref c, at);
                        int some = p.Rows - r < {{Machine.SquareRows}} ? p.Rows - r : {{Machine.SquareRows}}, o = 0;
                        for (; o <= p.Groups - W.Count; o += W.Count)
                            {{ProductName(stride)}}<W, V, E>(ref Unsafe.Add(ref xr, o), ref Unsafe.Add(ref b, o), ref Unsafe.Add(ref start, o), ref Unsafe.Add(ref vr, o), ref Unsafe.Add(ref cr, o), p, some);
                        for (; o < p.Groups; o++)
                            {{ProductName(stride)}}<W1, V1, E1>(ref Unsafe.Add(ref xr, o), ref Unsafe.Add(ref b, o), ref Unsafe.Add(ref start, o), ref Unsafe.Add(ref vr, o), ref Unsafe.Add(ref cr, o), p, some);
                    }
                }
            }
            """) { Units = [PatchUnits.Walk, ProductName(stride)] },
        new Unit(ProductName(stride), Product(stride)) { Units = [PatchUnits.Walk] },
        new Unit(Gradients(stride), $$"""
            // g[k, o] = scale·Σ x[p, k, o]·c[p, o] for windows of 3×3, {{Apart(stride)}}, over all positions p and all samples, added to what is there if add is true.
            {{Unit.Optimized}} internal static void {{Gradients(stride)}}<W, V, W1, V1>(ref float x, ref float c, ref float g, Patch p, int rows, float scale, bool add) {{Unit.Where}} where W1 : struct, IWidth<V1> where V1 : struct
            {
                int some = {{Machine.FirstLevelBytes / sizeof(float)}} / (p.XStride + p.CStride) + 1;
                for (int n = 0; n < rows; n += some, add = true)
                {
                    int samples = rows - n < some ? rows - n : some, o = 0;
                    ref float xn = ref Unsafe.Add(ref x, (nint)n * p.XStride + p.X), cn = ref Unsafe.Add(ref c, (nint)n * p.CStride + p.C);
                    for (; o <= p.Groups - W.Count; o += W.Count)
                        {{GradientName(stride)}}<W, V>(ref Unsafe.Add(ref xn, o), ref Unsafe.Add(ref cn, o), ref Unsafe.Add(ref g, o), p, samples, scale, add);
                    for (; o < p.Groups; o++)
                        {{GradientName(stride)}}<W1, V1>(ref Unsafe.Add(ref xn, o), ref Unsafe.Add(ref cn, o), ref Unsafe.Add(ref g, o), p, samples, scale, add);
                }
            }
            """) { Units = [PatchUnits.Walk, GradientName(stride)] },
        new Unit(GradientName(stride), Gradient(stride, isOrdered: false)) { Ordered = Gradient(stride, isOrdered: true), Units = [PatchUnits.Walk] },
    });

    private static string ProductName(int stride) => $"Square{stride}";

    private static string GradientName(int stride) => $"SquareGradient{stride}";

    private static string Apart(int stride) => stride == 1 ? "side by side" : $"{stride} columns apart";

    private static string Product(int stride) => $$"""
        // One vector of channels at all positions of some rows.
        {{Unit.Optimized}} internal static void {{ProductName(stride)}}<W, V, E>(ref float x, ref float b, ref float start, ref float saved, ref float c, in Patch p, int rows) {{Unit.Where}} where E : struct, IEnds<V>
        {
            nint xStep = p.XTapColumn, cStep = p.CColumn;
            ref float b0 = ref Unsafe.Add(ref b, p.B), b1 = ref Unsafe.Add(ref b0, p.BTapRow), b2 = ref Unsafe.Add(ref b1, p.BTapRow);
            V {{Unit.Repeat(Size, i => Unit.Repeat(Size, j => $"w{i}{j} = W.Load(ref {(j == 0 ? $"b{i}" : $"Unsafe.Add(ref b{i}, {(j == 1 ? "" : $"{j} * ")}p.BTapColumn)")})", ", "), ", ")}};
            nint yRow = 0;
            ref float xr = ref x;
            for (; rows > 0; rows--)
            {
                {{RowStarts}}
                nint y = yRow;
                int q = p.Columns;
        {{TileUnits.Indent(Cuts(count => $$"""
                V c0 = E.Start(ref start){{string.Concat(Enumerable.Range(1, count - 1).Select(at => $", c{at} = c0"))}};
                {{Taps(count, stride, (i, j, position, x) => $"c{position} = W.MultiplyAdd(w{i}{j}, {x}, c{position});")}}
                {{Unit.Repeat(count, at => $"W.Store(E.End(c{at}, ref Unsafe.Add(ref saved, y)), ref Unsafe.Add(ref c, y)); y += cStep;")}}
                {{Advance(count, stride)}}
                """), 2)}}
                xr = ref Unsafe.Add(ref xr, p.XRow); yRow += p.CRow;
            }
        }
        """;

    private static string Gradient(int stride, bool isOrdered)
    {
        string at(int i, int j) => i + j == 0 ? "g" : $"Unsafe.Add(ref g, {(Size * i) + j} * step)";
        string all(System.Func<int, int, string> text, string separator, string line) => Unit.Repeat(Size, i => Unit.Repeat(Size, j => text(i, j), separator), line);
        string starts = all((i, j) => $"g{i}{j} = {(isOrdered ? $"add ? W.Load(ref {at(i, j)}) : W.Zero" : "W.Zero")}", ", ", ", ");
        string ends = all(
            (i, j) => isOrdered ? $"W.Store(g{i}{j}, ref {at(i, j)});" : $"W.Store(add ? W.MultiplyAdd(s, g{i}{j}, W.Load(ref {at(i, j)})) : W.Multiply(s, g{i}{j}), ref {at(i, j)});", isOrdered ? " " : "\n", "\n");
        string formula = isOrdered ? "or added position by position to what is there; scale is 1" : "added to what is there if add is true";
        return $$"""
            // g of one vector of channels: sums over positions and samples, {{formula}}.
            {{Unit.Optimized}} internal static void {{GradientName(stride)}}<W, V>(ref float x, ref float c, ref float g, in Patch p, int samples, float scale, bool add) {{Unit.Where}}
            {
                nint step = p.Panel, xStep = p.XTapColumn, cStep = p.CColumn;{{(isOrdered ? "" : " V s = W.Create(scale);")}}
                V {{starts}};
                for (int n = 0; n < samples; n++)
                {
                    ref float xr = ref Unsafe.Add(ref x, (nint)n * p.XStride), cr = ref Unsafe.Add(ref c, (nint)n * p.CStride);
                    for (int r = p.Rows; r > 0; r--)
                    {
                        {{RowStarts}}
                        ref float y = ref cr;
                        int q = p.Columns;
            {{TileUnits.Indent(Cuts(count => $$"""
                        {{Unit.Repeat(count, at => $"V d{at} = W.Load(ref y); y = ref Unsafe.Add(ref y, cStep);")}}
                        {{Taps(count, stride, (i, j, position, x) => $"g{i}{j} = W.MultiplyAdd(d{position}, {x}, g{i}{j});")}}
                        {{Advance(count, stride)}}
                        """), 3)}}
                        xr = ref Unsafe.Add(ref xr, p.XRow); cr = ref Unsafe.Add(ref cr, p.CRow);
                    }
                }
            {{TileUnits.Indent(ends, 1)}}
            }
            """;
    }

    private const string RowStarts = "ref float x0 = ref xr, x1 = ref Unsafe.Add(ref x0, p.XTapRow), x2 = ref Unsafe.Add(ref x1, p.XTapRow);";

    /// <summary>All positions of a row, by tiles.</summary>
    private static string Cuts(System.Func<int, string> tile) => string.Join("\n", Tiles.Select(count => $$"""
        {{(count == Tiles[0] ? "for" : "if")}} ({{(count == Tiles[0] ? $"; q >= {count}; q -= {count}" : count == 1 ? "q > 0" : $"q >= {count}")}})
        {
        {{TileUnits.Indent(tile(count), 1)}}{{(count == Tiles[0] || count == 1 ? "" : $"\n    q -= {count};")}}
        }
        """));

    /// <summary>Row by row of the window: each column of the tile is loaded once.</summary>
    private static string Taps(int positions, int stride, System.Func<int, int, int, string, string> use) => Unit.Repeat(Size, i =>
    {
        int columns = ((positions - 1) * stride) + Size;
        return (i == 0 ? "ref float xk = ref x0;\n" : $"xk = ref x{i};\n") + Unit.Repeat(columns, column =>
        {
            IEnumerable<string> uses = Enumerable.Range(0, positions)
                .Where(position => column - (position * stride) >= 0 && column - (position * stride) < Size)
                .Select(position => use(i, column - (position * stride), position, $"x{i}{column}"));
            return $"V x{i}{column} = W.Load(ref xk); {string.Join(" ", uses)}{(column == columns - 1 ? "" : " xk = ref Unsafe.Add(ref xk, xStep);")}";
        });
    });

    private static string Advance(int positions, int stride) =>
        Unit.Repeat(Size, i => $"x{i} = ref Unsafe.Add(ref x{i}, {(positions * stride == 1 ? "" : $"{positions * stride} * ")}xStep);", " ");
}
