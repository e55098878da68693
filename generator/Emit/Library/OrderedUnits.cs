using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Planning;

namespace GeneratedNetworks.Generator.Emit.Library;

/// <summary>
/// Matrix products whose sums have an order of their own, the same at every width of vectors: the k-th product goes into sum k mod 2 or 4, and these are
/// added pairwise. What has one sum for each element goes through <see cref="ProductUnits"/>.
/// </summary>
internal static class OrderedUnits
{
    /// <summary>"Ordered2": the product with so many sums for each element.</summary>
    public static string Name(int sums) => $"Ordered{sums}";

    public static IEnumerable<Unit> All => [Product(2, manyRows: 3, singleRows: 4), Product(4, manyRows: 3, singleRows: 3), .. Tiles];

    // So many sums that they and what is multiplied fit 16 registers: 3·2·2 (of four sums two at a time), 4·1·2, 1·2·4, 3·1·4.
    private static IEnumerable<Unit> Tiles =>
        from shape in new[] { (2, 3, 2), (2, 1, 2), (2, 4, 1), (2, 1, 1), (4, 3, 2), (4, 1, 2), (4, 3, 1), (4, 1, 1) }
        select new Unit(TileName(shape.Item1, shape.Item2, shape.Item3), Tile(shape.Item1, shape.Item2, shape.Item3))
        {
            Units = [shape.Item3 == 2 ? "StoreTwo" : "StoreOne", "Column"],
        };

    private static string TileName(int sums, int rows, int vectors) => $"{Name(sums)}Rows{rows}By{vectors}";

    /// <param name="sums">For each element.</param>
    /// <param name="manyRows">Rows of the largest tile of two vectors.</param>
    /// <param name="singleRows">Rows of the largest tile of one.</param>
    private static Unit Product(int sums, int manyRows, int singleRows)
    {
        const string Arguments = "aStride, depth, ref b, panel, ref start, ref saved, ref c, cStride";
        string pairs = string.Join("\n", Calls(manyRows, 2, "0", "pairs"));
        string single = string.Join("\n", Calls(singleRows, 1, "pairs", "width"));
        return new Unit(Name(sums), $$"""
            // c = end(start + a·B), {{sums}} sums of each element: the k-th product goes into sum k mod {{sums}}. B lies in panels.
            {{Unit.Optimized}} internal static void {{Name(sums)}}<W, V, E>(ref float a, int aStride, int depth, ref float b, int panel, ref float start, ref float saved, ref float c, int cStride, int width, int rows) {{Unit.Where}} where E : struct, IEnds<V>
            {
                int vectors = (width + W.Count - 1) / W.Count, pairs = vectors / 2 * 2 * W.Count;
                if (pairs > 0)
                {
            {{pairs}}
                }
                if (vectors % 2 > 0)
                {
            {{single}}
                }
            }
            """)
        {
            Units = [.. new[] { (manyRows, 2), (1, 2), (singleRows, 1), (1, 1) }.Distinct().Select(tile => TileName(sums, tile.Item1, tile.Item2))],
        };

        IEnumerable<string> Calls(int rows, int vectors, string first, string columns)
        {
            if (rows > 1)
            {
                yield return $"        if (rows >= {rows})";
                yield return $"            {TileName(sums, rows, vectors)}<W, V, E>(ref a, {Arguments}, {first}, {columns}, width, rows / {rows});";
                yield return $"        int done{vectors} = rows / {rows} * {rows};";
                yield return $"        if (rows > done{vectors})";
                yield return $"            {TileName(sums, 1, vectors)}<W, V, E>(ref Unsafe.Add(ref a, done{vectors} * aStride), aStride, depth, ref b, panel, ref start, ref Unsafe.Add(ref saved, done{vectors} * cStride), ref Unsafe.Add(ref c, done{vectors} * cStride), cStride, {first}, {columns}, width, rows - done{vectors});";
            }
            else
            {
                yield return $"        {TileName(sums, 1, vectors)}<W, V, E>(ref a, {Arguments}, {first}, {columns}, width, rows);";
            }
        }
    }

    private static string Tile(int sums, int rows, int vectors)
    {
        string step = vectors == 2 ? "2 * W.Count" : "W.Count";
        string next = vectors == 2 ? ", next = W.Count < panel ? W.Count : (nint)depth * panel" : "";
        string offsets = rows == 1 ? "" : ", " + Unit.Repeat(rows - 1, row => $"row{row + 1} = {Times(row + 1, "aStride")}", ", ");
        int together = rows * vectors * sums > Machine.TileSums ? 2 : sums;
        string body = together == sums ? Pass(sums, sums) + "\n" + Ends() : string.Join("\n", [
            Pass(together, sums),
            "V " + Each((row, v) => $"t{row}{v} = W.Add({Sum(0, row, v)}, {Sum(1, row, v)})") + ";",
            $"ak = ref Unsafe.Add(ref ar, {together}); bk = ref Unsafe.Add(ref bo, {together} * bStep); k = depth - {together};",
            Each((row, v) => $"{Sum(0, row, v)} = W.Zero; {Sum(1, row, v)} = W.Zero;", " "),
            Turns(together, sums),
            Each((row, v) => $"{Sum(0, row, v)} = W.Add(t{row}{v}, W.Add({Sum(0, row, v)}, {Sum(1, row, v)}));", " ")]);
        string stores = Unit.Repeat(rows, row =>
        {
            string saved = At("vo", row, "cStride"), c = At("co", row, "cStride");
            return vectors == 2
                ? $"StoreTwo<W, V, E>({Sum(0, row, 0)}, {Sum(0, row, 1)}, ref {saved}, ref {c}, width - o);"
                : $"StoreOne<W, V, E>({Sum(0, row, 0)}, ref {saved}, ref {c}, width - o);";
        });
        string times = rows == 1 ? "" : rows + " * ";
        return $$"""
            // {{rows}} row{{(rows == 1 ? "" : "s")}} by {{vectors}} vector{{(vectors == 1 ? "" : "s")}}, {{sums}} sums each, `count` times, for columns from `first` on.
            {{Unit.Optimized}} internal static void {{TileName(sums, rows, vectors)}}<W, V, E>(ref float a, nint aStride, int depth, ref float b, int panel, ref float start, ref float saved, ref float c, nint cStride, int first, int columns, int width, int count) {{Unit.Where}} where E : struct, IEnds<V>
            {
                nint bStep = panel{{next}}{{offsets}};
                for (int o = first; o < columns; o += {{step}})
                {
                    ref float bo = ref Unsafe.Add(ref b, Column(o, panel, depth * panel)), so = ref Unsafe.Add(ref start, o);
                    ref float ar = ref a, co = ref Unsafe.Add(ref c, o), vo = ref Unsafe.Add(ref saved, o);
                    for (int n = count; n > 0; n--)
                    {
                        ref float ak = ref ar, bk = ref bo;
            {{Indent(body, 3)}}
            {{Indent(stores, 3)}}
                        ar = ref Unsafe.Add(ref ar, {{times}}aStride); co = ref Unsafe.Add(ref co, {{times}}cStride); vo = ref Unsafe.Add(ref vo, {{times}}cStride);
                    }
                }
            }
            """;

        // The sums from the first products on: some of all, which step over the others.
        string Pass(int count, int step) =>
            "V " + Unit.Repeat(vectors, v => $"{Sum(0, 0, v)} = E.Start(ref {(v == 0 ? "so" : "Unsafe.Add(ref so, W.Count)")})", ", ") + ";"
            + (rows == 1 ? "" : " V " + Unit.Repeat(rows - 1, row => Unit.Repeat(vectors, v => $"{Sum(0, row + 1, v)} = {Sum(0, 0, v)}", ", "), ", ") + ";")
            + " V " + Unit.Repeat(count - 1, part => Each((row, v) => $"{Sum(part + 1, row, v)} = W.Zero"), ", ") + ";\n"
            + "int k = depth;\n" + Turns(count, step);

        string Turns(int count, int step) => $$"""
            for (; k >= {{count}}; k -= {{step}})
            {
            {{Indent(Unit.Repeat(count, Step), 1)}}
                ak = ref Unsafe.Add(ref ak, {{step}}); bk = ref Unsafe.Add(ref bk, {{step}} * bStep);
            }
            {{Unit.Repeat(count - 1, part => $"if (k > {part})\n{{\n{Indent(Step(part), 1)}\n}}")}}
            """;

        string Ends() => Each((row, v) => $"{Sum(0, row, v)} = {Tree(0, sums, row, v)};", " ");

        string Step(int part)
        {
            string b(int v) => At("bk", part, "bStep", v == 0 ? null : "next");
            string loads = "V " + Unit.Repeat(vectors, v => $"b{part}_{v} = W.Load(ref {b(v)})", ", ") + ";";
            return loads + "\n" + Unit.Repeat(rows, row =>
            {
                string element = At("ak", 1, part == 0 && row == 0 ? null : row == 0 ? part.ToString(System.Globalization.CultureInfo.InvariantCulture) : part == 0 ? $"row{row}" : $"row{row} + {part}");
                return $"V a{part}_{row} = W.Create({element}); " + Unit.Repeat(vectors, v => $"{Sum(part, row, v)} = W.MultiplyAdd(a{part}_{row}, b{part}_{v}, {Sum(part, row, v)});", " ");
            });
        }

        string Each(System.Func<int, int, string> text, string separator = ", ") => Unit.Repeat(rows, row => Unit.Repeat(vectors, v => text(row, v), separator), separator);

        string Tree(int from, int count, int row, int v) =>
            count == 1 ? Sum(from, row, v) : $"W.Add({Tree(from, count / 2, row, v)}, {Tree(from + (count / 2), count / 2, row, v)})";
    }

    private static string Sum(int part, int row, int v) => $"{(part == 0 ? "c" : "p" + part + "_")}{row}{v}";

    /// <summary>An element some steps behind a pointer, and a further offset.</summary>
    private static string At(string pointer, int steps, string? step, string? more = null)
    {
        string?[] parts = [steps == 0 || step is null ? null : Times(steps, step), more];
        string offset = string.Join(" + ", parts.Where(part => part is not null));
        return offset.Length == 0 ? pointer : $"Unsafe.Add(ref {pointer}, {offset})";
    }

    private static string Times(int factor, string name) => factor == 1 ? name : $"{factor} * {name}";

    private static string Indent(string text, int levels) =>
        string.Join("\n", text.Replace("\r\n", "\n").Split('\n').Select(line => line.Length == 0 ? line : new string(' ', 4 * levels) + line));
}
