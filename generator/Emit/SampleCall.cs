using System.Collections.Generic;
using GeneratedNetworks.Generator.Emit.Kernels;
using GeneratedNetworks.Generator.Functions;
using GeneratedNetworks.Generator.Operations;
using GeneratedNetworks.Generator.Planning;

namespace GeneratedNetworks.Generator.Emit;

/// <summary>A kernel of the backward pass of one sample.</summary>
/// <param name="Kernel">What runs.</param>
/// <param name="Comment">Its formulas, in the network's own names.</param>
/// <param name="Places">The tensor behind each parameter that is a place in memory; null stands for the parameter array.</param>
internal sealed record SampleCall(Kernel Kernel, string Comment, IReadOnlyList<(string Name, Tensor? Tensor)> Places)
{
    /// <summary>A part of a step that has a form for one sample.</summary>
    public static SampleCall Of(NetworkPlan plan, SampleStepPart part) =>
        part.Operation is MapBackward map ? Of(plan, map) : Of(plan, part.Down, part.Update);

    /// <summary>Backward through a dense layer: dx, an update of the parameters, or both.</summary>
    public static SampleCall Of(NetworkPlan plan, GemmTransposed? down, WeightGradient? update)
    {
        DenseWeights weights = plan.Weights.Of(down?.Weight ?? update!.Weight) with { TransposedOffset = -1 };
        Tensor delta = down?.OutputGradient ?? update!.OutputGradient;
        List<string> formulas = [];
        List<string> summary = [];
        List<(string, Tensor?)> places = [("dz", delta), ("w", null)];
        if (down is not null)
        {
            formulas.Add($"{down.InputGradient.Name} = {delta.Name}·Wᵀ{Formulas.Slope(down.Function, down.Saved)}, W of {weights.Layer}");
            summary.Add(down.Saved is null ? "dx = dz·Wᵀ" : "dx = dz·Wᵀ ⊙ f'(saved)");
            places.Add(("dx", down.InputGradient));
            if (down.Saved is not null)
                places.Add(("saved", down.Saved));
        }

        if (update is not null)
        {
            string bias = weights.HasBias ? $", b += scale·{delta.Name}" : string.Empty;
            formulas.Add($"{weights.Layer}: W += scale·{update.Input.Name}ᵀ·{delta.Name}{bias}");
            summary.Add("W += scale·xᵀ·dz");
            places.Add(("x", update.Input));
        }

        string kind = down is null ? "StepSample" : update is null ? "InputGradientSample" : "BackwardStepSample";
        string name = PassWriter.Pascal(weights.Layer) + kind;
        string comment = $"{weights.Layer}, one sample: {string.Join("; ", summary)}.";
        string? helper = down?.Saved is null ? null : ActivationFunction.Of(down.Function).BackwardHelper;
        Kernel kernel = weights.IsByOutput
            ? new SampleBackwardByOutputKernel(name, comment, weights, down is not null, update is not null, helper)
            : new SampleBackwardKernel(name, comment, weights, down is not null, update is not null, helper, down?.InputGradient.Stride ?? 0);
        return new SampleCall(kernel, string.Join("\n", formulas), places);
    }

    private static SampleCall Of(NetworkPlan plan, MapBackward map) => new(
        PassWriter.MapBackwardKernel(map, plan.Layout),
        string.Join("\n", Formulas.Of(map, plan)),
        [("from", map.OutputGradient), ("saved", map.Saved), ("to", map.InputGradient)]);
}
