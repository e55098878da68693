using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using GeneratedNetworks.Generator.Graph;
using GeneratedNetworks.Generator.Issues;
using GeneratedNetworks.Generator.Layers;
using GeneratedNetworks.Generator.Model;

namespace GeneratedNetworks.Generator.Planning;

/// <summary>Lays out the parameters, walks the graph forward and then in reverse, and lets each layer add its kernel calls.</summary>
internal static class Planner
{
    /// <param name="graph">The network.</param>
    /// <param name="cancellation">Stops between the passes.</param>
    /// <param name="forced">What tests and benchmarks ask for in place of the cost model's choices.</param>
    public static NetworkPlan Plan(NetworkGraph graph, CancellationToken cancellation, Forced? forced = null)
    {
        forced ??= new Forced();
        Layout layout = new(graph.Profile, graph.Precision);
        List<DenseWeights> weights = PlaceWeights(graph, layout, forced, out int length, out int transposedLength);
        cancellation.ThrowIfCancellationRequested();
        InferencePlan inference = InferencePlanner.Plan(graph, layout, weights, forced);
        cancellation.ThrowIfCancellationRequested();
        TrainingPlan? training = graph.Training is null ? null : TrainingPlanner.Plan(graph, layout, weights, transposedLength, forced);
        List<Issue> notes = [.. LayerRules.Notes(graph), .. KernelSelector.Notes(weights, graph)];
        if (ChunkSize.IsBeyondStack(graph, layout, inference))
        {
            notes.Add(Issue.Create(
                IssueIds.ScratchBeyondStack,
                graph.Model.AttributeIndex,
                Number(inference.ScratchLength * layout.ElementBytes),
                Number(ChunkSize.StackBytes)));
        }

        return new NetworkPlan(graph, layout, new(weights), length, inference, training, new(notes))
        {
            SampleWidths = new(KernelSelector.SampleWidths(graph, layout, weights, inference.Sample)),
        };

        static string Number(int value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    private static List<DenseWeights> PlaceWeights(NetworkGraph graph, Layout layout, Forced forced, out int length, out int transposedLength)
    {
        List<DenseWeights> weights = [];
        int offset = 0;
        int transposed = 0;
        bool needsInputGradient = graph.Training is { InputGradients: true };
        foreach (Node node in graph.Nodes)
        {
            if (node.Layer is DenseLayer dense)
            {
                int inputs = node.Input.Shape.Count;
                int stride = layout.Stride(dense.Units);
                DenseKernels kernels = KernelSelector.Choose(graph, layout, node, dense.Units, forced);
                WeightOrder order = kernels.Order;
                int inputPanel = kernels.InputPanel;
                int inputStride = layout.Stride(inputs, inputPanel);
                bool packsTransposed = needsInputGradient && order == WeightOrder.Panels;
                DenseWeights layer = new(
                    dense.Name,
                    inputs,
                    dense.Units,
                    order,
                    layout.PanelWidth(dense.Units),
                    stride,
                    inputPanel,
                    inputStride,
                    offset,
                    -1,
                    packsTransposed ? transposed : -1,
                    dense.Frozen)
                {
                    Sample = kernels.Sample,
                    ForwardTile = kernels.ForwardTile,
                    GradientTile = kernels.GradientTile,
                };
                offset = layout.Align(checked(offset + layer.Length));
                if (dense.UseBias)
                {
                    layer = layer with { BiasOffset = offset };
                    offset = layout.Align(offset + stride);
                }

                weights.Add(layer);
                if (packsTransposed)
                    transposed = layout.Align(transposed + checked(dense.Units * inputStride));
            }

            needsInputGradient |= graph.Training is not null && node.Layer.IsTrainable;
        }

        length = offset;
        transposedLength = transposed;
        return weights;
    }
}
