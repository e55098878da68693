using System.Linq;
using GeneratedNetworks.Generator.Emit.Library;
using GeneratedNetworks.Generator.Operations;
using GeneratedNetworks.Generator.Planning;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit.Simd;

/// <summary>Steps of recurrent layers, and what streams remember.</summary>
internal static class SimdCells
{
    /// <summary>Whether the pass goes on from memory.</summary>
    private const string HasPast = "if (!Unsafe.IsNullRef(ref past))";

    private static string Copy(SimdCalls calls, Tensor from, Tensor to, int count) => calls.Invocation(PartUnits.Copy, calls.TypesOf(count), calls.At(from), "fromStride: " + SimdCalls.Text(from.Stride), "fromStep: " + SimdCalls.Text(count),
        calls.At(to), "toStride: " + SimdCalls.Text(to.Stride), "toStep: " + SimdCalls.Text(count), "columns: " + SimdCalls.Text(count), "count: 1", "rows");

    private static void WriteFrame(CSharpWriter writer, SimdCalls calls, ConvolveFrame frame)
    {
        (Recall recall, Convolve product) = (frame.Recall, frame.Product);
        DenseWeights weights = calls.Plan.Parameters.PatchesOf(product.Weight);
        string types = calls.Types.Of(weights.Panel), ends = calls.Use.Unit(ElementUnits.Ends(product.Bias is not null, product.Function)), kind = $"{ends}<{types}>";
        if (weights.Outputs % System.Math.Min(weights.Panel, calls.Plan.Layout.Line) != 0)
            kind = $"{calls.Use.Unit(TileUnits.Part)}<{types.Substring(types.IndexOf(' ') + 1)}, {kind}>";
        string w = SimdCalls.Parameter(Emit.Places.Weight(weights)), bias = product.Bias is null ? w : SimdCalls.Parameter(Emit.Places.Of(product.Bias));
        calls.Call(writer, FrameUnits.Name(frame.IsInlined), $"{types}, {kind}", calls.At(recall.Input), "xStride: " + SimdCalls.Text(recall.Input.Stride), calls.At(recall.Past), "pastStride: " + SimdCalls.Text(recall.Past.Stride), w, bias, calls.At(product.Output),
            "yStride: " + SimdCalls.Text(product.Output.Stride), "kernel: " + SimdCalls.Text(recall.Kernel), "dilation: " + SimdCalls.Text(recall.Dilation), "channels: " + SimdCalls.Text(recall.Channels), "panel: " + SimdCalls.Text(weights.Panel),
            "width: " + SimdCalls.Text(weights.Outputs), "rows");
    }

    private static void WriteRow(CSharpWriter writer, SimdCalls calls, CellRow row)
    {
        DenseWeights recurrent = calls.Plan.Weights.Of(row.Product.Weight);
        CellForm form = row.Step.Form;
        string u = SimdCalls.Parameter(Emit.Places.Weight(recurrent)), gates = Row(row.Step.Of(CellForms.Gates));
        (string x, string w, string start, int features) = row.Input is { } input
            ? (Row(input.Input), SimdCalls.Parameter(Emit.Places.Of(input.Weight)), input.Bias is null ? u : SimdCalls.Parameter(Emit.Places.Of(input.Bias)), input.Input.Shape.Count)
            : (gates, u, gates, 0);
        string bias = row.Product.Bias is null ? u : SimdCalls.Parameter(Emit.Places.Of(row.Product.Bias));
        string[] limit = form.HasLimit ? ["limit: " + calls.Literal(row.Step.Limit)] : [];
        string types = $"{calls.Types.Of(recurrent.Panel)}, {SimdTypes.Parameters}";
        writer.Line("for (int n = 0; n < rows; n++)");
        writer.Line("    " + calls.Invocation(CellRowUnits.Name(form, row.IsInlined), types,
            [x, "features: " + SimdCalls.Text(features), w, start, "hasStart: " + (row.Input is null or { Bias: not null } ? "true" : "false"), u, bias, "hasBias: " + (row.Product.Bias is null ? "false" : "true"),
                .. row.Step.Tensors.Select(Row), "units: " + SimdCalls.Text(row.Step.Units), "panel: " + SimdCalls.Text(recurrent.Panel), .. limit, "keep: " + (row.Keeps ? "true" : "false"), calls.HasLengths ? "ref lengths" : "ref Unsafe.NullRef<int>()", "n", RepetitionText.StepOf(row.Step)]));

        string Row(Tensor tensor) => calls.At(tensor) is var at && at.EndsWith(")", System.StringComparison.Ordinal)
            ? $"{at.Substring(0, at.Length - 1)} + n * {SimdCalls.Text(tensor.Stride)})"
            : $"ref Unsafe.Add({at}, n * {SimdCalls.Text(tensor.Stride)})";
    }

    /// <returns>Whether it is such an operation.</returns>
    public static bool Write(CSharpWriter writer, SimdCalls calls, Operation operation)
    {
        switch (operation)
        {
            case Clear clear:
                calls.Call(writer, CellUnits.Clear, null, calls.At(clear.Output), "stride: " + SimdCalls.Text(clear.Output.Stride), "count: " + SimdCalls.Text(clear.Count), "rows");
                return true;
            case Lookup lookup:
                calls.Call(writer, CellUnits.Lookup, null, calls.At(lookup.Input), "xStride: " + SimdCalls.Text(lookup.Input.Stride), SimdCalls.Parameter(Places.Of(lookup.Table)), "vocabulary: " + SimdCalls.Text(lookup.Table.Shape.Rows),
                    "columns: " + SimdCalls.Text(lookup.Table.Shape.Columns), calls.At(lookup.Output), "yStride: " + SimdCalls.Text(lookup.Output.Stride), "steps: " + SimdCalls.Text(lookup.Input.Width), "rows");
                return true;
            case LookupGradient lookup:
                calls.Call(writer, CellUnits.LookupGradient, null, calls.At(lookup.Input), "xStride: " + SimdCalls.Text(lookup.Input.Stride), SimdCalls.Gradient(Places.Of(lookup.Table)), "vocabulary: " + SimdCalls.Text(lookup.Table.Shape.Rows),
                    "columns: " + SimdCalls.Text(lookup.Table.Shape.Columns), calls.At(lookup.OutputGradient), "yStride: " + SimdCalls.Text(lookup.OutputGradient.Stride), "steps: " + SimdCalls.Text(lookup.Input.Width), "rows", "scale", "add");
                return true;
            case Recall recall:
                calls.Call(writer, CellUnits.Recall, null, calls.At(recall.Input), "xStride: " + SimdCalls.Text(recall.Input.Stride), calls.At(recall.Past), "pastStride: " + SimdCalls.Text(recall.Past.Stride), calls.At(recall.Output),
                    "yStride: " + SimdCalls.Text(recall.Output.Stride), "kernel: " + SimdCalls.Text(recall.Kernel), "dilation: " + SimdCalls.Text(recall.Dilation), "channels: " + SimdCalls.Text(recall.Channels), "rows");
                return true;
            case RecallWindow recall:
                writer.Line(HasPast);
                writer.Line("    " + calls.Invocation(CellUnits.RecallWindow, null, calls.At(recall.Past), "pastStride: " + SimdCalls.Text(recall.Past.Stride), calls.At(recall.Output), "yStride: " + SimdCalls.Text(recall.Output.Stride),
                    "frames: " + SimdCalls.Text(recall.Frames), "channels: " + SimdCalls.Text(recall.Channels), "steps: " + SimdCalls.Text((recall.Output.Width / recall.Channels) - recall.Frames), "rows"));
                return true;
            case Resume resume:
                writer.Line(HasPast);
                writer.Line("    " + Copy(calls, resume.Past, resume.Output, resume.Count));
                writer.Line("else");
                writer.Line("    " + calls.Invocation(CellUnits.Clear, null, calls.At(resume.Output), "stride: " + SimdCalls.Text(resume.Output.Stride), "count: " + SimdCalls.Text(resume.Count), "rows"));
                return true;
            case Retain retain:
                writer.Line(HasPast);
                writer.Line("    " + Copy(calls, retain.Input, retain.Past, retain.Past.Width));
                return true;
            case ConvolveFrame frame:
                WriteFrame(writer, calls, frame);
                return true;
            case CellRow row:
                WriteRow(writer, calls, row);
                return true;
            case CellStep step:
                string[] limit = step.Form.HasLimit ? ["limit: " + calls.Literal(step.Limit)] : [];
                calls.Call(writer, step.Form.Name, SimdTypes.Parameters,
                    [.. step.Tensors.SelectMany((tensor, slot) => new[] { calls.At(tensor), $"{step.Form.Slots[slot]}Stride: {SimdCalls.Text(tensor.Stride)}" }), "units: " + SimdCalls.Text(step.Units), .. limit, "rows", calls.HasLengths ? "ref lengths" : "ref Unsafe.NullRef<int>()", RepetitionText.StepOf(step)]);
                return true;
            default:
                return false;
        }
    }
}
