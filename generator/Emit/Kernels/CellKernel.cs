using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Emit.Profiles;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Operations;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit.Kernels;

/// <summary>One step of a recurrent layer, unit by unit.</summary>
/// <param name="Form">The formulas.</param>
/// <param name="Units">How many.</param>
/// <param name="Strides">From one sample to the next, in the order of the form's slots.</param>
/// <param name="Limit">Where the form speaks of one.</param>
internal sealed record CellKernel(string Name, string Comment, CellForm Form, int Units, EquatableArray<int> Strides, double Limit) : Kernel(Name, Comment)
{
    /// <summary>Whether it is told how long each sequence is, and which step this is.</summary>
    public bool HasLengths { get; init; }

    public override int MaximumLanes => 1;

    public override IReadOnlyList<KernelParameter> Parameters =>
    [
        .. Form.Slots.Select(slot => Form.Written.Contains(slot) ? KernelParameter.Out(slot) : KernelParameter.In(slot)), KernelParameter.Value("int", "rows"),
        .. HasLengths ? new[] { KernelParameter.Value(LengthText.Type, "lengths"), KernelParameter.Value("int", "step") } : [],
    ];

    public override void WriteBody(CSharpWriter writer, KernelContext context)
    {
        Dialect dialect = context.Dialect;
        Dictionary<string, Pointer> rows = Form.Slots.ToDictionary(slot => slot, slot => dialect.Declare(writer, "row" + PassWriter.Pascal(slot), dialect.Received(slot)));
        using (writer.Open("for (int row = 0; row < rows; row++)"))
        {
            string first = "0";
            if (HasLengths)
            {
                first = "done";
                writer.Line("int done = 0;");
                using (writer.Open($"if ({LengthText.HasEnded(dialect)})"))
                {
                    writer.Line("// The sequence ended before this step: its state stays, and nothing comes back from here.");
                    using (writer.Open($"for (; done < {CSharpLiteral.Of(Units)}; done++)"))
                    {
                        CellPlace[] kept = [.. CellText.Loads(Form, Form.HeldStatements, Form.Held)];
                        if (kept.Length > 0)
                            writer.Line($"{dialect.Element} {string.Join(", ", kept.Select(load => $"{load.Variable} = {At(load, "done")}"))};");
                        foreach (string statement in CellText.Statements(kept, Form.HeldStatements, dialect.Element, context.Function, Word))
                            writer.Line(statement);
                        foreach (CellPlace store in Form.Held)
                            writer.Line($"{At(store, "done")} = {(store.Variable == "zero" ? "0" : store.Variable)};");
                    }
                }
            }

            using (writer.Open($"for (int unit = {first}; unit < {CSharpLiteral.Of(Units)}; unit++)"))
            {
                CellPlace[] loads = [.. CellText.Loads(Form, Form.Statements, Form.Stores)];
                writer.Line($"{dialect.Element} {string.Join(", ", loads.Select(load => $"{load.Variable} = {At(load)}"))};");
                foreach (string statement in CellText.Statements(loads, Form.Statements, dialect.Element, context.Function, Word))
                    writer.Line(statement);
                foreach (CellPlace store in Form.Stores)
                    writer.Line($"{At(store)} = {(store.Variable == "zero" ? "0" : store.Variable)};");
            }

            for (int i = 0; i < Form.Slots.Count; i++)
                dialect.Advance(writer, rows[Form.Slots[i]], CSharpLiteral.Of(Strides[i]));
        }

        string At(CellPlace place, string unit = "unit") => dialect.At(rows[place.Slot], Dialect.Plus(CSharpLiteral.Of(place.Part * Units), unit));

        string Word(string word) => word == "one" ? "1" : word == "zero" ? dialect.Zero : dialect.Literal(Limit);
    }
}
