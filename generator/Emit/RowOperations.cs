using GeneratedNetworks.Generator.Emit.Kernels;
using GeneratedNetworks.Generator.Operations;
using GeneratedNetworks.Generator.Planning;

namespace GeneratedNetworks.Generator.Emit;

/// <summary>The kernels of operations on whole rows, for profiles without vectors.</summary>
internal static class RowOperations
{
    public static Kernel Of(Add add, Layout layout) =>
        new AddRowsKernel($"Add{add.Output.Stride}Rows", $"y = a + b, rows of {add.Output.Stride} elements.", add.Output.Stride, layout.Line);

    public static Kernel Of(MultiplyRow multiply, NetworkPlan plan) =>
        new MultiplyRowKernel(
            PassWriter.Pascal(multiply.Row.Layer) + PassWriter.Pascal(multiply.Row.Kind),
            $"{multiply.Row.Layer}: y[…, c] = x[…, c]·{multiply.Row.Kind}[c].",
            multiply.Row.Shape.Count,
            multiply.Output.Width,
            multiply.Output.Stride,
            plan.Parameters.Of(multiply.Row).Offset,
            plan.Layout.Line);

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
