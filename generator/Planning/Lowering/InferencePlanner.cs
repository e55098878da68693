using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Graph;
using GeneratedNetworks.Generator.Operations;

namespace GeneratedNetworks.Generator.Planning;

/// <summary>Plans <c>Forward</c>: the layers in order, from the caller's inputs to the caller's outputs.</summary>
internal static class InferencePlanner
{
    /// <summary>What the layers ask for, and the values that are the outputs.</summary>
    /// <param name="graph">The network, or one frame of it.</param>
    /// <param name="layout">Padding.</param>
    /// <param name="memory">What a stream remembers, for a frame.</param>
    public static (List<Operation> Operations, IReadOnlyList<Tensor> Values) Lower(NetworkGraph graph, Layout layout, StreamMemory? memory = null)
    {
        ForwardLowering forward = new(graph, new Tensors(layout), memory: memory);
        foreach (Node node in graph.Operations)
        {
            if (node.Layer.TrainingOnly)
                forward.Skip(node);
            else
                forward.Add(node);
        }

        return (forward.Operations, [.. graph.Outputs.Select(output => forward[output.Value])]);
    }

    /// <summary>What runs for one frame, and what a stream remembers.</summary>
    public static (List<Operation> Operations, IReadOnlyList<Tensor> Values, StreamMemory Memory) LowerFrame(NetworkGraph frame, Layout layout)
    {
        StreamMemory parts = new(layout.ElementType);
        Lower(frame, layout, parts);

        // How far memories are apart is known once every layer has its part.
        StreamMemory memory = new(layout.ElementType, System.Math.Max(1, parts.Size));
        (List<Operation> operations, IReadOnlyList<Tensor> values) = Lower(frame, layout, memory);
        return (operations, values, memory);
    }

    public static InferencePlan Plan(NetworkGraph graph, Layout layout, List<Operation> lowered, IReadOnlyList<Tensor> values, ParameterStore parameters, Forced forced)
    {
        List<Operation> operations = RowSteps.Inlined(RowSteps.OfFrames(graph, Fusion.Fuse(RowSteps.Of(graph, layout, lowered, keeps: false), lowered, layout, values.Count > 1 ? values : [])));
        Tensors tensors = new(layout);
        Operation? last = operations.LastOrDefault();
        if (values.Count == 1 && last is not null && last.Results.Contains(values[0]) && last.WritingTo(tensors.Of(graph.Output, TensorRole.Output)) is { } direct)
        {
            operations[operations.Count - 1] = direct;
        }
        else
        {
            for (int i = 0; i < values.Count; i++)
                operations.Add(new CopyRows(values[i], tensors.PartOf(graph.Outputs[i].Value, TensorRole.Output, graph.Outputs[i].Offset, graph.Output.Shape.Count)));
        }

        operations = JoinPlacement.Place(operations, layout, parameters);
        MemoryPlan memory = MemoryPlanner.Place(operations, layout);
        return new InferencePlan(
            new(operations),
            memory,
            forced.InferenceRows ?? (RowSteps.AreFrames(operations) ? ChunkSize.ForRows(memory.RowSize * layout.ElementBytes) : ChunkSize.ForInference(graph, memory.RowSize * layout.ElementBytes, parameters.Dense)),
            SamplePlanner.PlanInference(operations, parameters.Dense, layout));
    }
}
