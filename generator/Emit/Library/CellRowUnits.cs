using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Emit.Simd;
using GeneratedNetworks.Generator.Functions;
using GeneratedNetworks.Generator.Operations;

namespace GeneratedNetworks.Generator.Emit.Library;

/// <summary>Steps of recurrent layers for one row, products and gates in one: where gates are whole vectors, nothing but the state goes through memory.</summary>
internal static class CellRowUnits
{
    public const string Product = "RowProduct";

    public static string Name(CellForm form, bool isInlined) => form.Name + "Row" + (isInlined ? Unit.InlinedName : "");

    public static IEnumerable<Unit> All =>
    [
        new(Product, $$"""
            // c = start + a·B for one row, B in panels; of the last vector only what the row has. Eight vectors of columns at a time, then two, whose sums are four each.
            {{Unit.Optimized}} internal static void {{Product}}<W, V>(ref float a, int depth, ref float b, int panel, ref float start, bool hasStart, ref float c, int width) {{Unit.Where}}
            {
                nint step = panel, next = (nint)depth * panel;
                int o = 0;
                if (W.Count == panel)
                {
                    for (; o + 7 * W.Count < width; o += 8 * W.Count)
                    {
                        ref float b0 = ref Unsafe.Add(ref b, o * depth), b4 = ref Unsafe.Add(ref b0, 4 * next), s = ref Unsafe.Add(ref start, o), ak = ref a;
                        V {{Unit.Repeat(8, v => $"c{v} = hasStart ? W.Load(ref Unsafe.Add(ref s, {v} * W.Count)) : W.Zero", ", ")}};
                        nint two = 2 * next, three = 3 * next;
                        for (int k = depth; k > 0; k--)
                        {
                            V e = W.Create(ak);
            {{Unit.Indented(4, Unit.Repeat(8, v => $"c{v} = W.MultiplyAdd(e, W.Load(ref Unsafe.Add(ref b{v / 4 * 4}, {(v % 4) switch { 0 => "0", 1 => "next", 2 => "two", _ => "three" }})), c{v});"))}}
                            ak = ref Unsafe.Add(ref ak, 1); b0 = ref Unsafe.Add(ref b0, step); b4 = ref Unsafe.Add(ref b4, step);
                        }
                        ref float co = ref Unsafe.Add(ref c, o);
                        {{Unit.Repeat(7, v => $"W.Store(c{v}, ref Unsafe.Add(ref co, {v} * W.Count));", " ")}}
                        if (o + 8 * W.Count <= width)
                            W.Store(c7, ref Unsafe.Add(ref co, 7 * W.Count));
                        else
                            W.StoreFirst(c7, ref Unsafe.Add(ref co, 7 * W.Count), width - o - 7 * W.Count);
                    }
                }
                for (; o < width; o += 2 * W.Count)
                {
                    bool isPair = o + W.Count < width;
                    int second = isPair ? o + W.Count : o;
                    ref float b0 = ref Unsafe.Add(ref b, PanelOf(o, panel, depth)), b1 = ref Unsafe.Add(ref b, PanelOf(second, panel, depth)), ak = ref a;
                    V c0 = hasStart ? W.Load(ref Unsafe.Add(ref start, o)) : W.Zero, c1 = hasStart ? W.Load(ref Unsafe.Add(ref start, second)) : W.Zero;
                    V p10 = W.Zero, p11 = W.Zero, p20 = W.Zero, p21 = W.Zero, p30 = W.Zero, p31 = W.Zero;
                    int k = depth;
                    for (; k >= 4; k -= 4)
                    {
                        V e0 = W.Create(ak), e1 = W.Create(Unsafe.Add(ref ak, 1)), e2 = W.Create(Unsafe.Add(ref ak, 2)), e3 = W.Create(Unsafe.Add(ref ak, 3));
                        c0 = W.MultiplyAdd(e0, W.Load(ref b0), c0); c1 = W.MultiplyAdd(e0, W.Load(ref b1), c1);
            {{Unit.Indented(3, Unit.Repeat(3, s => $"p{s + 1}0 = W.MultiplyAdd(e{s + 1}, W.Load(ref Unsafe.Add(ref b0, {s + 1} * step)), p{s + 1}0); p{s + 1}1 = W.MultiplyAdd(e{s + 1}, W.Load(ref Unsafe.Add(ref b1, {s + 1} * step)), p{s + 1}1);"))}}
                        ak = ref Unsafe.Add(ref ak, 4); b0 = ref Unsafe.Add(ref b0, 4 * step); b1 = ref Unsafe.Add(ref b1, 4 * step);
                    }
                    for (; k > 0; k--)
                    {
                        V e = W.Create(ak);
                        c0 = W.MultiplyAdd(e, W.Load(ref b0), c0); c1 = W.MultiplyAdd(e, W.Load(ref b1), c1);
                        ak = ref Unsafe.Add(ref ak, 1); b0 = ref Unsafe.Add(ref b0, step); b1 = ref Unsafe.Add(ref b1, step);
                    }
                    c0 = W.Add(W.Add(c0, p10), W.Add(p20, p30)); c1 = W.Add(W.Add(c1, p11), W.Add(p21, p31));
                    StoreUpTo<W, V>(c0, ref Unsafe.Add(ref c, o), width - o);
                    if (isPair)
                        StoreUpTo<W, V>(c1, ref Unsafe.Add(ref c, second), width - second);
                }
            }
            """) { Units = ["PanelOf", "StoreUpTo"] },
        new("PanelOf", $$"""
            // Where column o lies among panels of `depth` rows, a power of two of columns each.
            {{Unit.Inlined}} internal static nint PanelOf(int o, int panel, int depth) => (nint)(o & -panel) * depth + (o & (panel - 1));
            """),
        new("StoreUpTo", $$"""
            {{Unit.Inlined}} internal static void StoreUpTo<W, V>(V a, ref float at, int count) {{Unit.Where}}
            {
                if (count >= W.Count) W.Store(a, ref at); else W.StoreFirst(a, ref at, count);
            }
            """),
        .. Forms.SelectMany(form => new[] { Of(form, false), Of(form, true) }),
    ];

    private static IEnumerable<CellForm> Forms => CellForms.All.Where(form =>
        form.Slots.Contains(CellForms.Sums) && form.Slots.Contains(CellForms.Next) && !form.Slots.Contains(CellForms.Carry) && !form.Slots.Contains(CellForms.Down) && form.Loads.Any(load => load.Slot == CellForms.Sums && load.Part == 0));

    private static Unit Of(CellForm form, bool isInlined)
    {
        (string Gate, string Sum, int Part)[] parts =
            [.. form.Loads.Where(load => load.Slot == CellForms.Gates).Select(load => (load.Variable, form.Loads.First(other => other.Slot == CellForms.Sums && other.Part == load.Part).Variable, load.Part))];
        string[] products = [.. parts.Select(part => part.Part.ToString(System.Globalization.CultureInfo.InvariantCulture))];
        string refs = string.Concat(form.Slots.Select(slot => $"ref float {slot}, ")), limit = form.HasLimit ? ", float limit" : "", limits = form.HasLimit ? "limit, " : "";
        IReadOnlyList<string> formulas = form.FusedStatements.Count > 0 ? form.FusedStatements : form.Statements;
        CellPlace[] others = [.. CellText.Loads(form, formulas, form.Stores).Where(load => load.Slot is not (CellForms.Gates or CellForms.Sums))];
        string statements = Infix.Translate(string.Join("\n", CellText.Statements(form.Loads, formulas, "V", function => function)));
        foreach (string function in CellText.Functions(formulas))
            statements = statements.Replace(function + "(", $"Map<W, V>.{function}(");
        statements = statements.Replace("MultiplyAdd(", "W.MultiplyAdd(");
        if (formulas.Any(formula => formula.Contains("one ")))
            statements = "V one = W.Create(1);\n" + statements;
        if (form.HasLimit)
            statements = "V limits = W.Create(limit);\n" + statements.Replace("limit", "limits");
        CellPlace[] kept = [.. form.Stores.Where(store => store.Slot == CellForms.Gates)];
        string keep = string.Join(" ", kept.Select(store => $"W.Store({store.Variable}, ref Unsafe.Add(ref gates, {Offset(store.Part)}));")
            .Concat(parts.Where(part => part.Part == form.Apart).Select(part => $"W.Store({part.Sum}, ref Unsafe.Add(ref sums, {Offset(part.Part)}));")));
        string at(int part) => Offset(part);
        string slots = string.Join(", ", form.Slots.Select(slot => $"ref {slot}, 0"));
        return new(Name(form, isInlined), $$"""
            // {{form.Comment}}, a = start + x·W, u = bias + h₋₁·U: for one row. Next to the state that it reads, a new one waits in `sums` until all units are done.
            {{(isInlined ? Unit.Inlined : Unit.Optimized)}} internal static void {{Name(form, isInlined)}}<W, V, F, FV, H, HV, Q, QV>(ref float x, int features, ref float w, ref float start, bool hasStart, ref float recurrent, ref float bias, bool hasBias, {{refs}}int units, int panel{{limit}}, bool keep, ref int lengths, int row, int step) {{Unit.Where}} where F : struct, IWidth<FV> where FV : struct where H : struct, IWidth<HV> where HV : struct where Q : struct, IWidth<QV> where QV : struct
            {
                if (!Unsafe.IsNullRef(ref lengths) && step >= Unsafe.Add(ref lengths, row))
                {
                    {{form.Name}}{{CellUnits.Held}}({{string.Join(", ", form.Slots.Select(slot => $"ref {slot}"))}}, units);
                    return;
                }
                if (W.Count == 1 || units % W.Count != 0)
                {
                    // Gates begin within vectors: their sums go through memory.
                    if (features > 0)
                        {{Product}}<W, V>(ref x, features, ref w, panel, ref start, hasStart, ref gates, {{parts.Length}} * units);
                    {{Product}}<W, V>(ref state, units, ref recurrent, panel, ref bias, hasBias, ref sums, {{parts.Length}} * units);
                    {{form.Name}}<F, FV, H, HV, Q, QV>({{slots}}, units, {{limits}}1, ref Unsafe.NullRef<int>(), 0);
                    return;
                }
                nint down = panel;
                ref float fresh = ref (keep || units == W.Count ? ref next : ref sums);
                for (int unit = 0; unit < units; unit += W.Count)
                {
                    V {{string.Join(", ", parts.Select(part => $"{part.Gate} = hasStart ? W.Load(ref Unsafe.Add(ref start, {at(part.Part)})) : W.Zero"))}};
                    V {{string.Join(", ", parts.Select(part => $"{part.Sum} = hasBias ? W.Load(ref Unsafe.Add(ref bias, {at(part.Part)})) : W.Zero"))}};
                    if (features > 0)
                    {
                        ref float {{string.Join(", ", products.Select(part => $"w{part} = ref Unsafe.Add(ref w, PanelOf({at(int.Parse(part))}, panel, features))"))}}, xk = ref x;
                        for (int k = features; k > 0; k--)
                        {
                            V e = W.Create(xk);
                            {{string.Join(" ", parts.Select(part => $"{part.Gate} = W.MultiplyAdd(e, W.Load(ref w{part.Part}), {part.Gate});"))}}
                            {{string.Join(" ", products.Select(part => $"w{part} = ref Unsafe.Add(ref w{part}, down);"))}} xk = ref Unsafe.Add(ref xk, 1);
                        }
                    }
                    ref float {{string.Join(", ", products.Select(part => $"u{part} = ref Unsafe.Add(ref recurrent, PanelOf({at(int.Parse(part))}, panel, units))"))}}, hk = ref state;
            {{(form.Apart < 0 ? "" : "        V more = W.Zero;\n")}}        // Two at a time, the sums of even and of odd ones apart: fewer wait for each other.
                    for (int k = units; k > 0; k -= 2)
                    {
                        V e0 = W.Create(hk), e1 = W.Create(Unsafe.Add(ref hk, 1));
                        {{string.Join(" ", parts.Select(part => { string sum = part.Part == form.Apart ? part.Sum : part.Gate; return $"{sum} = W.MultiplyAdd(e0, W.Load(ref u{part.Part}), {sum});"; }))}}
                        {{string.Join(" ", parts.Select(part => { string sum = part.Part == form.Apart ? "more" : part.Sum; return $"{sum} = W.MultiplyAdd(e1, W.Load(ref Unsafe.Add(ref u{part.Part}, down)), {sum});"; }))}}
                        {{string.Join(" ", products.Select(part => $"u{part} = ref Unsafe.Add(ref u{part}, 2 * down);"))}} hk = ref Unsafe.Add(ref hk, 2);
                    }
            {{Unit.Indented(2, string.Join("\n", parts.Where(part => part.Part == form.Apart).Select(part => $"{part.Sum} = W.Add({part.Sum}, more);").Concat(others.Select(load => $"V {load.Variable} = W.Load(ref Unsafe.Add(ref {load.Slot}, unit));"))))}}
            {{Unit.Indented(2, statements)}}
                    if (keep)
                    {
                        {{keep}}
                    }
            {{Unit.Indented(2, string.Join("\n", form.Stores.Where(store => store.Slot != CellForms.Gates).Select(store => $"W.Store({store.Variable}, ref Unsafe.Add(ref {(store.Slot == CellForms.Next ? "fresh" : store.Slot)}, unit));")))}}
                }
                if (!Unsafe.AreSame(ref fresh, ref next))
                {
                    for (int unit = 0; unit < units; unit += W.Count)
                        W.Store(W.Load(ref Unsafe.Add(ref fresh, unit)), ref Unsafe.Add(ref next, unit));
                }
            }
            """)
        {
            Units = [Product, "PanelOf", form.Name, form.Name + CellUnits.Held],
            Functions = [.. CellText.Functions(formulas)],
        };
    }

    private static string Offset(int part) => part switch
    {
        0 => "unit",
        1 => "units + unit",
        _ => $"{part} * units + unit",
    };
}
