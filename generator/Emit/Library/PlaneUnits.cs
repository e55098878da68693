using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Planning;

namespace GeneratedNetworks.Generator.Emit.Library;

/// <summary>
/// Windows that see three runs of three elements, as those of 3×3 on one channel, for no more outputs than a panel has: nine vectors stay in registers for all samples, the
/// weights or the sums of their gradients. Where a vector has room for the outputs of two positions, it takes both.
/// </summary>
internal static class PlaneUnits
{
    public const string Products = "PlanePatches", Gradients = "PlaneGradients";

    private const string Singles = "PlaneSingles", Pairs = "PlanePairs", SingleSums = "PlaneSingleSums", PairSums = "PlanePairSums", Twice = "Twice", Folded = "Folded", Sums = "PlaneSums";

    private static int Runs => 3;

    private static int Length => 3;

    private static int Taps => Runs * Length;

    /// <summary>Whether two positions lie in one vector: the next is the next element, and its outputs are the next vector.</summary>
    private const string IsPaired = "W2.Count == 2 * W.Count && p.Width == W.Count && p.Panel == W.Count && p.XColumn == 1 && p.CColumn == W.Count";

    private const string WhereBoth = "where W : struct, IWidth<V> where V : struct where W2 : struct, IWidth<V2> where V2 : struct";

    public static bool Fits(PatchWalk walk) => walk.Groups == 1 && walk.Taps == (Runs, 1, Length) && walk.Panel.Columns <= walk.Panel.Width;

    /// <summary>Whether it has a gradient of weights here: where the order of sums is fixed it is that of a sample at a time.</summary>
    public static bool HasGradient(PatchWalk walk, bool isReproducible) => !isReproducible && Fits(walk);

    /// <summary>Positions of one vector on a processor that has vectors of so many elements.</summary>
    public static int PositionsAt(PatchWalk walk, int lanes) =>
        lanes >= 2 * walk.Panel.Width && walk.Panel.Columns == walk.Panel.Width && walk.Read.Column == 1 && walk.Write.Column == walk.Panel.Width && walk.Columns > 1 ? 2 : 1;

    public static IEnumerable<Unit> All =>
    [
        new(Products, $$"""
            // c[p, o] = end(start[o] + Σ x[p, k]·b[k, o]) for windows of three runs of three elements: two positions a vector where the wider ones have room for both.
            internal static void {{Products}}<W, V, E, W2, V2, E2>(ref float x, ref float b, ref float start, ref float saved, ref float c, Patch p, int rows) {{WhereBoth}} where E : struct, IEnds<V> where E2 : struct, IEnds<V2>
            {
                if ({{IsPaired}})
                {
                    int pairs = p.Columns / 2, rest = p.Columns % 2;
                    p.Columns = pairs;
                    {{Pairs}}<W2, V2, E2, W, V, E>(ref x, ref b, ref start, ref saved, ref c, p, rows);
                    p.X += 2 * pairs * p.XColumn; p.C += 2 * pairs * p.CColumn; p.Columns = rest;
                }
                if (p.Columns > 0)
                    {{Singles}}<W, V, E>(ref x, ref b, ref start, ref saved, ref c, p, rows);
            }
            """) { Units = [PatchUnits.Walk, Pairs, Singles] },
        new(Singles, $$"""
            // One position a vector.
            {{Unit.Optimized}} internal static void {{Singles}}<W, V, E>(ref float x, ref float b, ref float start, ref float saved, ref float c, in Patch p, int rows) {{Unit.Where}} where E : struct, IEnds<V>
            {
                for (int o = 0; o < p.Width; o += W.Count)
                {
                    {{Weights("Column(o, p.Panel, p.PanelLength)", "W", place => $"W.Load(ref {place})")}}
                    V sum0 = E.Start(ref Unsafe.Add(ref start, o));
            {{Positions("+ o", $$"""
                V sum = sum0;
                {{Taken(tap => $"sum = W.MultiplyAdd(W.Create({Seen(tap)}), b{tap}, sum);")}}
                StoreOne<W, V, E>(sum, ref Unsafe.Add(ref saved, at), ref Unsafe.Add(ref c, at), p.Width - o);
                xk = ref Unsafe.Add(ref xk, xColumn); at += cColumn;
                """, 2)}}
                }
            }
            """) { Units = [PatchUnits.Walk, "Column", "StoreOne"] },
        new(Pairs, $$"""
            // Two positions a vector W, the outputs of each in half of it.
            {{Unit.Optimized}} internal static void {{Pairs}}<W, V, E, H, HV, F>(ref float x, ref float b, ref float start, ref float saved, ref float c, in Patch p, int rows) {{WhereHalf}} where E : struct, IEnds<V> where F : struct, IEnds<HV>
            {
                {{Weights("0", "V", place => $"{Twice}<V, H, HV>(H.Load(ref {place}))")}}
                V sum0 = {{Twice}}<V, H, HV>(F.Start(ref start));
            {{Positions("", $$"""
                V sum = sum0;
                {{Taken(tap => $"sum = W.MultiplyAdd(W.Pair(ref {Seen(tap)}), b{tap}, sum);")}}
                W.Store(E.End(sum, ref Unsafe.Add(ref saved, at)), ref Unsafe.Add(ref c, at));
                xk = ref Unsafe.Add(ref xk, 2 * xColumn); at += 2 * cColumn;
                """, 1)}}
            }
            """) { Units = [PatchUnits.Walk, Twice] },
        new(Gradients, $$"""
            // g[k, o] = scale·Σ x[p, k]·c[p, o] over all positions p and all samples for windows of three runs of three elements, and bias[o] = scale·Σ c[p, o] if there is one; added
            // to what is there if add is true. Two positions a vector where the wider ones have room for both.
            internal static void {{Gradients}}<W, V, W2, V2>(ref float x, ref float c, ref float g, ref float bias, bool hasBias, Patch p, int rows, float scale, bool add) {{WhereBoth}}
            {
                if ({{IsPaired}})
                {
                    int pairs = p.Columns / 2, rest = p.Columns % 2;
                    p.Columns = pairs;
                    if (pairs > 0)
                    {
                        {{PairSums}}<W2, V2, W, V>(ref x, ref c, ref g, ref bias, hasBias, p, rows, scale, add);
                        add = true;
                    }
                    p.X += 2 * pairs * p.XColumn; p.C += 2 * pairs * p.CColumn; p.Columns = rest;
                }
                if (p.Columns > 0)
                    {{SingleSums}}<W, V>(ref x, ref c, ref g, ref bias, hasBias, p, rows, scale, add);
            }
            """) { Units = [PatchUnits.Walk, PairSums, SingleSums] },
        new(SingleSums, $$"""
            // One position a vector.
            {{Unit.Optimized}} internal static void {{SingleSums}}<W, V>(ref float x, ref float c, ref float g, ref float bias, bool hasBias, in Patch p, int rows, float scale, bool add) {{Unit.Where}}
            {
                for (int o = 0; o < p.Width; o += W.Count)
                {
                    V total = W.Zero, {{Unit.Repeat(Taps, tap => $"g{tap} = W.Zero", ", ")}};
            {{Positions("+ o", $$"""
                V b = W.Load(ref Unsafe.Add(ref c, at));
                {{Taken(tap => $"g{tap} = W.MultiplyAdd(W.Create({Seen(tap)}), b, g{tap});")}}
                total = W.Add(total, b);
                xk = ref Unsafe.Add(ref xk, xColumn); at += cColumn;
                """, 2)}}
                    ref float go = ref Unsafe.Add(ref g, p.B + Column(o, p.Panel, p.PanelLength));
                    {{Unit.Repeat(Taps, tap => $"{Sums}<W, V>(g{tap}, ref {Place("go", tap)}, p.Width - o, scale, add);", "\n        ")}}
                    if (hasBias)
                        {{Sums}}<W, V>(total, ref Unsafe.Add(ref bias, o), p.Width - o, scale, add);
                }
            }
            """) { Units = [PatchUnits.Walk, "Column", Sums] },
        new(PairSums, $$"""
            // Two positions a vector W, the outputs of each in half of it.
            {{Unit.Optimized}} internal static void {{PairSums}}<W, V, H, HV>(ref float x, ref float c, ref float g, ref float bias, bool hasBias, in Patch p, int rows, float scale, bool add) {{WhereHalf}}
            {
                V total = W.Zero, {{Unit.Repeat(Taps, tap => $"g{tap} = W.Zero", ", ")}};
            {{Positions("", $$"""
                V b = W.Load(ref Unsafe.Add(ref c, at));
                {{Taken(tap => $"g{tap} = W.MultiplyAdd(W.Pair(ref {Seen(tap)}), b, g{tap});")}}
                total = W.Add(total, b);
                xk = ref Unsafe.Add(ref xk, 2 * xColumn); at += 2 * cColumn;
                """, 1)}}
                ref float go = ref Unsafe.Add(ref g, p.B);
                {{Unit.Repeat(Taps, tap => $"{Sums}<H, HV>({Folded}<V, H, HV>(g{tap}), ref {Place("go", tap)}, p.Width, scale, add);", "\n    ")}}
                if (hasBias)
                    {{Sums}}<H, HV>({{Folded}}<V, H, HV>(total), ref bias, p.Width, scale, add);
            }
            """) { Units = [PatchUnits.Walk, Folded, Sums] },
        new(Sums, $$"""
            // g = scale·sum, added to what is there if add is true; the last vector may reach beyond the outputs, of which `stored` are left.
            internal static void {{Sums}}<W, V>(V sum, ref float g, int stored, float scale, bool add) {{Unit.Where}}
            {
                V s = W.Create(scale), value = add ? W.MultiplyAdd(s, sum, W.Load(ref g)) : W.Multiply(s, sum);
                if (stored >= W.Count)
                    W.Store(value, ref g);
                else
                    W.StoreFirst(value, ref g, stored);
            }
            """),
        new(Twice, $$"""
            // A vector in both halves of one that is twice as wide.
            internal static V {{Twice}}<V, H, HV>(HV half) where V : struct where H : struct, IWidth<HV> where HV : struct
            {
                Unsafe.SkipInit(out V both);
                H.Store(half, ref Unsafe.As<V, float>(ref both));
                H.Store(half, ref Unsafe.Add(ref Unsafe.As<V, float>(ref both), H.Count));
                return both;
            }
            """),
        new(Folded, $$"""
            // The sum of a vector's halves.
            internal static HV {{Folded}}<V, H, HV>(V sum) where V : struct where H : struct, IWidth<HV> where HV : struct =>
                H.Add(H.Load(ref Unsafe.As<V, float>(ref sum)), H.Load(ref Unsafe.Add(ref Unsafe.As<V, float>(ref sum), H.Count)));
            """),
    ];

    private const string WhereHalf = "where W : struct, IWidth<V> where V : struct where H : struct, IWidth<HV> where HV : struct";

    /// <summary>Nine vectors b0, b1, … from the first element of some outputs.</summary>
    private static string Weights(string column, string type, System.Func<string, string> load) =>
        $"ref float bo = ref Unsafe.Add(ref b, {(column == "0" ? "p.B" : "p.B + " + column)});\n{(type == "W" ? "        " : "    ")}V {Unit.Repeat(Taps, tap => $"b{tap} = {load(Place("bo", tap))}", ", ")};";

    /// <summary>The element of weights, or of their gradients, of a tap.</summary>
    private static string Place(string first, int tap)
    {
        (int run, int at) = (tap / Length, tap % Length);
        string[] parts = [.. new[] { run == 0 ? "" : $"{TileUnits.Times(run, "(nint)p.BTapRow")}", at == 0 ? "" : TileUnits.Times(at, "p.Panel") }.Where(part => part.Length > 0)];
        return parts.Length == 0 ? first : $"Unsafe.Add(ref {first}, {string.Join(" + ", parts)})";
    }

    /// <summary>What a tap sees at the position that xk is the first element of.</summary>
    private static string Seen(int tap) => (tap / Length, tap % Length) switch
    {
        (0, 0) => "xk",
        (0, var at) => $"Unsafe.Add(ref xk, {at})",
        (var run, 0) => $"x{run}",
        (var run, var at) => $"Unsafe.Add(ref x{run}, {at})",
    };

    /// <summary>Statements for all taps, a line for each run.</summary>
    private static string Taken(System.Func<int, string> use) => Unit.Repeat(Runs, run =>
        (run == 0 ? "" : $"ref float x{run} = ref Unsafe.Add(ref xk, {(run == 1 ? "next" : $"{run} * next")}); ") + Unit.Repeat(Length, at => use((run * Length) + at), " "));

    /// <summary>A loop over all positions of all samples: xk is the first element that one sees, and its outputs are at `at`.</summary>
    private static string Positions(string output, string body, int depth) => TileUnits.Indent($$"""
        nint next = p.XTapRow, xColumn = p.XColumn, cColumn = p.CColumn;
        for (int n = 0; n < rows; n++)
        {
            for (int r = 0; r < p.Rows; r++)
            {
                ref float xk = ref Unsafe.Add(ref x, (nint)n * p.XStride + p.X + r * (nint)p.XRow);
                nint at = (nint)n * p.CStride + p.C + r * (nint)p.CRow{{(output.Length == 0 ? "" : " " + output)}};
                for (int q = p.Columns; q > 0; q--)
                {
        {{TileUnits.Indent(body, 3)}}
                }
            }
        }
        """, depth);
}
