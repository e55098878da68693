using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Emit.Kernels;
using GeneratedNetworks.Generator.Operations;
using GeneratedNetworks.Generator.Planning;

namespace GeneratedNetworks.Generator.Emit;

/// <summary>The kernels of operations on whole rows, for profiles without vectors.</summary>
internal static class RowOperations
{
    public static Kernel Of(Add add, Layout layout) =>
        new PairRowsKernel($"Add{add.Output.Stride}Rows", $"y = a + b, rows of {add.Output.Stride} elements.", '+', add.Output.Stride, layout.Line);

    public static Kernel Of(Multiply multiply, Layout layout) =>
        new PairRowsKernel($"Multiply{multiply.Output.Stride}Rows", $"y = a·b, rows of {multiply.Output.Stride} elements.", '*', multiply.Output.Stride, layout.Line);

    /// <summary>One call for each part.</summary>
    public static IEnumerable<(Kernel Kernel, Tensor From, Tensor To)> Of(Concatenate join)
    {
        int at = 0;
        for (int i = 0; i < join.Inputs.Count; i++)
        {
            Tensor input = join.Inputs[i];
            bool isLast = i == join.Inputs.Count - 1;
            yield return (Part(input, 0, input.Shape.Columns, join.Output, at, join.Output.Shape.Columns, input.Shape.Columns, isLast), input, join.Output);
            at += input.Shape.Columns;
        }
    }

    /// <summary>The same.</summary>
    public static IEnumerable<(Kernel Kernel, Tensor From, Tensor To)> Of(Split split) => split.Parts.Select(part => (
        (Kernel)Part(split.OutputGradient, part.At, split.OutputGradient.Shape.Columns, part.Gradient, 0, part.Columns, part.Columns, true), split.OutputGradient, part.Gradient));

    /// <summary>Rows that are parts of longer ones.</summary>
    public static Kernel Part(Tensor from, Tensor to) => new CopyPartsKernel(
        $"Copy{PassWriter.Pascal(from.Name)}", $"{from.Width} elements of each row.", new(0, from.Width, from.Stride), new(0, to.Width, to.Stride), to.Width, 1, 0);

    private static CopyPartsKernel Part(Tensor from, int fromAt, int fromStep, Tensor to, int toAt, int toStep, int columns, bool isLast) => new(
        PassWriter.Pascal(from.Name) + (from.IsGradient ? "Part" : "Into" + PassWriter.Pascal(to.Name)),
        $"Columns {fromAt} to {fromAt + columns - 1} of {fromStep} become columns {toAt} to {toAt + columns - 1} of {toStep}.",
        new(fromAt, fromStep, from.Stride),
        new(toAt, toStep, to.Stride),
        columns,
        to.Width / toStep,
        isLast ? to.Stride - to.Width : 0);

    public static Kernel Of(Clamp clamp, Layout layout) =>
        new ClampKernel(
            PassWriter.Pascal(clamp.Output.Name) + "Clamp", "to = from, held between two bounds.", clamp.Minimum, clamp.Maximum, false, clamp.Output.Stride, layout.Line);

    public static Kernel Of(ClampBackward clamp, Layout layout) =>
        new ClampKernel(
            PassWriter.Pascal(clamp.InputGradient.Name) + "Clamp",
            "to = from where saved is strictly between two bounds, otherwise 0.",
            clamp.Minimum,
            clamp.Maximum,
            true,
            clamp.InputGradient.Stride,
            layout.Line);

    public static Kernel Of(MultiplyRow multiply, NetworkPlan plan) =>
        new MultiplyRowKernel(
            PassWriter.Pascal(multiply.Row.Layer) + PassWriter.Pascal(multiply.Row.Kind),
            $"{multiply.Row.Layer}: y[…, c] = x[…, c]·{multiply.Row.Kind}[c].",
            multiply.Row.Shape.Count,
            multiply.Output.Width,
            multiply.Output.Stride,
            plan.Parameters.Of(multiply.Row).Offset,
            plan.Layout.Line);

    public static Kernel Of(DivideRow divide, NetworkPlan plan)
    {
        string formula = divide.Mean is null ? "x[…, c] / deviation[c]" : "(x[…, c] - mean[c]) / deviation[c]";
        return new DivideRowKernel(
            PassWriter.Pascal(divide.Output.Name) + (divide.Output.IsScratch ? "" : "Result") + "Quotient",
            $"{divide.Deviation.Layer}: y[…, c] = {formula}.",
            divide.Deviation.Shape.Count,
            divide.Output.Width,
            divide.Input.Stride,
            divide.Output.Stride,
            divide.Mean is null ? -1 : plan.Parameters.Of(divide.Mean).Offset,
            plan.Parameters.Of(divide.Deviation).Offset,
            plan.Layout.Line);
    }

    public static Kernel Of(MultiplyRowGradient gradient, NetworkPlan plan) =>
        new MultiplyRowGradientKernel(
            PassWriter.Pascal(gradient.Row.Layer) + PassWriter.Pascal(gradient.Row.Kind) + "Gradient",
            $"{gradient.Row.Layer}: d{gradient.Row.Kind}[c] = Σ x[…, c]·dy[…, c], times scale.",
            gradient.Row.Shape.Count,
            gradient.Input.Width,
            gradient.Input.Stride,
            plan.Parameters.Of(gradient.Row).Offset);

    public static Kernel Of(SumRows sum, Layout layout) =>
        new SumRowsKernel(
            $"Sum{sum.Input.Width}To{sum.Output.Width}",
            $"y = Σ x over {sum.Input.Width / sum.Output.Width} rows of {sum.Output.Width} elements.",
            sum.Output.Width,
            sum.Input.Width,
            sum.Input.Stride,
            sum.Output.Stride,
            layout.Line);

    public static Kernel Of(RepeatRows repeat, Layout layout) =>
        new RepeatRowsKernel(
            $"Repeat{repeat.Input.Width}To{repeat.Output.Width}",
            $"{repeat.Output.Width / repeat.Input.Width} rows of y, each x.",
            repeat.Input.Width,
            repeat.Output.Width,
            repeat.Input.Stride,
            repeat.Output.Stride,
            layout.Line);
}
