using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Emit.Simd;
using GeneratedNetworks.Generator.Functions;
using GeneratedNetworks.Generator.Operations;

namespace GeneratedNetworks.Generator.Emit.Library;

/// <summary>Steps of recurrent layers, unit by unit, from the same formulas as in the other profiles.</summary>
internal static class CellUnits
{
    public const string Clear = "ClearRows";

    private const string At = "At", Tail = "Tail";

    public static IEnumerable<Unit> All =>
    [
        new(Clear, $$"""
            // The first `count` elements of every row become 0.
            internal static void {{Clear}}(ref float to, int stride, int count, int rows)
            {
                for (; rows > 0; rows--)
                {
                    global::System.Runtime.InteropServices.MemoryMarshal.CreateSpan(ref to, count).Clear();
                    to = ref Unsafe.Add(ref to, stride);
                }
            }
            """),
        .. CellForms.All.SelectMany(Of),
    ];

    /// <summary>A lane's worth of units; the same as a method of its own, for those left over, which is compiled where there are such; and all rows.</summary>
    private static IEnumerable<Unit> Of(CellForm form)
    {
        string places = string.Concat(form.Slots.Select(slot => $"ref float {slot}, ")), refs = string.Concat(form.Slots.Select(slot => $"ref {slot}, "));
        string limit = form.HasLimit ? ", float limit" : "", limits = form.HasLimit ? ", limit" : "";
        CellPlace[] loads = [.. CellText.Loads(form, form.Statements, form.Stores)];
        string statements = Infix.Translate(string.Join("\n", CellText.Statements(loads, form.Statements, "V", function => function)));
        foreach (string function in CellText.Functions(form))
            statements = statements.Replace(function + "(", $"Map<W, V>.{function}(");
        string constants = string.Concat(new[] { ("one", "W.Create(1)"), ("zero", "W.Zero") }
            .Where(constant => Uses(form, constant.Item1)).Select(constant => $"V {constant.Item1} = {constant.Item2};\n")) + (form.HasLimit ? "V limits = W.Create(limit);\n" : "");
        statements = statements.Replace("limit", "limits");
        yield return new(form.Name + At, $$"""
            // {{form.Comment}}: for the units of one vector.
            {{Unit.Inlined}} internal static void {{form.Name}}{{At}}<W, V>({{places}}int unit, int units{{limit}}) {{Unit.Where}}
            {
            {{Unit.Indented(1, constants + string.Join("\n", loads.Select(load => $"V {load.Variable} = W.Load(ref Unsafe.Add(ref {load.Slot}, {Offset(load)}));")))}}
            {{Unit.Indented(1, statements)}}
            {{Unit.Indented(1, string.Join("\n", form.Stores.Select(store => $"W.Store({store.Variable}, ref Unsafe.Add(ref {store.Slot}, {Offset(store)}));")))}}
            }
            """)
        {
            Functions = [.. CellText.Functions(form)],
        };
        yield return new(form.Name + Tail, $$"""
            {{Unit.Optimized}} internal static void {{form.Name}}{{Tail}}<W, V>({{places}}int unit, int units{{limit}}) {{Unit.Where}} =>
                {{form.Name}}{{At}}<W, V>({{refs}}unit, units{{limits}});
            """)
        {
            Units = [form.Name + At],
        };
        yield return new(form.Name, $$"""
            // {{form.Comment}}: for the same step of every row.
            {{Unit.Optimized}} internal static void {{form.Name}}<{{SimdTypes.Parameters}}>({{string.Concat(form.Slots.Select(slot => $"ref float {slot}, int {slot}Stride, "))}}int units{{limit}}, int rows) {{SimdTypes.Constraints}}
            {
                for (; rows > 0; rows--)
                {
                    int unit = 0;
                    for (; unit <= units - W.Count; unit += W.Count)
                        {{form.Name}}{{At}}<W, V>({{refs}}unit, units{{limits}});
                    if (H.Count < W.Count && unit <= units - H.Count)
                    {
                        {{form.Name}}{{Tail}}<H, HV>({{refs}}unit, units{{limits}}); unit += H.Count;
                    }
                    if (Q.Count < H.Count && unit <= units - Q.Count)
                    {
                        {{form.Name}}{{Tail}}<Q, QV>({{refs}}unit, units{{limits}}); unit += Q.Count;
                    }
                    for (; unit < units; unit++)
                        {{form.Name}}{{Tail}}<W1, float>({{refs}}unit, units{{limits}});
                    {{string.Join(" ", form.Slots.Select(slot => $"{slot} = ref Unsafe.Add(ref {slot}, {slot}Stride);"))}}
                }
            }
            """)
        {
            Units = [form.Name + At, form.Name + Tail],
        };
    }

    private static bool Uses(CellForm form, string constant) =>
        form.Statements.Any(statement => statement.Split(' ', '(', ')').Contains(constant)) || form.Stores.Any(store => store.Variable == constant);

    private static string Offset(CellPlace place) => place.Part switch
    {
        0 => "unit",
        1 => "units + unit",
        var part => $"{part} * units + unit",
    };
}
