using GeneratedNetworks.Import.Onnx.Operators;
using GeneratedNetworks.Import.Onnx.Schema;

namespace GeneratedNetworks.Import.Onnx;

/// <summary>Finds the inputs that are sequences with their time first and their batch second, as recurrent operators read them.</summary>
internal static class SequenceOrder
{
    // Behind them a value has the order that it had before.
    private static readonly HashSet<string> KeepsOrder = new(StringComparer.Ordinal)
    {
        "Add", "Cast", "Clip", "Div", "Dropout", "Elu", "Gelu", "Identity", "LeakyRelu", "MatMul", "Mul", "Neg", "Relu", "Sigmoid", "Softsign", "Sub", "Tanh",
    };

    /// <summary>Their names.</summary>
    /// <param name="inputs">Of the graph.</param>
    /// <param name="nodes">All of it, in order.</param>
    public static HashSet<string> TimeFirst(IEnumerable<ValueInfoProto> inputs, IReadOnlyList<OnnxNode> nodes)
    {
        HashSet<string> found = new(StringComparer.Ordinal);
        if (!nodes.Any(node => RecurrentOperators.Is(node.Operator)))
            return found;
        foreach (ValueInfoProto input in inputs)
        {
            int rank = input.Type?.TensorType?.Shape?.Dim.Count ?? 0;
            if (rank is 2 or 3 && IsReadTimeFirst(input.Name, rank, nodes))
                found.Add(input.Name);
        }

        return found;
    }

    private static bool IsReadTimeFirst(string input, int axes, IReadOnlyList<OnnxNode> nodes)
    {
        Dictionary<string, int> ranks = new(StringComparer.Ordinal) { [input] = axes };
        foreach (OnnxNode node in nodes)
        {
            if (RecurrentOperators.Is(node.Operator) && node.Has(0) && ranks.GetValueOrDefault(node.Inputs[0]) == 3)
                return !RecurrentOperators.HasBatchFirst(node);
            if (node.Outputs.Count == 0)
                continue;
            if (node.Operator == "Gather" && node.Has(1) && ranks.GetValueOrDefault(node.Inputs[1]) == 2)
                ranks.TryAdd(node.Outputs[0], 3);
            else if (KeepsOrder.Contains(node.Operator) && node.Inputs.Select(value => ranks.GetValueOrDefault(value)).Max() is > 0 and int rank)
                ranks.TryAdd(node.Outputs[0], rank);
        }

        return false;
    }
}
