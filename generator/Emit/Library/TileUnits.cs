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
    /// <summary>Sums under way at once when a single row is computed.</summary>
    private const int Accumulators = 8;

    /// <summary>c = end(start + a·b) for rows of c; the names are "Rows6By2" and its like.</summary>
    public static IEnumerable<Unit> Products =>
        from shape in new[] { (6, 2), (4, 2), (1, 2), (8, 1), (4, 1), (1, 1) }
        select new Unit(ProductName(shape.Item1, shape.Item2), Product(shape.Item1, shape.Item2)) { Units = [] };

    /// <summary>g = scale·(aᵀ·b) for rows of g, which are neighbouring elements of a; "Gradient6By2" and its like.</summary>
    public static IEnumerable<Unit> Gradients =>
        from shape in new[] { (6, 2), (4, 2), (2, 2), (1, 2), (8, 1), (4, 1), (2, 1), (1, 1) }
        select new Unit(GradientName(shape.Item1, shape.Item2), Gradient(shape.Item1, shape.Item2));

    public static string ProductName(int rows, int vectors) => $"Rows{rows}By{vectors}";

    public static string GradientName(int rows, int vectors) => $"Gradient{rows}By{vectors}";

    private static string Product(int rows, int vectors)
    {
        string next = vectors == 2 ? "nint bNext, " : "";
        string start = vectors == 2 ? "V c00 = E.Start(ref start), c01 = E.Start(ref Unsafe.Add(ref start, W.Count));" : "V c00 = E.Start(ref start);";
        string advance(string pointer, string stride) => $"{pointer} = ref Unsafe.Add(ref {pointer}, {(rows == 1 ? "" : rows + " * ")}{stride});";
        return $$"""
            // {{Count(rows, "row")}} by {{Count(vectors, "vector")}}: c[r] = end(start + Σ a[r, k]·b[k]), `count` times; `stored` columns of c exist.
            {{Unit.Optimized}}
            internal static void {{ProductName(rows, vectors)}}<W, V, E>(ref float a, nint aStride, int depth, ref float b, nint bStep, {{next}}ref float start, ref float saved, ref float c, nint cStride, int stored, int count)
                {{Unit.Where}} where E : struct, IEnds<V>
            {{{(rows == 1 ? "" : "\n    nint " + Unit.Repeat(rows - 1, row => $"row{row + 1} = {Times(row + 1, "aStride")}", ", ") + ";")}}
                for (; count > 0; count--)
                {
                    ref float ak = ref a;
                    ref float bk = ref b;
                    {{start}}
            {{(rows == 1 ? Splitting(vectors, "depth", "ak = ref Unsafe.Add(ref ak, {0});", split => split == 0 ? "ak" : $"Unsafe.Add(ref ak, {split})") : Indent(Copies(rows, vectors) + "\n" + Loop(rows, vectors, "depth", row => row == 0 ? "ak" : $"Unsafe.Add(ref ak, row{row})", "ak = ref Unsafe.Add(ref ak, 1);"), 2))}}
            {{Indent(Unit.Repeat(rows, row => Store(row, vectors)), 2)}}
                    {{advance("a", "aStride")}}
                    {{advance("c", "cStride")}}
                    {{advance("saved", "cStride")}}
                }
            }
            """;
    }

    private static string Gradient(int rows, int vectors)
    {
        string next = vectors == 2 ? "nint bNext, " : "";
        string gNext = vectors == 2 ? "nint gNext, " : "";
        string zero = Unit.Repeat(rows, row => "V " + Unit.Repeat(vectors, v => $"c{row}{v} = W.Zero", ", ") + ";");
        string body = rows == 1
            ? "        " + zero + "\n" + Splitting(vectors, "count", "ak = ref Unsafe.Add(ref ak, {0} * aStride);", split => split == 0 ? "ak" : $"Unsafe.Add(ref ak, {Times(split, "aStride")})", indent: 1)
            : Indent(zero + "\n" + Loop(rows, vectors, "count", row => row == 0 ? "ak" : $"Unsafe.Add(ref ak, {row})", "ak = ref Unsafe.Add(ref ak, aStride);"), 1);
        return $$"""
            // {{Count(rows, "row")}} of g by {{Count(vectors, "vector")}}: g[r] = scale·Σ a[k, r]·b[k] over `count` samples, added to what is there if add is true.
            {{Unit.Optimized}}
            internal static void {{GradientName(rows, vectors)}}<W, V>(ref float ak, nint aStride, ref float bk, nint bStep, {{next}}ref float g, nint gStep, {{gNext}}int count, float scale, bool add)
                {{Unit.Where}}
            {
            {{body}}
                V s = W.Create(scale);
                if (add)
                {
            {{Indent(Results(rows, vectors, (sum, at) => $"W.Store(W.MultiplyAdd(s, {sum}, W.Load(ref {at})), ref {at});"), 2)}}
                }
                else
                {
            {{Indent(Results(rows, vectors, (sum, at) => $"W.Store(W.Multiply(s, {sum}), ref {at});"), 2)}}
                }
            }
            """;
    }

    private static string Results(int rows, int vectors, Func<string, string, string> store) => Unit.Repeat(rows, row =>
        Unit.Repeat(vectors, v => store($"c{row}{v}", At("g", row, "gStep", v == 0 ? null : "gNext")), " "));

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
            {{(vectors == 2 ? "V b0 = W.Load(ref bk), b1 = W.Load(ref Unsafe.Add(ref bk, bNext));" : "V b0 = W.Load(ref bk);")}}
        {{Indent(Unit.Repeat(rows, row => $"V a{row} = W.Create({a(row)}); " + Unit.Repeat(vectors, v => $"c{row}{v} = W.MultiplyAdd(a{row}, b{v}, c{row}{v});", " ")), 1)}}
            {{advance}}
            bk = ref Unsafe.Add(ref bk, bStep);
        }
        """;

    /// <summary>One row: several k at once, each with sums of its own, which are added pairwise at the end.</summary>
    private static string Splitting(int vectors, string depth, string advance, Func<int, string> a, int indent = 2)
    {
        int splits = Accumulators / vectors;
        string sum(int split, int v) => split == 0 ? $"c0{v}" : $"p{split}{v}";
        string tree(int first, int count, int v) =>
            count == 1 ? sum(first, v) : $"W.Add({tree(first, count / 2, v)}, {tree(first + (count / 2), count / 2, v)})";
        string b(int split, int v) => (split, v) switch
        {
            (0, 0) => "bk",
            (0, _) => "Unsafe.Add(ref bk, bNext)",
            (_, 0) => $"Unsafe.Add(ref bk, {Times(split, "bStep")})",
            _ => $"Unsafe.Add(ref bk, {Times(split, "bStep")} + bNext)",
        };
        string step(int split) => $"V a{split} = W.Create({a(split)}); "
            + Unit.Repeat(vectors, v => $"{sum(split, v)} = W.MultiplyAdd(a{split}, W.Load(ref {b(split, v)}), {sum(split, v)});", " ");
        return Indent($$"""
            V {{Unit.Repeat(splits - 1, split => Unit.Repeat(vectors, v => $"{sum(split + 1, v)} = W.Zero", ", "), ", ")}};
            int k = {{depth}};
            for (; k >= {{splits}}; k -= {{splits}})
            {
            {{Indent(Unit.Repeat(splits, step), 1)}}
                {{string.Format(System.Globalization.CultureInfo.InvariantCulture, advance, splits)}}
                bk = ref Unsafe.Add(ref bk, {{splits}} * bStep);
            }
            for (; k > 0; k--)
            {
                {{step(0)}}
                {{string.Format(System.Globalization.CultureInfo.InvariantCulture, advance, 1).Replace("1 * ", "")}}
                bk = ref Unsafe.Add(ref bk, bStep);
            }
            {{Unit.Repeat(vectors, v => $"c0{v} = {tree(0, splits, v)};")}}
            """, indent);
    }

    private static string Store(int row, int vectors)
    {
        string saved = row == 0 ? "saved" : $"Unsafe.Add(ref saved, {Times(row, "cStride")})";
        string c = row == 0 ? "c" : $"Unsafe.Add(ref c, {Times(row, "cStride")})";
        return vectors == 2
            ? $"StoreTwo<W, V, E>(c{row}0, c{row}1, ref {saved}, ref {c}, stored);"
            : $"StoreOne<W, V, E>(c{row}0, ref {saved}, ref {c}, stored);";
    }

    public static Unit StoreOne => new("StoreOne", $$"""
        // The last vector of a row may reach beyond it: only `stored` elements exist.
        {{Unit.Inlined}}
        internal static void StoreOne<W, V, E>(V sum, ref float saved, ref float c, int stored) {{Unit.Where}} where E : struct, IEnds<V>
        {
            V value = E.End(sum, ref saved);
            if (stored >= W.Count)
                W.Store(value, ref c);
            else
                W.StoreFirst(value, ref c, stored);
        }
        """);

    public static Unit StoreTwo => new("StoreTwo", $$"""
        {{Unit.Inlined}}
        internal static void StoreTwo<W, V, E>(V sum0, V sum1, ref float saved, ref float c, int stored) {{Unit.Where}} where E : struct, IEnds<V>
        {
            W.Store(E.End(sum0, ref saved), ref c);
            V value = E.End(sum1, ref Unsafe.Add(ref saved, W.Count));
            if (stored >= 2 * W.Count)
                W.Store(value, ref Unsafe.Add(ref c, W.Count));
            else
                W.StoreFirst(value, ref Unsafe.Add(ref c, W.Count), stored - W.Count);
        }
        """);

    private static string Times(int factor, string name) => factor == 1 ? name : $"{factor} * {name}";

    private static string Count(int count, string noun) => count == 1 ? $"One {noun}" : $"{count} {noun}s";

    private static string Indent(string text, int levels) =>
        string.Join("\n", text.Replace("\r\n", "\n").Split('\n').Select(line => line.Length == 0 ? line : new string(' ', 4 * levels) + line));
}
