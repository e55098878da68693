using GeneratedNetworks.Generator.Emit.Kernels;
using GeneratedNetworks.Generator.Operations;
using GeneratedNetworks.Generator.Planning;

namespace GeneratedNetworks.Generator.Emit;

/// <summary>The kernels of operations on whole rows, for profiles without vectors.</summary>
internal static class RowOperations
{
    public static Kernel Of(Add add, Layout layout) =>
        new AddRowsKernel($"Add{add.Output.Stride}Rows", $"y = a + b, rows of {add.Output.Stride} elements.", add.Output.Stride, layout.Line);

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
