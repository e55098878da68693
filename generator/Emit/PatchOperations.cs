using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Emit.Kernels;
using GeneratedNetworks.Generator.Functions;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Operations;
using GeneratedNetworks.Generator.Planning;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit;

/// <summary>The kernels of windows, for profiles without vectors.</summary>
internal static class PatchOperations
{
    public static Kernel Of(Convolve product, NetworkPlan plan)
    {
        DenseWeights weights = plan.Parameters.PatchesOf(product.Weight);
        PatchWalk walk = PatchWalk.Of(product, weights);
        bool isIdentity = product.Function == Activation.Identity;
        return new PatchKernel(
            PassWriter.Pascal(weights.Layer) + (isIdentity ? "Sum" : product.Function + "Forward") + (product.Output.IsScratch ? "" : "Result"),
            $"{weights.Layer}: c = {(isIdentity ? "" : product.Function.ToString().ToLowerInvariant() + "(")}Σ a·W{(product.Bias is null ? "" : " + b")}{(isIdentity ? "" : ")")} over a window.",
            walk,
            product.Input.Stride,
            product.Output.Stride,
            weights.Offset,
            product.Bias is null ? -1 : plan.Parameters.Of(product.Bias).Offset,
            isIdentity ? null : ActivationFunction.Of(product.Function).ForwardHelper);
    }

    /// <summary>One for each group of elements that the same taps see.</summary>
    public static IEnumerable<Kernel> Of(ConvolveTransposed product, NetworkPlan plan)
    {
        DenseWeights weights = plan.Parameters.PatchesOf(product.Weight);
        return PatchWalk.Transposed(product, weights).Select((walk, number) => new PatchKernel(
            PassWriter.Pascal(weights.Layer) + "InputGradient",
            $"{weights.Layer}: dx = Σ dz·Wᵀ over the positions that see it, part {number + 1}.",
            walk,
            product.OutputGradient.Stride,
            product.InputGradient.Stride,
            weights.IsDepthwise ? weights.Offset : weights.TransposedOffset,
            -1,
            null));
    }

    public static Kernel Of(ConvolveGradient gradient, NetworkPlan plan)
    {
        DenseWeights weights = plan.Parameters.PatchesOf(gradient.Weight);
        return new PatchGradientKernel(
            PassWriter.Pascal(weights.Layer) + "WeightGradient",
            $"{weights.Layer}: dW = Σ x·dz over positions and samples{(gradient.Bias is null ? "" : ", db = Σ dz")}, times scale.",
            PatchWalk.Of(gradient, weights),
            gradient.Input.Stride,
            gradient.OutputGradient.Stride,
            weights.Offset,
            gradient.Bias is null ? -1 : plan.Parameters.Of(gradient.Bias).Offset,
            plan.Graph.IsReproducible);
    }

    /// <summary>One for each group of elements that the same taps spread over.</summary>
    public static IEnumerable<Kernel> Of(Deconvolve product, NetworkPlan plan)
    {
        DenseWeights weights = plan.Parameters.PatchesOf(product.Weight);
        bool isIdentity = product.Function == Activation.Identity;
        return PatchWalk.Of(product, weights).Select((walk, number) => new PatchKernel(
            PassWriter.Pascal(weights.Layer) + (isIdentity ? "Sum" : product.Function + "Forward") + (product.Output.IsScratch ? "" : "Result"),
            $"{weights.Layer}: c = {(isIdentity ? "" : product.Function.ToString().ToLowerInvariant() + "(")}Σ a·W{(product.Bias is null ? "" : " + b")}{(isIdentity ? "" : ")")} over the positions that spread over it, part {number + 1}.",
            walk,
            product.Input.Stride,
            product.Output.Stride,
            weights.Offset,
            product.Bias is null ? -1 : plan.Parameters.Of(product.Bias).Offset,
            isIdentity ? null : ActivationFunction.Of(product.Function).ForwardHelper));
    }

    public static Kernel Of(DeconvolveBackward product, NetworkPlan plan)
    {
        DenseWeights weights = plan.Parameters.PatchesOf(product.Weight);
        return new PatchKernel(
            PassWriter.Pascal(weights.Layer) + "InputGradient", $"{weights.Layer}: dx = Σ dz·Wᵀ over a window.", PatchWalk.Of(product, weights), product.OutputGradient.Stride, product.InputGradient.Stride, weights.TransposedOffset, -1, null);
    }

    /// <summary>One for each tap, and where it starts to read the gradient.</summary>
    public static IEnumerable<(Kernel Kernel, string Offset)> Of(DeconvolveGradient gradient, NetworkPlan plan)
    {
        DenseWeights weights = plan.Parameters.PatchesOf(gradient.Weight);
        Window window = gradient.Window;
        (_, int columns, int outputs) = gradient.OutputGradient.Shape.Plane;
        PatchWalk walk = PatchWalk.Of(gradient, weights);
        for (int tap = 0; tap < window.Taps; tap++)
        {
            int offset = ((tap / window.Columns.Kernel * window.Rows.Dilation * columns) + (tap % window.Columns.Kernel * window.Columns.Dilation)) * outputs;
            yield return (
                new PatchGradientKernel(
                    PassWriter.Pascal(weights.Layer) + "WeightGradient", $"{weights.Layer}: dW = Σ x·dz of tap {tap}, times scale.", walk, gradient.Input.Stride, gradient.OutputGradient.Stride, weights.Offset + (tap * walk.Weights.Row), -1, plan.Graph.IsReproducible),
                CSharpLiteral.Of(offset));
        }
    }

    public static Kernel Of(ChannelSums sums, NetworkPlan plan) => new ChannelSumsKernel(
        PassWriter.Pascal(sums.Bias.Layer) + "BiasGradient", $"{sums.Bias.Layer}: db = Σ dz over positions and samples, times scale.", sums.OutputGradient.Shape.Columns, sums.OutputGradient.Width, sums.OutputGradient.Stride, plan.Parameters.Of(sums.Bias).Offset, plan.Graph.IsReproducible);

    public static Kernel Of(Frame frame)
    {
        (int fromRows, int fromColumns, int channels) = frame.Input.Shape.Plane;
        (int toRows, int toColumns, _) = frame.Output.Shape.Plane;
        return new FrameKernel(
            PassWriter.Pascal(frame.Output.Name) + (frame.Top < 0 || frame.Left < 0 ? "Unframed" : ""),
            $"{fromRows}×{fromColumns}×{channels} becomes {toRows}×{toColumns}×{channels}.",
            (fromRows, fromColumns * channels, frame.Input.Stride),
            (toRows, toColumns * channels, frame.Output.Stride),
            frame.Top,
            frame.Left * channels);
    }
}
