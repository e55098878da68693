using System.Collections.Generic;
using System.Linq;

namespace GeneratedNetworks.Generator.Emit.Library;

/// <summary>Windows that see each channel by itself: channels fill the lanes, and a tile is some positions of one vector of channels.</summary>
internal static class DepthwiseUnits
{
    /// <summary>Positions of a tile, the largest first.</summary>
    public static readonly int[] Tiles = [8, 4, 2, 1];

    public static IEnumerable<Unit> All =>
    [
        .. Tiles.Select(rows => new Unit(ProductName(rows), Product(rows)) { Units = [PatchUnits.Walk] }),
        .. Tiles.Select(rows => new Unit(GradientName(rows), Gradient(rows, isOrdered: false)) { Ordered = Gradient(rows, isOrdered: true), Units = [PatchUnits.Walk] }),
        new(PatchUnits.Channels, $$"""
            // c[p, o] = end(start[o] + Σ x[p, k, o]·b[k, o]): vectors of channels, then what is left one by one.
            {{Unit.Optimized}} internal static void {{PatchUnits.Channels}}<W, V, E, W1, V1, E1>(ref float x, ref float b, ref float start, ref float saved, ref float c, Patch p, int rows) {{Unit.Where}} where E : struct, IEnds<V> where W1 : struct, IWidth<V1> where V1 : struct where E1 : struct, IEnds<V1>
            {
                int positions = p.Rows * p.Columns;
                for (int n = 0; n < rows; n++)
                {
                    ref float xn = ref Unsafe.Add(ref x, (nint)n * p.XStride + p.X), vn = ref Unsafe.Add(ref saved, (nint)n * p.CStride + p.C), cn = ref Unsafe.Add(ref c, (nint)n * p.CStride + p.C);
                    int o = 0;
                    for (; o <= p.Groups - W.Count; o += W.Count)
                    {
                        ref float xo = ref Unsafe.Add(ref xn, o), bo = ref Unsafe.Add(ref b, o), so = ref Unsafe.Add(ref start, o), vo = ref Unsafe.Add(ref vn, o), co = ref Unsafe.Add(ref cn, o);
            {{Cuts((rows, first, count) => $"{ProductName(rows)}<W, V, E>(ref xo, ref bo, ref so, ref vo, ref co, p, {first}, {count});", 3)}}
                    }
                    for (; o < p.Groups; o++)
                        {{ProductName(1)}}<W1, V1, E1>(ref Unsafe.Add(ref xn, o), ref Unsafe.Add(ref b, o), ref Unsafe.Add(ref start, o), ref Unsafe.Add(ref vn, o), ref Unsafe.Add(ref cn, o), p, 0, positions);
                }
            }
            """) { Units = [PatchUnits.Walk, .. Tiles.Select(ProductName)] },
        new(PatchUnits.ChannelGradients, $$"""
            // g[k, o] = scale·Σ x[p, k, o]·c[p, o] over all positions p and all samples, added to what is there if add is true.
            {{Unit.Optimized}} internal static void {{PatchUnits.ChannelGradients}}<W, V, W1, V1>(ref float x, ref float c, ref float g, Patch p, int rows, float scale, bool add) {{Unit.Where}} where W1 : struct, IWidth<V1> where V1 : struct
            {
                int positions = p.TapRows * p.TapColumns;
                ref float xp = ref Unsafe.Add(ref x, p.X), cp = ref Unsafe.Add(ref c, p.C);
                int o = 0;
                for (; o <= p.Groups - W.Count; o += W.Count)
                {
                    ref float xo = ref Unsafe.Add(ref xp, o), co = ref Unsafe.Add(ref cp, o), go = ref Unsafe.Add(ref g, o);
            {{Cuts((rows, first, count) => $"{GradientName(rows)}<W, V>(ref xo, ref co, ref go, p, {first}, {count}, rows, scale, add);", 2)}}
                }
                for (; o < p.Groups; o++)
                    {{GradientName(1)}}<W1, V1>(ref Unsafe.Add(ref xp, o), ref Unsafe.Add(ref cp, o), ref Unsafe.Add(ref g, o), p, 0, positions, rows, scale, add);
            }
            """) { Units = [PatchUnits.Walk, .. Tiles.Select(GradientName)] },
    ];

    private static string ProductName(int rows) => $"Channels{rows}";

    private static string GradientName(int rows) => $"ChannelGradient{rows}";

    private static string Cuts(System.Func<int, string, string, string> call, int depth) => PatchUnits.Cuts(Tiles, call, depth);

    private static string Product(int rows) => $$"""
        // {{PatchUnits.Count(rows, "position")}} of one vector of channels, `count` times from position `first` on.
        {{Unit.Optimized}} internal static void {{ProductName(rows)}}<W, V, E>(ref float x, ref float b, ref float start, ref float saved, ref float c, in Patch p, int first, int count) {{Unit.Where}} where E : struct, IEnds<V>
        {
            int columns = p.Columns, column = first % columns;
            nint xColumn = p.XColumn, xJump = p.XRow - (nint)columns * xColumn, cColumn = p.CColumn, cJump = p.CRow - (nint)columns * cColumn;
            nint xAt = first / columns * (nint)p.XRow + column * xColumn, yAt = first / columns * (nint)p.CRow + column * cColumn;
            for (; count > 0; count--)
            {
        {{PatchUnits.Positions(rows, 2)}}
                V c0 = E.Start(ref start){{string.Concat(Enumerable.Range(1, rows - 1).Select(row => $", c{row} = c0"))}};
                nint xi = x0, bi = p.B;
                for (int i = p.TapRows; i > 0; i--)
                {
                    nint xj = xi, bj = bi;
                    for (int j = p.TapColumns; j > 0; j--)
                    {
                        ref float xk = ref Unsafe.Add(ref x, xj);
                        V w = W.Load(ref Unsafe.Add(ref b, bj));
        {{TileUnits.Indent(Unit.Repeat(rows, row => $"c{row} = W.MultiplyAdd(w, W.Load(ref {(row == 0 ? "xk" : $"Unsafe.Add(ref xk, r{row})")}), c{row});"), 4)}}
                        xj += p.XTapColumn; bj += p.BTapColumn;
                    }
                    xi += p.XTapRow; bi += p.BTapRow;
                }
        {{TileUnits.Indent(Unit.Repeat(rows, row => $"W.Store(E.End(c{row}, ref Unsafe.Add(ref saved, y{row})), ref Unsafe.Add(ref c, y{row}));"), 2)}}
            }
        }
        """;

    private static string Gradient(int rows, bool isOrdered)
    {
        string at(int row) => row == 0 ? "go" : $"Unsafe.Add(ref go, {row} * step)";
        string start = isOrdered ? Unit.Repeat(rows, row => $"c{row} = add ? W.Load(ref {at(row)}) : W.Zero", ", ") : Unit.Repeat(rows, row => $"c{row} = W.Zero", ", ");
        string end = isOrdered ? Unit.Repeat(rows, row => $"W.Store(c{row}, ref {at(row)});")
            : Unit.Repeat(rows, row => $"W.Store(add ? W.MultiplyAdd(s, c{row}, W.Load(ref {at(row)})) : W.Multiply(s, c{row}), ref {at(row)});");
        string scale = isOrdered ? "" : " V s = W.Create(scale);";
        string formula = isOrdered ? "or added position by position to what is there; scale is 1" : "added to what is there if add is true";
        return $$"""
            // {{PatchUnits.Count(rows, "row")}} of g of one vector of channels, `count` times from row `first` on: sums over positions and samples, {{formula}}.
            {{Unit.Optimized}} internal static void {{GradientName(rows)}}<W, V>(ref float x, ref float c, ref float g, in Patch p, int first, int count, int samples, float scale, bool add) {{Unit.Where}}
            {
                nint step = p.Panel, xColumn = p.XColumn, cColumn = p.CColumn;{{scale}}
                {{PatchUnits.FirstTap}}
                for (int i = first; count > 0; count--, i += {{rows}})
                {
                    nint x0 = tap; {{PatchUnits.NextTap}}{{string.Concat(Enumerable.Range(1, rows - 1).Select(row => $"\n        nint r{row} = tap - x0; {PatchUnits.NextTap}"))}}
                    ref float go = ref Unsafe.Add(ref g, i * step);
                    V {{start}};
                    for (int n = 0; n < samples; n++)
                    {
                        nint xr = (nint)n * p.XStride + x0, cr = (nint)n * p.CStride;
                        for (int r = p.Rows; r > 0; r--)
                        {
                            ref float xk = ref Unsafe.Add(ref x, xr), ck = ref Unsafe.Add(ref c, cr);
                            for (int q = p.Columns; q > 0; q--)
                            {
                                V d = W.Load(ref ck);
            {{TileUnits.Indent(Unit.Repeat(rows, row => $"c{row} = W.MultiplyAdd(d, W.Load(ref {(row == 0 ? "xk" : $"Unsafe.Add(ref xk, r{row})")}), c{row});"), 5)}}
                                xk = ref Unsafe.Add(ref xk, xColumn); ck = ref Unsafe.Add(ref ck, cColumn);
                            }
                            xr += p.XRow; cr += p.CRow;
                        }
                    }
            {{TileUnits.Indent(end, 2)}}
                }
            }
            """;
    }
}
