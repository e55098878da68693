using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Emit.Simd;
using GeneratedNetworks.Generator.Functions;
using GeneratedNetworks.Generator.Operations;

namespace GeneratedNetworks.Generator.Emit.Library;

/// <summary>Steps of recurrent layers, unit by unit, from the same formulas as in the other profiles.</summary>
internal static class CellUnits
{
    public const string Clear = "ClearRows", Lookup = "LookupRows", LookupGradient = "LookupRowsGradient", Recall = "RecallFrames", RecallWindow = "RecallWindow";

    private const string At = "At", Tail = "Tail";

    public const string Held = "Held";

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
        new(Lookup, $$"""
            // y[t] = row x[t] of a table, for each of the `steps` numbers of every sample; the padding becomes zero.
            internal static void {{Lookup}}(ref float x, int xStride, ref float w, int vocabulary, int columns, ref float y, int yStride, int steps, int rows)
            {
                for (; rows > 0; rows--)
                {
                    for (int t = 0; t < steps; t++)
                        Span(ref Unsafe.Add(ref w, RowOf(Unsafe.Add(ref x, t), vocabulary) * columns), columns).CopyTo(Span(ref Unsafe.Add(ref y, t * columns), columns));
                    if (yStride > steps * columns)
                        Span(ref Unsafe.Add(ref y, steps * columns), yStride - steps * columns).Clear();
                    x = ref Unsafe.Add(ref x, xStride); y = ref Unsafe.Add(ref y, yStride);
                }
            }
            """) { Units = ["RowOf", "Span"] },
        new(LookupGradient, $$"""
            // Row id of the table's gradient is scale·Σ dy[t] over the steps with that number, added to what is there if add is true.
            internal static void {{LookupGradient}}(ref float x, int xStride, ref float g, int vocabulary, int columns, ref float dy, int yStride, int steps, int rows, float scale, bool add)
            {
                if (!add)
                    Span(ref g, vocabulary * columns).Clear();
                for (; rows > 0; rows--)
                {
                    for (int t = 0; t < steps; t++)
                    {
                        ref float row = ref Unsafe.Add(ref g, RowOf(Unsafe.Add(ref x, t), vocabulary) * columns);
                        for (int o = 0; o < columns; o++)
                            Unsafe.Add(ref row, o) += Unsafe.Add(ref dy, t * columns + o) * scale;
                    }
                    x = ref Unsafe.Add(ref x, xStride); dy = ref Unsafe.Add(ref dy, yStride);
                }
            }
            """) { Units = ["RowOf", "Span"] },
        new("RowOf", """
            // A row's number, which has to be one.
            internal static int RowOf(float number, int vocabulary)
            {
                int id = (int)number;
                if (id != number || (uint)id >= (uint)vocabulary)
                    throw new global::System.ArgumentException("An input is " + number.ToString(global::System.Globalization.CultureInfo.InvariantCulture) + ", and no whole number from 0 to " + (vocabulary - 1) + ".", "inputs");
                return id;
            }
            """),
        new("Span", """
            internal static global::System.Span<float> Span(ref float first, int count) => global::System.Runtime.InteropServices.MemoryMarshal.CreateSpan(ref first, count);
            """),
        new(Recall, $$"""
            // The frames that a causal window sees, the oldest first: out of a ring of (kernel - 1)·dilation, behind which stands the oldest one's place, and the new one.
            internal static void {{Recall}}(ref float x, int xStride, ref float past, int pastStride, ref float y, int yStride, int kernel, int dilation, int channels, int rows)
            {
                int frames = (kernel - 1) * dilation;
                for (; rows > 0; rows--)
                {
                    ref float place = ref Unsafe.Add(ref past, frames * channels);
                    int oldest = (int)place;
                    for (int k = 0, frame = oldest; k < kernel - 1; k++)
                    {
                        Span(ref Unsafe.Add(ref past, frame * channels), channels).CopyTo(Span(ref Unsafe.Add(ref y, k * channels), channels));
                        frame += dilation;
                        if (frame >= frames)
                            frame -= frames;
                    }
                    Span(ref x, channels).CopyTo(Span(ref Unsafe.Add(ref past, oldest * channels), channels));
                    Span(ref x, channels).CopyTo(Span(ref Unsafe.Add(ref y, (kernel - 1) * channels), channels));
                    place = oldest + 1 == frames ? 0 : oldest + 1;
                    if (yStride > kernel * channels)
                        Span(ref Unsafe.Add(ref y, kernel * channels), yStride - kernel * channels).Clear();
                    x = ref Unsafe.Add(ref x, xStride); past = ref Unsafe.Add(ref past, pastStride); y = ref Unsafe.Add(ref y, yStride);
                }
            }
            """) { Units = ["Span"] },
        new(RecallWindow, $$"""
            // The frames before a window, the oldest first, and the window's last ones in their place.
            internal static void {{RecallWindow}}(ref float past, int pastStride, ref float y, int yStride, int frames, int channels, int steps, int rows)
            {
                int all = frames * channels;
                for (; rows > 0; rows--)
                {
                    int oldest = (int)Unsafe.Add(ref past, all) * channels;
                    Span(ref Unsafe.Add(ref past, oldest), all - oldest).CopyTo(Span(ref y, all));
                    Span(ref past, oldest).CopyTo(Span(ref Unsafe.Add(ref y, all - oldest), oldest));
                    Span(ref Unsafe.Add(ref y, steps * channels), all).CopyTo(Span(ref past, all));
                    Unsafe.Add(ref past, all) = 0;
                    past = ref Unsafe.Add(ref past, pastStride); y = ref Unsafe.Add(ref y, yStride);
                }
            }
            """) { Units = ["Span"] },
        .. CellForms.All.SelectMany(Of),
        .. CellRowUnits.All,
        .. FrameUnits.All,
    ];

    /// <summary>A lane's worth of units; the same as a method of its own, for those left over, which is compiled where there are such; and all rows.</summary>
    private static IEnumerable<Unit> Of(CellForm form)
    {
        string places = string.Concat(form.Slots.Select(slot => $"ref float {slot}, ")), refs = string.Concat(form.Slots.Select(slot => $"ref {slot}, "));
        string limit = form.HasLimit ? ", float limit" : "", limits = form.HasLimit ? ", limit" : "";
        CellPlace[] loads = [.. CellText.Loads(form, form.Statements, form.Stores)];
        string statements = Infix.Translate(string.Join("\n", CellText.Statements(loads, form.Statements, "V", function => function)));
        foreach (string function in CellText.Functions(form.Statements))
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
            Functions = [.. CellText.Functions(form.Statements)],
        };
        yield return new(form.Name + Tail, $$"""
            {{Unit.Optimized}} internal static void {{form.Name}}{{Tail}}<W, V>({{places}}int unit, int units{{limit}}) {{Unit.Where}} =>
                {{form.Name}}{{At}}<W, V>({{refs}}unit, units{{limits}});
            """)
        {
            Units = [form.Name + At],
        };
        CellPlace[] kept = [.. CellText.Loads(form, form.HeldStatements, form.Held)];
        string keeping = string.Join("\n", CellText.Statements(kept, form.HeldStatements, "float", function => function));
        yield return new(form.Name + Held, $$"""
            // A sequence that ended before this step: its state stays, and nothing comes back from here.
            internal static void {{form.Name}}{{Held}}({{places}}int units)
            {
                for (int unit = 0; unit < units; unit++)
                {
            {{Unit.Indented(2, string.Join("\n", kept.Select(load => $"float {load.Variable} = Unsafe.Add(ref {load.Slot}, {Offset(load)});").Append(keeping).Where(line => line.Length > 0)))}}
            {{Unit.Indented(2, string.Join("\n", form.Held.Select(store => $"Unsafe.Add(ref {store.Slot}, {Offset(store)}) = {(store.Variable == "zero" ? "0" : store.Variable)};")))}}
                }
            }
            """);
        yield return new(form.Name, $$"""
            // {{form.Comment}}: for the same step of every row.
            {{Unit.Optimized}} internal static void {{form.Name}}<{{SimdTypes.Parameters}}>({{string.Concat(form.Slots.Select(slot => $"ref float {slot}, int {slot}Stride, "))}}int units{{limit}}, int rows, ref int lengths, int step) {{SimdTypes.Constraints}}
            {
                for (int row = 0; row < rows; row++)
                {
                    int unit = 0;
                    if (!Unsafe.IsNullRef(ref lengths) && step >= Unsafe.Add(ref lengths, row))
                    {
                        {{form.Name}}{{Held}}({{refs}}units);
                        unit = units;
                    }
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
            Units = [form.Name + At, form.Name + Tail, form.Name + Held],
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
