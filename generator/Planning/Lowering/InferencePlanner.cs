using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Graph;
using GeneratedNetworks.Generator.Operations;

namespace GeneratedNetworks.Generator.Planning;

/// <summary>Plans <c>Forward</c>: the layers in order, from the caller's inputs to the caller's outputs.</summary>
internal static class InferencePlanner
{
    /// <summary>What the layers ask for, and the value that they end with.</summary>
    public static (List<Operation> Operations, Tensor Value) Lower(NetworkGraph graph, Layout layout)
    {
        ForwardLowering forward = new(graph, new Tensors(layout));
        foreach (Node node in graph.Operations)
        {
            if (node.Layer.TrainingOnly)
                forward.Skip(node);
            else
                forward.Add(node);
        }

        return (forward.Operations, forward[graph.Output]);
    }

    public static InferencePlan Plan(NetworkGraph graph, Layout layout, List<Operation> lowered, Tensor value, ParameterStore parameters, Forced forced)
    {
        List<Operation> operations = Fusion.Fuse(lowered, lowered, layout);
        Tensor result = new Tensors(layout).Of(graph.Output, TensorRole.Output);
        Operation? last = operations.LastOrDefault();
        if (last is not null && last.Results.Contains(value) && last.WritingTo(result) is { } direct)
            operations[operations.Count - 1] = direct;
        else
            operations.Add(new CopyRows(value, result));

        MemoryPlan memory = MemoryPlanner.Place(operations, layout);
        return new InferencePlan(
            new(operations),
            memory,
            forced.InferenceRows ?? ChunkSize.ForInference(graph, memory.RowSize * layout.ElementBytes, parameters.Dense),
            SamplePlanner.PlanInference(operations, parameters.Dense, layout));
    }
}
