using System;
using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Functions;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Operations;
using GeneratedNetworks.Generator.Planning;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit.Members;

/// <summary>Recurrent layers as plain loops over steps and units, and their derivatives.</summary>
/// <param name="context">The network.</param>
/// <param name="recurrence">The layer.</param>
internal sealed class PlainRecurrence(EmitContext context, Recurrence recurrence)
{
    private readonly Cell _cell = recurrence.Cell;

    private Tensor? _outputGradient;

    public void WriteForward(CSharpWriter writer) => RepetitionText.Write(writer, recurrence, operation => Write(writer, operation));

    public void WriteBackward(CSharpWriter writer)
    {
        Tensors tensors = new(context.Plan.Layout);
        string output = recurrence.Tensors.Output.Name;
        _outputGradient = recurrence.Tensors.Output with { Name = output + "Gradient", IsGradient = true };
        RecurrenceBackward backward = new(_cell, recurrence.Tensors, _outputGradient, CellGradients.Of(_cell, (what, shape) => tensors.Beside(new(output, shape), what, shape)));
        using (writer.Open())
        {
            foreach (Tensor tensor in backward.Results.Where(tensor => tensor.IsGradient))
                writer.Line($"double[] {Array(tensor)} = new double[{N(tensor.Width)}];");
            RepetitionText.Write(writer, backward, operation => Write(writer, operation));
            writer.Line($"global::System.Array.Copy({Array(recurrence.Tensors.Gates)}, {PlainLoops.Gradient(recurrence.Tensors.Gates.Name)}, {N(recurrence.Tensors.Gates.Width)});");
            if (_cell.Recurrent.Frozen)
                return;
            WriteGradient(writer, recurrence.Tensors.States, backward.Deltas, _cell.Bias);
            if (recurrence.Tensors.Reset is { } reset)
                WriteGradient(writer, reset, backward.Work.NewDeltas!, null);
        }
    }

    /// <summary>dU = Σ hᵀ·d over the steps.</summary>
    private void WriteGradient(CSharpWriter writer, Tensor states, Tensor deltas, ParameterBlock? bias)
    {
        string units = N(_cell.Units), width = N(_cell.Width);
        using (writer.Open($"for (int at = 0; at < {N(_cell.Steps * _cell.Width)}; at++)"))
        {
            writer.Line($"for (int i = 0; i < {units}; i++)");
            writer.Line($"    g[{N(_cell.Recurrent.Offset)} + i * {width} + at % {width}] += {Array(states)}[at / {width} * {units} + i] * {Array(deltas)}[at];");
            if (bias is not null)
                writer.Line($"g[{N(bias.Offset)} + at % {width}] += {Array(deltas)}[at];");
        }
    }

    private void Write(CSharpWriter writer, Operation operation)
    {
        switch (operation)
        {
            case Clear clear:
                writer.Line($"global::System.Array.Clear({Array(clear.Output)}, 0, {N(Math.Min(clear.Count, clear.Output.Width))});");
                break;
            case CopyRows copy:
                writer.Line($"global::System.Array.Copy({Array(copy.Input)}, {Start(copy.Input)}, {Array(copy.Output)}, {Start(copy.Output)}, {N(copy.Output.Width)});");
                break;
            case Gemm product:
                using (writer.Open($"for (int o = 0; o < {N(_cell.Width)}; o++)"))
                {
                    writer.Line($"double sum = {(product.Bias is null ? "0" : $"p[{N(product.Bias.Offset)} + o]")};");
                    writer.Line($"for (int i = 0; i < {N(_cell.Units)}; i++)");
                    writer.Line($"    sum += {At(product.Input, "i")} * p[{N(product.Weight.Offset)} + i * {N(_cell.Width)} + o];");
                    writer.Line($"{At(product.Output, "o")} = sum;");
                }

                break;
            case GemmTransposed product:
                using (writer.Open($"for (int i = 0; i < {N(_cell.Units)}; i++)"))
                {
                    writer.Line("double sum = 0;");
                    writer.Line($"for (int o = 0; o < {N(_cell.Width)}; o++)");
                    writer.Line($"    sum += {At(product.OutputGradient, "o")} * p[{N(product.Weight.Offset)} + i * {N(_cell.Width)} + o];");
                    writer.Line($"{At(product.InputGradient, "i")} = sum;");
                }

                break;
            case CellStep step:
                WriteStep(writer, step);
                break;
            default:
                throw new NotSupportedException($"{operation.GetType().Name} has no plain loop in a recurrent layer.");
        }
    }

    private void WriteStep(CSharpWriter writer, CellStep step)
    {
        CellForm form = step.Form;
        CellPlace[] loads = [.. CellText.Loads(form, form.Statements, form.Stores)];
        writer.Line("// " + form.Comment);
        using (writer.Open($"for (int unit = 0; unit < {N(_cell.Units)}; unit++)"))
        {
            writer.Line($"double {string.Join(", ", loads.Select(load => $"{load.Variable} = {Place(step, load)}"))};");
            foreach (string statement in CellText.Statements(loads, form.Statements, "double", Function, word => word == "one" ? "1" : word == "zero" ? "0" : CSharpLiteral.Of(step.Limit)))
                writer.Line(statement);
            foreach (CellPlace store in form.Stores)
                writer.Line($"{Place(step, store)} = {(store.Variable == "zero" ? "0" : store.Variable)};");
            if (_outputGradient is null)
                WritePieces(writer, step);
        }
    }

    /// <summary>On which side of a kink the values lie.</summary>
    private void WritePieces(CSharpWriter writer, CellStep step)
    {
        ActivationFunction function = ActivationFunction.Of(_cell.Function);
        if (_cell.Kind == CellKind.Simple && function.HasKinks)
            writer.Line($"pieces = unchecked(pieces * 31 + (ulong)({function.RegionExpression("z")}));");
        if (step.Form.HasLimit)
            writer.Line($"pieces = unchecked(pieces * 31 + (ulong)((m < {CSharpLiteral.Of(step.Limit)} ? 1 : 0) + (m > {CSharpLiteral.Of(-step.Limit)} ? 1 : 0)));");
    }

    private string Place(CellStep step, CellPlace place) => At(step.Of(place.Slot), place.Part == 0 ? "unit" : $"{N(place.Part * _cell.Units)} + unit");

    private string At(Tensor tensor, string index) => $"{Array(tensor)}[{(Places.Within(tensor) is { Length: > 0 } within ? within + " + " : string.Empty)}{index}]";

    private static string Start(Tensor tensor) => Places.Within(tensor) is { Length: > 0 } within ? within : "0";

    private string Array(Tensor tensor) => tensor.Equals(_outputGradient) ? PlainLoops.Gradient(recurrence.Tensors.Output.Name) : PlainLoops.Value(tensor.Name);

    private string Function(string helper) => context.Functions.Require(context.ScalarDouble, helper);

    private static string N(int value) => CSharpLiteral.Of(value);
}
