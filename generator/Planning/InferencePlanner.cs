using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Graph;
using GeneratedNetworks.Generator.Operations;

namespace GeneratedNetworks.Generator.Planning;

/// <summary>Plans <c>Forward</c>: the layers in order, from the caller's inputs to the caller's outputs.</summary>
internal static class InferencePlanner
{
    public static InferencePlan Plan(NetworkGraph graph, Layout layout, List<DenseWeights> weights, Forced forced)
    {
        PassBuilder pass = new(graph.Parameters);
        Tensors tensors = new(layout);
        Tensor value = tensors.Of(graph.Input, TensorRole.Input);
        foreach (Node node in graph.Operations)
        {
            if (node.Layer.TrainingOnly)
                continue;
            value = tensors.EnterScratch(pass, value, node);
            Tensor output = tensors.Of(node.Output);
            node.Layer.Forward(pass, value, output);
            value = output;
        }

        List<Operation> calls = Fusion.Fuse(pass.Operations, pass.Operations, layout);
        Tensor result = tensors.Of(graph.Output, TensorRole.Output);
        switch (calls.LastOrDefault())
        {
            case Gemm gemm:
                calls[calls.Count - 1] = gemm with { Output = result };
                break;
            case Softmax softmax:
                calls[calls.Count - 1] = softmax with { Output = result };
                break;
            default:
                calls.Add(new CopyRows(value, result));
                break;
        }

        MemoryPlan memory = MemoryPlanner.Place(calls, layout);
        return new InferencePlan(
            new(calls),
            memory,
            forced.InferenceRows ?? ChunkSize.ForInference(graph, memory.RowSize * layout.ElementBytes, weights),
            SamplePlanner.PlanInference(calls, weights, layout));
    }
}
