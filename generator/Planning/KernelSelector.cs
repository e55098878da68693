using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using GeneratedNetworks.Generator.Diagnostics;
using GeneratedNetworks.Generator.Graph;
using GeneratedNetworks.Generator.Model;

namespace GeneratedNetworks.Generator.Planning;

/// <summary>Decides which loops are written out. Beyond some size a loop around an unrolled tile runs as fast, in far less code.</summary>
internal static class KernelSelector
{
    /// <summary>Inputs of a layer up to which writing out its loop gains time.</summary>
    public const int UnrolledInputs = 32;

    /// <summary>Multiply-adds of a layer up to which it does.</summary>
    public const int UnrolledMultiplyAdds = 2048;

    /// <summary>Multiply-adds that one method can hold before the just-in-time compiler stops optimising it, with a margin.</summary>
    public const int MethodMultiplyAdds = 8192;

    /// <summary>Outputs up to which weights lie output by output: more sums over lanes cost more than broadcasting the inputs.</summary>
    public const int ByOutputs = 4;

    /// <summary>
    /// Few outputs leave most lanes empty, so the inputs fill them: whole vectors of values of our own, since padding is zero
    /// in no activation's output and the caller's rows have none. Without vectors there are no lanes to fill.
    /// </summary>
    public static WeightOrder OrderOf(NetworkGraph graph, Layout layout, Node node, int outputs)
    {
        int inputs = node.Input.Shape.Count;
        bool fillsLanes = inputs >= ByOutputs && inputs == layout.Stride(inputs) && !IsCallers(graph, node.Input);
        return graph.Profile == EmitProfile.Simd && outputs <= ByOutputs && fillsLanes ? WeightOrder.ByOutput : WeightOrder.Panels;
    }

    /// <summary>Whether a value is the caller's input, behind layers of which inference knows nothing too.</summary>
    private static bool IsCallers(NetworkGraph graph, Value value) =>
        value.Name == graph.Input.Name
        || graph.Operations.Any(node => node.Output.Name == value.Name && node.Layer.TrainingOnly && IsCallers(graph, node.Input));

    public static bool IsUnrolled(DenseWeights weights, Unroll unroll) => unroll switch
    {
        Unroll.None => false,
        Unroll.Full => weights.Length <= MethodMultiplyAdds,
        _ => weights.Inputs <= UnrolledInputs && weights.Length <= UnrolledMultiplyAdds,
    };

    /// <summary>An info for each layer that stays a loop, unless loops were asked for.</summary>
    public static IEnumerable<Issue> Notes(IReadOnlyList<DenseWeights> weights, NetworkGraph graph)
    {
        Unroll unroll = graph.Unroll;
        foreach (DenseWeights layer in weights)
        {
            if (unroll == Unroll.None || IsUnrolled(layer, unroll))
                continue;
            string why = WhyLoop(layer, unroll);
            int attribute = graph.Nodes.First(node => node.Layer.Name == layer.Layer).AttributeIndex;
            yield return Issue.Create(IssueIds.NotUnrolled, attribute, layer.Layer, "forward", "a loop over its inputs", why);
        }
    }

    /// <summary>Why a layer's products are not written out.</summary>
    public static string WhyLoop(DenseWeights layer, Unroll unroll) => unroll switch
    {
        Unroll.None => "as Unroll.None asks",
        Unroll.Full => $"its {Number(layer.Length)} multiply-adds exceed the {Number(MethodMultiplyAdds)} that one method can hold",
        _ when layer.Inputs > UnrolledInputs => $"with more than {Number(UnrolledInputs)} inputs a loop is as fast",
        _ => $"with more than {Number(UnrolledMultiplyAdds)} multiply-adds a loop is as fast",
    };

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
