using GeneratedNetworks.Generator.Emit.Kernels;
using GeneratedNetworks.Generator.Operations;
using GeneratedNetworks.Generator.Planning;

namespace GeneratedNetworks.Generator.Emit;

/// <summary>The kernels of batch normalization, for profiles without vectors.</summary>
internal static class NormalizationOperations
{
    public static Kernel Of(NormalizeBatch norm, NetworkPlan plan) => new BatchNormKernel(
        Name(norm.Norm) + "ByAverages" + (norm.Output.IsScratch ? "" : "Result"), $"{norm.Norm.Mean.Layer}: y = (x - mean) / √(variance + ε)·γ + β.", PlacesOf(norm.Norm, norm.Input, plan), norm.Input.Stride, norm.Output.Stride, null, false);

    public static Kernel Of(BatchNorm norm, NetworkPlan plan) => new BatchNormKernel(
        Name(norm.Norm) + "Forward", $"{norm.Norm.Mean.Layer}: y = (x - m) / √(v + ε)·γ + β, m and v of the chunk in training.", PlacesOf(norm.Norm, norm.Input, plan), norm.Input.Stride, norm.Output.Stride, norm.Momentum, norm.IsUnbiased);

    public static Kernel Of(BatchNormBackward norm, NetworkPlan plan) => new BatchNormGradientKernel(
        Name(norm.Norm) + "Gradient",
        $"{norm.Norm.Mean.Layer}: dβ = Σ dy, dγ = Σ dy·x̂, dx = γ·s·(dy - dβ / N - x̂·dγ / N), x̂ = (x - m)·s.",
        PlacesOf(norm.Norm, norm.Input, plan),
        norm.Input.Stride,
        norm.InputGradient is not null,
        norm.Norm.Gamma is { IsTrained: true },
        norm.Norm.Beta is { IsTrained: true });

    public static Kernel Of(NormalizeBatchBackward norm, NetworkPlan plan) => new BatchNormScaleKernel(
        Name(norm.Norm) + "InputGradient", $"{norm.Norm.Mean.Layer}: dx = dy·γ / √(variance + ε).", PlacesOf(norm.Norm, norm.InputGradient, plan), norm.InputGradient.Stride);

    public static Kernel Move(BatchNormBlocks norm, Tensor input, NetworkPlan plan) =>
        new MoveAveragesKernel(Name(norm) + "Move", $"{norm.Mean.Layer}: the moving averages take what training passes left for them.", PlacesOf(norm, input, plan));

    private static string Name(BatchNormBlocks norm) => PassWriter.Pascal(norm.Mean.Layer);

    private static BatchNormPlaces PlacesOf(BatchNormBlocks norm, Tensor tensor, NetworkPlan plan)
    {
        return new(norm.Channels, tensor.Width, Place(norm.Gamma), Place(norm.Beta), Place(norm.Mean), Place(norm.Variance), norm.Epsilon);

        int Place(ParameterBlock? block) => block is null ? -1 : plan.Parameters.Of(block).Offset;
    }
}
