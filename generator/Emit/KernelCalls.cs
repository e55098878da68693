using System.Collections.Generic;
using GeneratedNetworks.Generator.Emit.Kernels;
using GeneratedNetworks.Generator.Operations;
using GeneratedNetworks.Generator.Planning;

namespace GeneratedNetworks.Generator.Emit;

/// <summary>A kernel and what it is called with, in order: values of a chunk, whole arrays by name, and numbers.</summary>
internal sealed record KernelCall(Kernel Kernel, IReadOnlyList<Tensor> Tensors, IReadOnlyList<string> Memory, IReadOnlyList<string> Values);

/// <summary>The kernels of windows and of rows' statistics, for profiles without vectors.</summary>
internal static class KernelCalls
{
    private static readonly string[] Rows = ["rows"];

    private static readonly string[] RowsScaleAdd = ["rows", "scale", "add"];

    /// <summary>Null for an operation of another kind.</summary>
    public static KernelCall? Of(Operation operation, NetworkPlan plan) => operation switch
    {
        MaxPool pool => new(
            new MaxPoolKernel(Name(pool.Output), $"The largest of each window, {pool.Channels} channels.", pool.Window, pool.Channels, pool.Input.Stride, pool.Output.Stride),
            [pool.Input, pool.Output], [], Rows),
        MaxPoolBackward pool => new(
            new MaxPoolBackwardKernel(
                Name(pool.InputGradient), "Each dy goes to the first element that is as large as y.", pool.Window, pool.Channels, pool.Input.Stride, pool.Output.Stride, pool.InputGradient.Stride),
            [pool.Input, pool.Output, pool.OutputGradient, pool.InputGradient], [], Rows),
        AveragePool pool => new(
            new AveragePoolKernel(
                Name(pool.Output), $"The mean of each window, {pool.Channels} channels.", pool.Window, pool.CountPadding, pool.Channels, pool.Input.Stride, pool.Output.Stride),
            [pool.Input, pool.Output], [], Rows),
        AveragePoolBackward pool => new(
            new AveragePoolBackwardKernel(
                Name(pool.InputGradient), "Each dy goes to its window in equal shares.", pool.Window, pool.CountPadding, pool.Channels, pool.OutputGradient.Stride, pool.InputGradient.Stride),
            [pool.OutputGradient, pool.InputGradient], [], Rows),
        LayerNormalize norm => new(
            new LayerNormKernel(
                Places.Pascal(norm.Output.Name) + (norm.Output.IsScratch ? "" : "Result") + "Norm",
                $"Mean 0 and variance 1 for each {norm.Width} elements, times γ, plus β, where there are such.",
                Statistics(norm.Width, norm.Epsilon, norm.Input),
                OffsetOf(norm.Scale, plan),
                OffsetOf(norm.Offset, plan),
                norm.Output.Stride),
            [norm.Input, norm.Output], norm.Scale is null && norm.Offset is null ? [] : ["parameters"], Rows),
        LayerNormalizeBackward norm => new(
            new LayerNormBackwardKernel(
                Places.Pascal(norm.InputGradient.Name) + "Norm",
                "dx = (g - mean g - n·mean(g·n)) / deviation, g = dy·γ, n the normalized x.",
                Statistics(norm.Width, norm.Epsilon, norm.Input),
                OffsetOf(norm.Scale, plan),
                norm.InputGradient.Stride),
            [norm.Input, norm.OutputGradient, norm.InputGradient], norm.Scale is null ? [] : ["parameters"], Rows),
        LayerNormalizeGradient norm => new(
            new LayerNormGradientKernel(
                Places.Pascal((norm.Scale ?? norm.Offset)!.Layer) + "Gradient",
                "dγ = Σ dy·n and dβ = Σ dy, times scale, where there are such; n is the normalized x.",
                Statistics(norm.Width, norm.Epsilon, norm.Input),
                OffsetOf(norm.Scale, plan),
                OffsetOf(norm.Offset, plan),
                norm.OutputGradient.Stride),
            [norm.Input, norm.OutputGradient], ["gradients"], RowsScaleAdd),
        ParametricRelu slope => new(
            new SlopeKernel(
                Places.Pascal(slope.Output.Name) + "Slope", "y = x where x is positive, otherwise slope·x.", slope.Slope.Shape.Count, slope.Output.Width, slope.Output.Stride, OffsetOf(slope.Slope, plan), false),
            [slope.Input, slope.Output], ["parameters"], Rows),
        ParametricReluBackward slope => new(
            new SlopeKernel(
                Places.Pascal(slope.InputGradient.Name) + "Slope", "dx = dy where x is positive, otherwise slope·dy.", slope.Slope.Shape.Count, slope.Input.Width, slope.Input.Stride, OffsetOf(slope.Slope, plan), true),
            [slope.Input, slope.OutputGradient, slope.InputGradient], ["parameters"], Rows),
        ParametricReluGradient slope => new(
            new SlopeGradientKernel(
                Places.Pascal(slope.Slope.Layer) + "SlopeGradient", "dSlope = Σ x·dy over what is not positive, times scale.", slope.Slope.Shape.Count, slope.Input.Width, slope.Input.Stride, OffsetOf(slope.Slope, plan)),
            [slope.Input, slope.OutputGradient], ["gradients"], RowsScaleAdd),
        _ => null,
    };

    private static RowStatistics Statistics(int width, double epsilon, Tensor input) => new(width, input.Width / width, input.Stride, epsilon);

    private static int OffsetOf(ParameterBlock? block, NetworkPlan plan) => block is null ? -1 : plan.Parameters.Of(block).Offset;

    private static string Name(Tensor result) => Places.Pascal(result.Name) + (result.IsScratch ? "" : "Result") + "Pool";
}
