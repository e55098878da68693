using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Planning;

namespace GeneratedNetworks.Generator.Emit.Library;

/// <summary>
/// Products of a window with what it sees: register tiles of some positions by one or two vectors of outputs. A position reads runs of neighboring elements, so
/// that nothing is copied together first; positions are counted through all rows, so that tiles are full whatever a row's length.
/// </summary>
internal static class PatchUnits
{
    public const string Walk = "Patch", Products = "Patches", Gradients = "PatchGradients", Bias = "PatchBias", Transpose = "TransposeTaps", Frame = "FrameRows", Border = "BorderRows", GradientPart = "PatchGradientPart",
        Channels = "ChannelPatches", ChannelGradients = "ChannelPatchGradients";

    /// <summary>Positions of a tile by vectors, the largest first: what is left of whole tiles is cut into two of nearly equal size, so that none waits for its own sums.</summary>
    public static readonly (int Rows, int Vectors)[] Tiles = [(6, 2), (5, 2), (4, 2), (3, 2), (2, 2), (1, 2), (8, 1), (6, 1), (5, 1), (4, 1), (3, 1), (2, 1), (1, 1)];

    public static IEnumerable<Unit> All =>
    [
        .. Tiles.Select(tile => new Unit(ProductName(tile.Rows, tile.Vectors), Product(tile.Rows, tile.Vectors)) { Units = [Walk, tile.Vectors == 2 ? "StoreTwo" : "StoreOne"] }),
        .. Tiles.Select(tile => new Unit(GradientName(tile.Rows, tile.Vectors), Gradient(tile.Rows, tile.Vectors, isOrdered: false))
        {
            Ordered = Gradient(tile.Rows, tile.Vectors, isOrdered: true),
            Units = [Walk],
        }),
        new(Walk, """
            // A window's way over one sample, in elements: where each position reads in x and writes in c, which runs of neighboring elements it sees there, and where
            // their weights are, which lie in panels. For a gradient of weights c is what is multiplied with what is seen.
            internal struct Patch
            {
                internal int Rows, Columns, X, XRow, XColumn, C, CRow, CColumn, TapRows, TapColumns, Run, XTapRow, XTapColumn, B, BTapRow, BTapColumn;
                internal int Panel, PanelLength, Width, Groups, XGroup, CGroup, BGroup, XStride, CStride;
            }
            """),
        new(Products, $$"""
            // c[p, o] = end(start[o] + Σ x[p, k]·b[k, o]) for all positions p of a window, what it sees there, and the outputs o of each group.
            {{Unit.Optimized}} internal static void {{Products}}<W, V, E>(ref float x, ref float b, ref float start, ref float saved, ref float c, Patch p, int rows) {{Unit.Where}} where E : struct, IEnds<V>
            {
                int positions = p.Rows * p.Columns;
                for (int n = 0; n < rows; n++)
                {
                    for (int g = 0; g < p.Groups; g++)
                    {
                        ref float xg = ref Unsafe.Add(ref x, (nint)n * p.XStride + p.X + g * p.XGroup);
                        nint at = (nint)n * p.CStride + p.C + g * p.CGroup;
                        int o = 0;
                        for (; o + W.Count < p.Width; o += 2 * W.Count)
                        {
                            ref float bo = ref Unsafe.Add(ref b, g * p.BGroup + Column(o, p.Panel, p.PanelLength)), so = ref Unsafe.Add(ref start, g * p.CGroup + o);
                            ref float vo = ref Unsafe.Add(ref saved, at + o), co = ref Unsafe.Add(ref c, at + o);
            {{Balanced(2, (tile, first, count) => $"{ProductName(tile.Rows, 2)}<W, V, E>(ref xg, ref bo, ref so, ref vo, ref co, p, {first}, {count}, p.Width - o);", 4)}}
                        }
                        for (; o < p.Width; o += W.Count)
                        {
                            ref float bo = ref Unsafe.Add(ref b, g * p.BGroup + Column(o, p.Panel, p.PanelLength)), so = ref Unsafe.Add(ref start, g * p.CGroup + o);
                            ref float vo = ref Unsafe.Add(ref saved, at + o), co = ref Unsafe.Add(ref c, at + o);
            {{Balanced(1, (tile, first, count) => $"{ProductName(tile.Rows, 1)}<W, V, E>(ref xg, ref bo, ref so, ref vo, ref co, p, {first}, {count}, p.Width - o);", 4)}}
                        }
                    }
                }
            }
            """) { Units = [Walk, "Column", .. Tiles.Select(tile => ProductName(tile.Rows, tile.Vectors))] },
        new(Gradients, $$"""
            // g[k, o] = scale·Σ x[p, k]·c[p, o] over all positions p of a window and all samples, added to what is there if add is true. All tiles go through what the nearest
            // cache holds before they go on: some samples, or rows of one, or columns of a row.
            {{Unit.Optimized}} internal static void {{Gradients}}<W, V>(ref float x, ref float c, ref float g, Patch p, int rows, float scale, bool add) {{Unit.Where}}
            {
                const int Held = {{Machine.FirstLevelBytes * 3 / 4 / sizeof(float)}};
                bool byRow = p.Rows > 1;
                int some = Held / (p.XStride + p.CStride) + 1, lines = byRow ? p.Rows : p.Columns, xLine = byRow ? p.XRow : p.XColumn, cLine = byRow ? p.CRow : p.CColumn;
                int parts = some > 1 ? 1 : (int)((long)lines * (xLine + cLine) / Held) + 1;
                for (int n = 0; n < rows; n += some)
                {
                    int samples = rows - n < some ? rows - n : some;
                    for (int part = 0; part < parts; part++)
                    {
                        int from = (int)((long)lines * part / parts), to = (int)((long)lines * (part + 1) / parts);
                        if (byRow) p.Rows = to - from; else p.Columns = to - from;
                        ref float xp = ref Unsafe.Add(ref x, (nint)n * p.XStride + p.X + (nint)from * xLine), cp = ref Unsafe.Add(ref c, (nint)n * p.CStride + p.C + (nint)from * cLine);
                        {{GradientPart}}<W, V>(ref xp, ref cp, ref g, p, samples, scale, add || n + part > 0);
                    }
                }
            }
            """) { Units = [Walk, GradientPart] },
        new(GradientPart, $$"""
            // The same of some samples, and of some of their positions.
            {{Unit.Optimized}} internal static void {{GradientPart}}<W, V>(ref float x, ref float c, ref float g, in Patch p, int samples, float scale, bool add) {{Unit.Where}}
            {
                int positions = p.TapRows * p.TapColumns * p.Run;
                for (int group = 0; group < p.Groups; group++)
                {
                    ref float xg = ref Unsafe.Add(ref x, group * p.XGroup), cg = ref Unsafe.Add(ref c, group * p.CGroup);
                    int o = 0;
                    for (; o + W.Count < p.Width; o += 2 * W.Count)
                    {
                        ref float co = ref Unsafe.Add(ref cg, o), go = ref Unsafe.Add(ref g, group * p.BGroup + Column(o, p.Panel, p.PanelLength));
            {{Balanced(2, (tile, first, count) => $"{GradientName(tile.Rows, 2)}<W, V>(ref xg, ref co, ref go, p, {first}, {count}, p.Width - o, samples, scale, add);", 3)}}
                    }
                    for (; o < p.Width; o += W.Count)
                    {
                        ref float co = ref Unsafe.Add(ref cg, o), go = ref Unsafe.Add(ref g, group * p.BGroup + Column(o, p.Panel, p.PanelLength));
            {{Balanced(1, (tile, first, count) => $"{GradientName(tile.Rows, 1)}<W, V>(ref xg, ref co, ref go, p, {first}, {count}, p.Width - o, samples, scale, add);", 3)}}
                    }
                }
            }
            """) { Units = [Walk, "Column", .. Tiles.Select(tile => GradientName(tile.Rows, tile.Vectors))] },
        new(Bias, BiasText(isOrdered: false)) { Ordered = BiasText(isOrdered: true) },
        new(Transpose, $$"""
            // Packs the weights of each tap the other way round: from panels of outputs, tap by tap and input by input, to panels of inputs, tap by tap and output by output.
            {{Unit.Optimized}} internal static void {{Transpose}}(ref float w, int taps, int inputs, int outputs, int groups, int panel, ref float wt, int toPanel)
            {
                int length = taps * inputs * panel, toLength = taps * outputs * toPanel, step = (inputs + toPanel - 1) / toPanel * toLength;
                for (int g = 0; g < groups; g++)
                {
                    for (int o = 0; o < outputs; o++)
                    {
                        ref float from = ref Unsafe.Add(ref w, (g * outputs + o) / panel * length + (g * outputs + o) % panel);
                        for (int t = 0; t < taps; t++)
                        {
                            ref float to = ref Unsafe.Add(ref wt, g * step + (t * outputs + o) * toPanel);
                            for (int i = 0; i < inputs; i++)
                                Unsafe.Add(ref to, i / toPanel * toLength + i % toPanel) = Unsafe.Add(ref from, (t * inputs + i) * panel);
                        }
                    }
                }
            }
            """),
        new(Frame, $$"""
            // Rows of one width into rows of another, `top` and `left` from their start; zeros around them, and behind each sample. Negative: what lies outside is left out.
            {{Unit.Optimized}} internal static void {{Frame}}(ref float from, int fromStride, int fromRows, int fromWidth, ref float to, int toStride, int toRows, int toWidth, int top, int left, int rows)
            {
                int first = left > 0 ? left : 0, last = left + fromWidth < toWidth ? left + fromWidth : toWidth;
                for (int n = 0; n < rows; n++)
                {
                    var target = global::System.Runtime.InteropServices.MemoryMarshal.CreateSpan(ref Unsafe.Add(ref to, (nint)n * toStride), toStride);
                    for (int r = 0; r < toRows; r++)
                    {
                        int source = r - top;
                        var row = target.Slice(r * toWidth, toWidth);
                        if (source < 0 || source >= fromRows || last <= first)
                        {
                            row.Clear();
                            continue;
                        }
                        row.Slice(0, first).Clear();
                        global::System.Runtime.InteropServices.MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref from, (nint)n * fromStride + source * fromWidth + first - left), last - first).CopyTo(row.Slice(first));
                        row.Slice(last).Clear();
                    }
                    target.Slice(toRows * toWidth).Clear();
                }
            }
            """),
        new(Border, $$"""
            // Zeros around rows of one width among those of another, `top` and `left` from their start, and behind each sample.
            {{Unit.Optimized}} internal static void {{Border}}(ref float to, int toStride, int toWidth, int top, int left, int insideRows, int insideWidth, int rows)
            {
                int between = toWidth - insideWidth, first = top * toWidth + left;
                for (int n = 0; n < rows; n++)
                {
                    var target = global::System.Runtime.InteropServices.MemoryMarshal.CreateSpan(ref Unsafe.Add(ref to, (nint)n * toStride), toStride);
                    target.Slice(0, first).Clear();
                    int end = first + insideWidth;
                    for (int r = 1; r < insideRows; r++, end += toWidth)
                        target.Slice(end, between).Clear();
                    target.Slice(end).Clear();
                }
            }
            """),
    ];

    private static string ProductName(int rows, int vectors) => $"Patch{rows}By{vectors}";

    private static string GradientName(int rows, int vectors) => $"PatchGradient{rows}By{vectors}";

    /// <summary>Calls for all positions: whole tiles of the largest size, then one or two smaller ones.</summary>
    private static string Balanced(int vectors, System.Func<(int Rows, int Vectors), string, string, string> call, int depth)
    {
        int[] sizes = [.. Tiles.Where(tile => tile.Vectors == vectors).Select(tile => tile.Rows)];
        return Indent($$"""
            int whole = positions / {{sizes[0]}}, rest = positions % {{sizes[0]}};
            if (rest > 0 && rest < 4 && whole > 0)
            {
                whole--;
                rest += {{sizes[0]}};
            }
            if (whole > 0)
                {{call((sizes[0], vectors), "0", "whole")}}
            for (int size; rest > 0; rest -= size)
            {
                size = rest > {{sizes[1]}} ? (rest + 1) / 2 : rest;
                switch (size)
                {
            {{Indent(string.Join("\n", sizes.Skip(1).Select(size => $"case {size}: {call((size, vectors), "positions - rest", "1")} break;")), 2)}}
                }
            }
            """, depth);
    }

    /// <summary>Rows of the largest tile that so many positions are cut into.</summary>
    public static int LargestTile(int vectors, int positions)
    {
        int[] sizes = [.. Tiles.Where(tile => tile.Vectors == vectors).Select(tile => tile.Rows)];
        int whole = positions / sizes[0], rest = positions % sizes[0];
        if (rest is > 0 and < 4 && whole > 0)
        {
            whole--;
            rest += sizes[0];
        }

        return whole > 0 ? sizes[0] : rest > sizes[1] ? (rest + 1) / 2 : System.Math.Max(1, rest);
    }

    /// <summary>A call for each height of tile, of which the last is one: as many of the largest as there are, then the next.</summary>
    public static string Cuts(IReadOnlyList<int> tiles, System.Func<int, string, string, string> call, int depth)
    {
        List<string> lines = [];
        for (int i = 0; i < tiles.Count; i++)
        {
            string left = i == 0 ? "positions" : "rest", first = i == 0 ? "0" : "positions - rest", count = tiles[i] == 1 ? left : $"{left} / {tiles[i]}";
            lines.Add($"if ({left} >= {tiles[i]}) {call(tiles[i], first, count)}");
            if (tiles[i] > 1)
                lines.Add(i == 0 ? $"int rest = positions % {tiles[i]};" : $"rest %= {tiles[i]};");
        }

        return Indent(string.Join("\n", lines), depth);
    }

    private static string Product(int rows, int vectors)
    {
        string next = vectors == 2 ? ", next = W.Count < p.Panel ? W.Count : p.PanelLength" : "";
        string start = vectors == 2 ? "V c00 = E.Start(ref start), c01 = E.Start(ref Unsafe.Add(ref start, W.Count));" : "V c00 = E.Start(ref start);";
        string copies = rows == 1 ? "" : "\n        V " + Unit.Repeat(rows - 1, row => Unit.Repeat(vectors, v => $"c{row + 1}{v} = c0{v}", ", "), ", ") + ";";
        string stores = Unit.Repeat(rows, row => vectors == 2
            ? $"StoreTwo<W, V, E>(c{row}0, c{row}1, ref Unsafe.Add(ref saved, y{row}), ref Unsafe.Add(ref c, y{row}), stored);"
            : $"StoreOne<W, V, E>(c{row}0, ref Unsafe.Add(ref saved, y{row}), ref Unsafe.Add(ref c, y{row}), stored);", "\n        ");
        return $$"""
            // {{Count(rows, "position")}} by {{Count(vectors, "vector")}} of outputs, `count` times from position `first` on.
            {{Unit.Optimized}} internal static void {{ProductName(rows, vectors)}}<W, V, E>(ref float x, ref float b, ref float start, ref float saved, ref float c, in Patch p, int first, int count, int stored) {{Unit.Where}} where E : struct, IEnds<V>
            {
                nint bStep = p.Panel{{next}};
                int columns = p.Columns, column = first % columns;
                nint xColumn = p.XColumn, xJump = p.XRow - (nint)columns * xColumn, cColumn = p.CColumn, cJump = p.CRow - (nint)columns * cColumn;
                nint xAt = first / columns * (nint)p.XRow + column * xColumn, yAt = first / columns * (nint)p.CRow + column * cColumn;
                for (; count > 0; count--)
                {
            {{Positions(rows, 2)}}
                    {{start}}{{copies}}
                    nint xi = x0, bi = p.B;
                    for (int i = p.TapRows; i > 0; i--)
                    {
                        nint xj = xi, bj = bi;
                        for (int j = p.TapColumns; j > 0; j--)
                        {
                            ref float xk = ref Unsafe.Add(ref x, xj), bk = ref Unsafe.Add(ref b, bj);
                            for (int k = p.Run; k > 0; k--)
                            {
                                {{(vectors == 2 ? "V b0 = W.Load(ref bk), b1 = W.Load(ref Unsafe.Add(ref bk, next));" : "V b0 = W.Load(ref bk);")}}
            {{Indent(Unit.Repeat(rows, row => $"V a{row} = W.Create({(row == 0 ? "xk" : $"Unsafe.Add(ref xk, r{row})")}); " + Unit.Repeat(vectors, v => $"c{row}{v} = W.MultiplyAdd(a{row}, b{v}, c{row}{v});", " ")), 5)}}
                                xk = ref Unsafe.Add(ref xk, 1); bk = ref Unsafe.Add(ref bk, bStep);
                            }
                            xj += p.XTapColumn; bj += p.BTapColumn;
                        }
                        xi += p.XTapRow; bi += p.BTapRow;
                    }
                    {{stores}}
                }
            }
            """;
    }

    /// <summary>Where each position of a tile reads and writes: the next column, or the first of the next row. Most tiles lie within a row.</summary>
    public static string Positions(int rows, int depth)
    {
        const string Next = "xAt += xColumn; yAt += cColumn; if (++column == columns) { column = 0; xAt += xJump; yAt += cJump; }";
        if (rows == 1)
            return Indent($"nint x0 = xAt, y0 = yAt; {Next}", depth);
        int last = rows - 1;
        return Indent($$"""
            nint x0 = xAt, y0 = yAt, {{Unit.Repeat(last, row => $"r{row + 1}, y{row + 1}", ", ")}};
            if (column + {{rows}} <= columns)
            {
                {{Unit.Repeat(last, row => $"r{row + 1} = {TileUnits.Times(row + 1, "xColumn")}; y{row + 1} = y{row} + cColumn;", " ")}}
                xAt += {{rows}} * xColumn; yAt += {{rows}} * cColumn; column += {{rows}};
                if (column == columns) { column = 0; xAt += xJump; yAt += cJump; }
            }
            else
            {
                {{Next}}
            {{Indent(Unit.Repeat(last, row => $"r{row + 1} = xAt - x0; y{row + 1} = yAt; {Next}"), 1)}}
            }
            """, depth);
    }

    private static string Gradient(int rows, int vectors, bool isOrdered)
    {
        string next = vectors == 2 ? ", next = W.Count < p.Panel ? W.Count : p.PanelLength" : "";
        string zeros = "V " + Unit.Repeat(rows, row => Unit.Repeat(vectors, v => $"c{row}{v} = W.Zero", ", "), ", ") + ";";
        string at(int row, int v) => string.Join(" + ", new[] { row == 0 ? null : row == 1 ? "bStep" : $"{row} * bStep", v == 0 ? null : "next" }.Where(part => part is not null)) is { Length: > 0 } offset ? $"Unsafe.Add(ref go, {offset})" : "go";
        string each(System.Func<string, string, string> write) => Unit.Repeat(rows, row => Unit.Repeat(vectors, v => write($"c{row}{v}", at(row, v)), " "));
        string store(int row, int v, string value) => v == vectors - 1
            ? $"if (isWhole) W.Store({value}, ref {at(row, v)}); else W.StoreFirst({value}, ref {at(row, v)}, last);"
            : $"W.Store({value}, ref {at(row, v)});";
        string results(System.Func<string, string, string> value) => Unit.Repeat(rows, row => Unit.Repeat(vectors, v => store(row, v, value($"c{row}{v}", at(row, v))), " "));
        string begin = isOrdered ? $$"""
            if (add)
            {
            {{Indent(each((sum, place) => $"{sum} = W.Load(ref {place});"), 1)}}
            }
            """ : "";
        string end = isOrdered ? results((sum, _) => sum) : $$"""
            if (add)
            {
            {{Indent(results((sum, place) => $"W.MultiplyAdd(s, {sum}, W.Load(ref {place}))"), 1)}}
            }
            else
            {
            {{Indent(results((sum, _) => $"W.Multiply(s, {sum})"), 1)}}
            }
            """;
        string scale = isOrdered ? "" : "\n    V s = W.Create(scale);";
        string formula = isOrdered ? "or added position by position to what is there; scale is 1" : "added to what is there if add is true";
        string load = vectors == 2 ? "V b0 = W.Load(ref ck), b1 = W.Load(ref Unsafe.Add(ref ck, W.Count));" : "V b0 = W.Load(ref ck);";
        string positions(System.Func<int, string> place) => $$"""
            for (int n = 0; n < samples; n++)
            {
                nint xr = (nint)n * p.XStride + x0, cr = (nint)n * p.CStride;
                for (int r = p.Rows; r > 0; r--)
                {
                    ref float xk = ref Unsafe.Add(ref x, xr), ck = ref Unsafe.Add(ref c, cr);
                    for (int q = p.Columns; q > 0; q--)
                    {
                        {{load}}
            {{Indent(Unit.Repeat(rows, row => $"V a{row} = W.Create({(row == 0 ? "xk" : $"Unsafe.Add(ref xk, {place(row)})")}); " + Unit.Repeat(vectors, v => $"c{row}{v} = W.MultiplyAdd(a{row}, b{v}, c{row}{v});", " ")), 3)}}
                        xk = ref Unsafe.Add(ref xk, xColumn); ck = ref Unsafe.Add(ref ck, cColumn);
                    }
                    xr += p.XRow; cr += p.CRow;
                }
            }
            """;
        string body = rows == 1
            ? $"nint x0 = tap + run; {NextTap}\n{positions(row => "")}"
            : $$"""
            nint x0 = tap + run;
            if (run + {{rows}} <= p.Run)
            {
                run += {{rows - 1}};
                {{NextTap}}
            {{Indent(positions(row => row.ToString(System.Globalization.CultureInfo.InvariantCulture)), 1)}}
            }
            else
            {
                {{NextTap}}
            {{Indent(Unit.Repeat(rows - 1, row => $"nint r{row + 1} = tap + run - x0; {NextTap}"), 1)}}
            {{Indent(positions(row => $"r{row}"), 1)}}
            }
            """;
        return $$"""
            // {{Count(rows, "row")}} of g by {{Count(vectors, "vector")}}, `count` times from row `first` on: sums over positions and samples, {{formula}}.
            {{Unit.Optimized}} internal static void {{GradientName(rows, vectors)}}<W, V>(ref float x, ref float c, ref float g, in Patch p, int first, int count, int stored, int samples, float scale, bool add) {{Unit.Where}}
            {
                nint bStep = p.Panel{{next}};{{scale}}
                int last = stored - {{(vectors == 2 ? "W.Count" : "0")}};
                bool isWhole = last >= W.Count;
                nint xColumn = p.XColumn, cColumn = p.CColumn;
                {{FirstTap}}
                for (int i = first; count > 0; count--, i += {{rows}})
                {
                    ref float go = ref Unsafe.Add(ref g, i * bStep);
                    {{zeros}}
            {{Indent(begin, 2)}}
            {{Indent(body, 2)}}
            {{Indent(end, 2)}}
                }
            }
            """;
    }

    /// <summary>Where the first row of a tile reads: a run, and a place in it.</summary>
    public const string FirstTap = "int run = first % p.Run, tapColumn = first / p.Run % p.TapColumns; nint tap = first / p.Run / p.TapColumns * (nint)p.XTapRow + tapColumn * p.XTapColumn;";

    /// <summary>The next element of a run, the first of the next run, or of the next row of runs.</summary>
    public const string NextTap = "if (++run == p.Run) { run = 0; tap += p.XTapColumn; if (++tapColumn == p.TapColumns) { tapColumn = 0; tap += p.XTapRow - p.TapColumns * (nint)p.XTapColumn; } }";

    private static string BiasText(bool isOrdered)
    {
        string formula = isOrdered ? "or added position by position; scale is 1" : "added to what is there if add is true";
        string vector = isOrdered ? "add ? W.Load(ref Unsafe.Add(ref g, o)) : W.Zero" : "W.Zero", single = isOrdered ? "add ? Unsafe.Add(ref g, o) : 0" : "0";
        string storeVector = isOrdered ? "W.Store(sum, ref Unsafe.Add(ref g, o));"
            : "sum = W.Multiply(W.Create(scale), sum); W.Store(add ? W.Add(sum, W.Load(ref Unsafe.Add(ref g, o))) : sum, ref Unsafe.Add(ref g, o));";
        string storeSingle = isOrdered ? "Unsafe.Add(ref g, o) = sum;" : "Unsafe.Add(ref g, o) = add ? Unsafe.Add(ref g, o) + scale * sum : scale * sum;";
        string load(string place) => $"W.Load(ref Unsafe.Add(ref row, {place}))";

        // Four sums, so that no addition waits for the one before.
        string more = isOrdered ? "" : ", " + Unit.Repeat(3, sum => $"sum{sum + 1} = W.Zero", ", ");
        string fours = isOrdered ? "int at = 0;" : $$"""
            int at = 0;
            for (; at + 3 * channels < width; at += 4 * channels)
            {
                {{Unit.Repeat(4, sum => $"sum{(sum == 0 ? "" : sum)} = W.Add(sum{(sum == 0 ? "" : sum)}, {load(sum == 0 ? "at" : $"at + {TileUnits.Times(sum, "channels")}")});", "\n    ")}}
            }
            """;
        string total = isOrdered ? "" : "\n        sum = W.Add(W.Add(sum, sum1), W.Add(sum2, sum3));";
        return $$"""
            // The bias sees a 1 at every position: g[o] = scale·Σ c[p, o] over positions and samples, {{formula}}.
            {{Unit.Optimized}} internal static void {{Bias}}<W, V>(ref float c, int stride, int channels, int width, ref float g, int rows, float scale, bool add) {{Unit.Where}}
            {
                int o = 0;
                for (; o + W.Count <= channels; o += W.Count)
                {
                    V sum = {{vector}}{{more}};
                    for (int n = 0; n < rows; n++)
                    {
                        ref float row = ref Unsafe.Add(ref c, (nint)n * stride + o);
            {{Indent(fours, 3)}}
                        for (; at < width; at += channels)
                            sum = W.Add(sum, {{load("at")}});
                    }{{total}}
                    {{storeVector}}
                }
                for (; o < channels; o++)
                {
                    float sum = {{single}};
                    for (int n = 0; n < rows; n++)
                    {
                        ref float row = ref Unsafe.Add(ref c, (nint)n * stride + o);
                        for (int at = 0; at < width; at += channels)
                            sum += Unsafe.Add(ref row, at);
                    }
                    {{storeSingle}}
                }
            }
            """;
    }

    public static string Count(int number, string what) => $"{number} {what}{(number == 1 ? "" : "s")}";

    private static string Indent(string text, int depth) => TileUnits.Indent(text, depth);
}
