using System;
using System.Collections.Generic;
using System.Linq;

namespace GeneratedNetworks.Generator.Emit.Library;

/// <summary>
/// The register tiles of all matrix products: some rows by one or two vectors of sums, so many that no multiply-add waits for the one before, so few that
/// they stay in registers: 6·2 sums, 2 vectors of b and a broadcast are 15 of 16.
/// </summary>
internal static class TileUnits
{
    /// <summary>What ends a product whose rows have no padding.</summary>
    public const string Part = "Part";

    /// <summary>No text, but what the text of single rows depends on: some product sums up so many terms that one row takes several at once.</summary>
    public const string Deep = "Deep";

    /// <summary>One row by eight vectors, for weights that the nearest cache does not hold.</summary>
    public const string Far = "Rows1By8";

    /// <summary>The same for vectors of 128 bits, wherever the weights are: on WebAssembly a broadcast costs as much as a product.</summary>
    public const string Narrow = "Narrow1By8";

    /// <summary>Sums under way at once when a single row is computed.</summary>
    public const int Accumulators = 8;

    /// <summary>Elements that are spread over vectors together.</summary>
    private const int Spread = 4;

    /// <summary>c = end(start + a·b); the names are "Rows6By2" and its like.</summary>
    public static IEnumerable<Unit> Products =>
        from shape in new[] { (6, 2), (4, 2), (1, 2), (8, 1), (1, 1) }
        select new Unit(ProductName(shape.Item1, shape.Item2), Product(shape.Item1, shape.Item2, splits: true))
        {
            Shallow = Product(shape.Item1, shape.Item2, splits: false),
            Units = [shape.Item2 == 2 ? "StoreTwo" : "StoreOne", "Column"],
        };

    /// <summary>g = scale·(aᵀ·b) for rows of g, which are neighboring elements of a; "Gradient6By2" and its like.</summary>
    public static IEnumerable<Unit> Gradients =>
        from vectors in new[] { 1, 2 }
        from rows in Enumerable.Range(1, vectors == 2 ? 6 : 8)
        select new Unit(GradientName(rows, vectors), Gradient(rows, vectors))
        {
            Ordered = OrderedGradient(rows, vectors),
            Units = ["Column"],
        };

    public static string ProductName(int rows, int vectors) => $"Rows{rows}By{vectors}";

    public static string GradientName(int rows, int vectors) => $"Gradient{rows}By{vectors}";

    public static IEnumerable<Unit> Stores =>
    [
        new(Deep, string.Empty),
        EightVectors(Far, inBytes: false),
        EightVectors(Narrow, inBytes: true),
        new("Column", $$"""
            // Where column o lies among panels `panelLength` apart. The first is asked for most, and a division takes as long as a small product.
            {{Unit.Inlined}} internal static int Column(int o, int panel, int panelLength) => o == 0 ? 0 : o / panel * panelLength + o % panel;
            """),
        new("StoreOne", $$"""
            // The last vector of a row may reach beyond it: only `stored` elements exist.
            {{Unit.Inlined}} internal static void StoreOne<W, V, E>(V sum, ref float saved, ref float c, int stored) {{Unit.Where}} where E : struct, IEnds<V>
            {
                V value = E.End(sum, ref saved);
                if (!E.IsPart || stored >= W.Count)
                    W.Store(value, ref c);
                else
                    W.StoreFirst(value, ref c, stored);
            }
            """)
        {
            Padded = $$"""
            // The last vector of a row reaches into its padding.
            {{Unit.Inlined}} internal static void StoreOne<W, V, E>(V sum, ref float saved, ref float c, int stored) {{Unit.Where}} where E : struct, IEnds<V> => W.Store(E.End(sum, ref saved), ref c);
            """,
        },
        new("StoreTwo", $$"""
            // Two vectors, of which the second may reach beyond the row.
            {{Unit.Inlined}} internal static void StoreTwo<W, V, E>(V sum0, V sum1, ref float saved, ref float c, int stored) {{Unit.Where}} where E : struct, IEnds<V>
            {
                W.Store(E.End(sum0, ref saved), ref c);
                V value = E.End(sum1, ref Unsafe.Add(ref saved, W.Count));
                if (!E.IsPart || stored >= 2 * W.Count)
                    W.Store(value, ref Unsafe.Add(ref c, W.Count));
                else
                    W.StoreFirst(value, ref Unsafe.Add(ref c, W.Count), stored - W.Count);
            }
            """)
        {
            Padded = $$"""
            // Two vectors, of which the second reaches into the row's padding.
            {{Unit.Inlined}} internal static void StoreTwo<W, V, E>(V sum0, V sum1, ref float saved, ref float c, int stored) {{Unit.Where}} where E : struct, IEnds<V>
            {
                W.Store(E.End(sum0, ref saved), ref c);
                W.Store(E.End(sum1, ref Unsafe.Add(ref saved, W.Count)), ref Unsafe.Add(ref c, W.Count));
            }
            """,
        },
        new(Part, """
            // The same ends where rows of c have no padding.
            internal readonly struct Part<V, E> : IEnds<V> where E : struct, IEnds<V>
            {
                public static bool IsPart { [MethodImpl(AggressiveInlining)] get => true; }
                [MethodImpl(AggressiveInlining)] public static V Start(ref float start) => E.Start(ref start);
                [MethodImpl(AggressiveInlining)] public static V End(V sum, ref float saved) => E.End(sum, ref saved);
            }
            """),
    ];

    /// <param name="name">Of the method.</param>
    /// <param name="inBytes">Whether offsets are: the interpreter of WebAssembly multiplies an offset in elements anew for each load.</param>
    private static Unit EightVectors(string name, bool inBytes)
    {
        string size = inBytes ? " * sizeof(float)" : "", add = inBytes ? "AddByteOffset" : "Add";
        string why = inBytes
            ? "One row by 8 vectors of 128 bits: an element of a is broadcast once for all of them. Offsets are in bytes, ready for WebAssembly's interpreter."
            : "One row by 8 vectors: a farther cache delivers lines of many panels side by side sooner than of two.";
        (string declared, string first, string next) = inBytes
            ? (", bn = ref Unsafe.AddByteOffset(ref bo, second)", "", " bn = ref Unsafe.AddByteOffset(ref bn, bStep);")
            : ("", "ref float bn = ref Unsafe.Add(ref bk, second);\n" + new string(' ', 16), "");
        return new(name, $$"""
            // {{why}}
            {{Unit.Optimized}} internal static void {{name}}<W, V, E>(ref float a, nint aStride, int depth, ref float b, int panel, ref float start, ref float saved, ref float c, nint cStride, int columns, int width, int count) {{Unit.Where}} where E : struct, IEnds<V>
            {
                nint bStep = panel{{size}}, second = {{(inBytes ? "(W.Count < panel ? W.Count : (nint)depth * panel) * sizeof(float)" : "W.Count < panel ? W.Count : (nint)depth * panel")}};
                nint {{Unit.Repeat((Accumulators / 2) - 1, pair => $"pair{pair + 1} = Column({2 * (pair + 1)} * W.Count, panel, depth * panel){size}", ", ")}};
                for (int o = 0; o < columns; o += 8 * W.Count)
                {
                    ref float bo = ref Unsafe.Add(ref b, Column(o, panel, depth * panel)), so = ref Unsafe.Add(ref start, o), ar = ref a, co = ref Unsafe.Add(ref c, o), vo = ref Unsafe.Add(ref saved, o);
                    for (int n = count; n > 0; n--)
                    {
                        ref float ak = ref ar, bk = ref bo{{declared}};
                        V {{Unit.Repeat(Accumulators, v => $"c{v} = E.Start(ref Unsafe.Add(ref so, {v} * W.Count))", ", ")}};
                        for (int k = depth; k > 0; k--)
                        {
                            V x = W.Create(ak);
                            {{first}}{{Unit.Repeat(Accumulators, v => $"c{v} = W.MultiplyAdd(x, W.Load(ref {Column(v)}), c{v});", " ")}}
                            ak = ref Unsafe.Add(ref ak, 1); bk = ref Unsafe.{{add}}(ref bk, bStep);{{next}}
                        }
                        {{Unit.Repeat(Accumulators / 2, pair => $"StoreTwo<W, V, E>(c{2 * pair}, c{(2 * pair) + 1}, ref Unsafe.Add(ref vo, {2 * pair} * W.Count), ref Unsafe.Add(ref co, {2 * pair} * W.Count), width - o - {2 * pair} * W.Count);", "\n" + new string(' ', 12))}}
                        ar = ref Unsafe.Add(ref ar, aStride); co = ref Unsafe.Add(ref co, cStride); vo = ref Unsafe.Add(ref vo, cStride);
                    }
                }
            }
            """) { Units = ["StoreTwo", "Column"] };

        // Two pointers and the distances of pairs stay in registers, eight distances would not.
        string Column(int v) => (v % 2 == 0 ? "bk" : "bn") is var start && v < 2 ? start : $"Unsafe.{add}(ref {start}, pair{v / 2})";
    }

    /// <param name="splits">Whether a single row has several sums, which it needs where terms are many.</param>
    private static string Product(int rows, int vectors, bool splits)
    {
        string width = vectors == 2 ? "2 * W.Count" : "W.Count";
        string next = vectors == 2 ? ", next = W.Count < panel ? W.Count : (nint)depth * panel" : "";
        string offsets = rows == 1 ? "" : ", " + Unit.Repeat(rows - 1, row => $"row{row + 1} = {Times(row + 1, "aStride")}", ", ");
        string start = vectors == 2 ? "V c00 = E.Start(ref so), c01 = E.Start(ref Unsafe.Add(ref so, W.Count));" : "V c00 = E.Start(ref so);";
        string body = rows == 1 && splits
            ? Splitting(vectors, "depth", "ak", isContiguous: true)
            : (rows == 1 ? string.Empty : Copies(rows, vectors) + "\n") + Loop(rows, vectors, "depth", row => row == 0 ? "ak" : $"Unsafe.Add(ref ak, row{row})", "ak = ref Unsafe.Add(ref ak, 1);");
        string advance(string pointer, string stride) => $"{pointer} = ref Unsafe.Add(ref {pointer}, {(rows == 1 ? "" : rows + " * ")}{stride});";
        return $$"""
            // {{Count(rows, "row")}} by {{Count(vectors, "vector")}}, `count` times, for columns from `first` on: c[r] = end(start + Σ a[r, k]·b[k]).
            {{Unit.Optimized}} internal static void {{ProductName(rows, vectors)}}<W, V, E>(ref float a, nint aStride, int depth, ref float b, int panel, ref float start, ref float saved, ref float c, nint cStride, int first, int columns, int width, int count) {{Unit.Where}} where E : struct, IEnds<V>
            {
                nint bStep = panel{{next}}{{offsets}};
                for (int o = first; o < columns; o += {{width}})
                {
                    ref float bo = ref Unsafe.Add(ref b, Column(o, panel, depth * panel)), so = ref Unsafe.Add(ref start, o);
                    ref float ar = ref a, co = ref Unsafe.Add(ref c, o), vo = ref Unsafe.Add(ref saved, o);
                    for (int n = count; n > 0; n--)
                    {
                        ref float ak = ref ar, bk = ref bo;
                        {{start}}
            {{Indent(body, 3)}}
            {{Indent(Unit.Repeat(rows, row => Store(row, vectors)), 3)}}
                        {{advance("ar", "aStride")}} {{advance("co", "cStride")}} {{advance("vo", "cStride")}}
                    }
                }
            }
            """;
    }

    private static string Gradient(int rows, int vectors)
    {
        string body = rows == 1
            ? Zeros(rows, vectors) + "\n" + Splitting(vectors, "count", "ak", isContiguous: false)
            : Zeros(rows, vectors) + "\n" + GradientLoop(rows, vectors);
        return GradientText(rows, vectors, "g[r] = scale·Σ a[k, r]·b[k] over `count` samples, added to what is there if add is true", "V s = W.Create(scale);", $"""
            {body}
            ref float go = ref {Place};
            if (add)
            {Block(Results(rows, vectors, (sum, at) => $"W.Store(W.MultiplyAdd(s, {sum}, W.Load(ref {at})), ref {at});"), rows * vectors)}
            else
            {Block(Results(rows, vectors, (sum, at) => $"W.Store(W.Multiply(s, {sum}), ref {at});"), rows * vectors)}
            """);
    }

    /// <summary>Where the order of sums is fixed: sample by sample onto what is there, so that it does not matter where one chunk ends and the next begins.</summary>
    private static string OrderedGradient(int rows, int vectors) => GradientText(rows, vectors, "g[r] = Σ a[k, r]·b[k] over `count` samples, or added sample by sample to what is there if add is true; scale is 1", "", $"""
        ref float go = ref {Place};
        {Zeros(rows, vectors)}
        if (add)
        {Block(Results(rows, vectors, (sum, at) => $"{sum} = W.Load(ref {at});"), rows * vectors)}
        {GradientLoop(rows, vectors)}
        {Results(rows, vectors, (sum, at) => $"W.Store({sum}, ref {at});")}
        """);

    private const string Place = "Unsafe.Add(ref g, i * gStep + Column(o, panel, panelLength))";

    private static string Zeros(int rows, int vectors) => "V " + Unit.Repeat(rows, row => Unit.Repeat(vectors, v => $"c{row}{v} = W.Zero", ", "), ", ") + ";";

    private static string GradientLoop(int rows, int vectors) => Loop(rows, vectors, "count", row => row == 0 ? "ak" : $"Unsafe.Add(ref ak, {row})", "ak = ref Unsafe.Add(ref ak, aStride);");

    private static string GradientText(int rows, int vectors, string formula, string start, string body)
    {
        string width = vectors == 2 ? "2 * W.Count" : "W.Count";
        string[] locals = [.. new[] { start, vectors == 2 ? "nint gNext = W.Count < panel ? W.Count : panelLength;" : "" }.Where(line => line.Length > 0)];
        string declared = string.Concat(locals.Select(line => "    " + line + "\n"));
        return $$"""
            // {{Count(rows, "row")}} of g by {{Count(vectors, "vector")}}, from row `from` to `to`: {{formula}}.
            {{Unit.Optimized}} internal static void {{GradientName(rows, vectors)}}<W, V>(ref float a, nint aStride, int from, int to, ref float b, nint bStep, int first, int columns, ref float g, int gStep, int panel, int panelLength, int count, float scale, bool add) {{Unit.Where}}
            {
            {{declared}}    for (int i = from; i < to; i += {{rows}})
                {
                    for (int o = first; o < columns; o += {{width}})
                    {
                        ref float ak = ref Unsafe.Add(ref a, i), bk = ref Unsafe.Add(ref b, o);
            {{Indent(body, 3)}}
                    }
                }
            }
            """;
    }

    private static string Results(int rows, int vectors, Func<string, string, string> store) => Unit.Repeat(rows, row =>
        Unit.Repeat(vectors, v => store($"c{row}{v}", At("go", row, "gStep", v == 0 ? null : "gNext")), " "));

    private static string Block(string statements, int count) => count == 1 ? Indent(statements, 1) : "{\n" + Indent(statements, 1) + "\n}";

    private static string At(string pointer, int row, string step, string? next)
    {
        string offset = string.Join(" + ", new[] { row == 0 ? null : Times(row, step), next }.Where(part => part is not null));
        return offset.Length == 0 ? pointer : $"Unsafe.Add(ref {pointer}, {offset})";
    }

    private static string Copies(int rows, int vectors) =>
        "V " + Unit.Repeat(rows - 1, row => Unit.Repeat(vectors, v => $"c{row + 1}{v} = c0{v}", ", "), ", ") + ";";

    private static string Loop(int rows, int vectors, string depth, Func<int, string> a, string advance) => $$"""
        for (int k = {{depth}}; k > 0; k--)
        {
            {{(vectors == 2 ? $"V b0 = W.Load(ref bk), b1 = W.Load(ref Unsafe.Add(ref bk, {Next(depth)}));" : "V b0 = W.Load(ref bk);")}}
        {{Indent(Unit.Repeat(rows, row => $"V a{row} = W.Create({a(row)}); " + Unit.Repeat(vectors, v => $"c{row}{v} = W.MultiplyAdd(a{row}, b{v}, c{row}{v});", " ")), 1)}}
            {{advance}} bk = ref Unsafe.Add(ref bk, bStep);
        }
        """;

    /// <summary>From one vector of b to its neighbor: in a product it may lie in another panel, in a gradient b is a plain row.</summary>
    private static string Next(string depth) => depth == "depth" ? "next" : "W.Count";

    /// <summary>One row: several k at once, each with sums of its own, which are added pairwise at the end.</summary>
    private static string Splitting(int vectors, string depth, string a, bool isContiguous)
    {
        int splits = Accumulators / vectors;

        // A long row is read in few turns: what a turn costs beside its products would show beside weights from a farther cache.
        int turn = isContiguous && vectors == 2 ? 2 * splits : splits;
        string next = Next(depth);
        string sum(int split, int v) => split == 0 ? $"c0{v}" : $"p{split}{v}";
        string tree(int first, int count, int v) =>
            count == 1 ? sum(first, v) : $"W.Add({tree(first, count / 2, v)}, {tree(first + (count / 2), count / 2, v)})";
        string b(int split, int v) => (split, v) switch
        {
            (0, 0) => "bk",
            (0, _) => $"Unsafe.Add(ref bk, {next})",
            (_, 0) => $"Unsafe.Add(ref bk, {Times(split, "bStep")})",
            _ => $"Unsafe.Add(ref bk, {Times(split, "bStep")} + {next})",
        };
        string products(int split) => Unit.Repeat(vectors, v => $"{sum(split % splits, v)} = W.MultiplyAdd(a{split}, W.Load(ref {b(split, v)}), {sum(split % splits, v)});", " ");
        string element(int split) => split == 0 ? a : isContiguous ? $"Unsafe.Add(ref {a}, {split})" : $"Unsafe.Add(ref {a}, {Times(split, "aStride")})";
        string inputs = isContiguous
            ? Unit.Repeat(turn / Spread, group => $"W.Spread(ref {element(group * Spread)}, {Unit.Repeat(Spread, k => $"out V a{(group * Spread) + k}", ", ")});")
            : Unit.Repeat(splits, split => $"V a{split} = W.Create({element(split)});", " ");
        string step = isContiguous ? "1" : "aStride";
        return $$"""
            V {{Unit.Repeat(splits - 1, split => Unit.Repeat(vectors, v => $"{sum(split + 1, v)} = W.Zero", ", "), ", ")}};
            int k = {{depth}};
            for (; k >= {{turn}}; k -= {{turn}})
            {
            {{Indent(inputs, 1)}}
            {{Indent(Unit.Repeat(turn, products), 1)}}
                {{a}} = ref Unsafe.Add(ref {{a}}, {{(isContiguous ? turn.ToString(System.Globalization.CultureInfo.InvariantCulture) : $"{splits} * aStride")}}); bk = ref Unsafe.Add(ref bk, {{turn}} * bStep);
            }
            for (; k > 0; k--)
            {
                V a0 = W.Create({{a}}); {{products(0)}}
                {{a}} = ref Unsafe.Add(ref {{a}}, {{step}}); bk = ref Unsafe.Add(ref bk, bStep);
            }
            {{Unit.Repeat(vectors, v => $"c0{v} = {tree(0, splits, v)};")}}
            """;
    }

    private static string Store(int row, int vectors)
    {
        string saved = row == 0 ? "vo" : $"Unsafe.Add(ref vo, {Times(row, "cStride")})";
        string c = row == 0 ? "co" : $"Unsafe.Add(ref co, {Times(row, "cStride")})";
        return vectors == 2
            ? $"StoreTwo<W, V, E>(c{row}0, c{row}1, ref {saved}, ref {c}, width - o);"
            : $"StoreOne<W, V, E>(c{row}0, ref {saved}, ref {c}, width - o);";
    }

    public static string Times(int factor, string name) => factor == 1 ? name : $"{factor} * {name}";

    private static string Count(int count, string noun) => count == 1 ? $"One {noun}" : $"{count} {noun}s";

    internal static string Indent(string text, int levels) =>
        string.Join("\n", text.Replace("\r\n", "\n").Split('\n').Select(line => line.Length == 0 ? line : new string(' ', 4 * levels) + line));
}
