using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using GeneratedNetworks.Generator.Graph;
using GeneratedNetworks.Generator.Layers;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Operations;
using GeneratedNetworks.Generator.Planning;

namespace GeneratedNetworks.Generator.Emit;

/// <summary>A row of the table of layers, which the header shows and the network says at run time.</summary>
/// <param name="Name">The layer's name.</param>
/// <param name="Kind">What it is: an attribute's name, or an activation's.</param>
/// <param name="IsActivation">Whether it is an activation, which its label names.</param>
/// <param name="Shape">Of one sample behind it.</param>
/// <param name="Parameters">How many it has.</param>
/// <param name="MultiplyAdds">How many its product takes.</param>
/// <param name="Kernel">How it is computed, in words.</param>
internal sealed record LayerRow(string Name, string Kind, bool IsActivation, string Shape, int Parameters, long MultiplyAdds, string Kernel)
{
    /// <summary>What stands in the first column: where one attribute stands for two layers, the second says what it is.</summary>
    public string Label(string nameAbove) => IsActivation || Name == nameAbove ? $"{Name} {Kind.ToLowerInvariant()}" : Name;
}

/// <summary>The layers of a network in order, the input first.</summary>
internal static class LayerTable
{
    public static IReadOnlyList<LayerRow> Of(NetworkPlan plan)
    {
        NetworkGraph graph = plan.Graph;
        List<LayerRow> rows = [new("x", "Input", false, graph.Input.Shape.ToString(), 0, 0, "input")];
        foreach (Node node in graph.Nodes)
        {
            DenseWeights? weights = plan.Weights.FirstOrDefault(candidate => candidate.Layer == node.Layer.Name && node.Layer is DenseLayer);
            rows.Add(new LayerRow(
                node.Layer.Name,
                Kind(node.Layer),
                node.Layer is ActivationLayer,
                node.Output.Shape.ToString(),
                node.Layer.Parameters([.. node.Inputs.Select(input => input.Shape)]).Sum(parameter => parameter.Shape.Count),
                weights is null ? MultiplyAdds(plan, node) : (long)weights.Inputs * weights.Outputs,
                Kernel(plan, node, weights)));
        }

        return rows;
    }

    /// <summary>The rows as text that the runtime library reads: lines, with tabs between the cells, then sentences without one.</summary>
    public static string Text(NetworkPlan plan) => string.Join("\n", Of(plan)
        .Select(row => string.Join("\t", row.Name, row.Kind, row.Shape, Count(row.Parameters), Count(row.MultiplyAdds), row.Kernel))
        .Concat(Header.Memory(plan)));

    /// <summary>Those of a window over all its positions.</summary>
    private static long MultiplyAdds(NetworkPlan plan, Node node) => Of(plan, node) switch
    {
        Recurrence => Footprint.Total(new Footprint(plan).MultiplyAdds.Where(share => share.Name == node.Layer.Name)),
        Convolve product => PatchWalk.Of(product, plan.Parameters.PatchesOf(product.Weight)).MultiplyAdds,
        Deconvolve product => PatchWalk.Of(product, plan.Parameters.PatchesOf(product.Weight)).Sum(walk => walk.MultiplyAdds),
        _ => 0,
    };

    /// <summary>The operation of inference that computes a layer's value, or the product that its sum is part of; null where it is fused or has none.</summary>
    private static Operation? Of(NetworkPlan plan, Node node) => plan.Inference.Calls.FirstOrDefault(call => call switch
    {
        Convolve product => product.Weight.Layer == node.Layer.Name && node.Layer is ConvLayer or DepthwiseLayer or DenseLayer,
        Deconvolve product => product.Weight.Layer == node.Layer.Name && node.Layer is ConvTransposeLayer,
        _ => call.Results.Any(result => result.Name == node.Output.Name),
    });

    private static Concatenate? Join(NetworkPlan plan, Node node) => plan.Inference.Calls.OfType<Concatenate>().FirstOrDefault(join => join.Output.Name == node.Output.Name);

    /// <summary>Nothing for none.</summary>
    public static string Count(long number) => number == 0 ? string.Empty : number.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>Layers that compute nothing outside training do not say what they are.</summary>
    private static string Kind(Layer layer)
    {
        const string Suffix = nameof(Layer);
        string type = layer.GetType().Name;
        return layer.Kind.Length > 0 || !type.EndsWith(Suffix, System.StringComparison.Ordinal) ? layer.Kind : type.Substring(0, type.Length - Suffix.Length);
    }

    private static string Kernel(NetworkPlan plan, Node node, DenseWeights? weights)
    {
        if (weights is not null)
            return weights.IsByOutput ? "a dot product per output" : $"{weights.Panel} outputs side by side";
        return node.Layer switch
        {
            ActivationLayer { Function: Activation.Softmax or Activation.LogSoftmax } => "row by row",
            ActivationLayer when Of(plan, node) is Map => "a pass of its own",
            ActivationLayer => plan.Inference.Calls.OfType<Map>().Any(map => map.Output.Name == node.Output.Name)
                || plan.Inference.Calls.OfType<Gemm>().Any(gemm => gemm.Output.Name == node.Output.Name && plan.Weights.Of(gemm.Weight).IsByOutput)
                ? "a pass of its own"
                : "fused into the product",
            ShapeLayer => "no code",
            FrameLayer when Of(plan, node) is null => "written in place",
            _ when node.Layer.TrainingOnly => "training only",
            _ => Of(plan, node) switch
            {
                Convolve product when plan.Parameters.PatchesOf(product.Weight) is var patches => patches.IsDepthwise ? "channels side by side" : patches.IsColumn ? "a dot product per position" : $"{patches.Panel} outputs side by side",
                Deconvolve product => $"{plan.Parameters.PatchesOf(product.Weight).Panel} outputs side by side",
                Frame => "a copy with zeros around it",
                Recurrence { IsByRow: true, Steps: 1 } => "row by row, products and gates in one",
                Recurrence { IsByRow: true } repetition => $"{Count(repetition.Steps)} steps, row by row, products and gates in one",
                Recurrence { Steps: 1 } => "a product of the state, then unit by unit",
                Recurrence repetition => $"{Count(repetition.Steps)} steps: a product of the state, then unit by unit",
                Lookup => "rows copied",
                _ when Join(plan, node) is { } join && join.Inputs.Any(input => input.Whole is not null) =>
                    join.Inputs.All(input => input.Whole is not null) ? "written by its parts" : "written by some of its parts",
                null => string.Empty,
                _ => "a pass of its own",
            },
        };
    }
}
