using GeneratedNetworks.Import.Onnx.Operators;
using GeneratedNetworks.Import.Onnx.Schema;

namespace GeneratedNetworks.Import.Onnx;

/// <summary>
/// Initial states that are zeros, whatever their shape: exporters make them from the shape of the input, of which the batch may be all that matters. They are
/// left out, which says the same.
/// </summary>
internal static class ZeroStates
{
    private const int FirstState = 5;

    // They move, repeat or drop elements.
    private static readonly HashSet<string> KeepZeros = new(StringComparer.Ordinal)
    {
        "Cast", "Expand", "Gather", "Identity", "Reshape", "Slice", "Split", "Squeeze", "Tile", "Transpose", "Unsqueeze",
    };

    /// <summary>Takes them from the recurrent nodes that read them.</summary>
    /// <param name="nodes">All of the graph, in order.</param>
    public static void LeaveOut(IReadOnlyList<OnnxNode> nodes)
    {
        if (!nodes.Any(node => RecurrentOperators.Is(node.Operator)))
            return;
        HashSet<string> zeros = new(StringComparer.Ordinal);
        foreach (OnnxNode node in nodes)
        {
            bool isZero = node.Operator switch
            {
                "ConstantOfShape" => node.Tensor("value") is not { } value || IsZero(node.Graph.Tensors.Read(value, node.Output).Values),
                "Concat" => node.Inputs.Count > 0 && node.Inputs.All(zeros.Contains),
                _ => KeepZeros.Contains(node.Operator) && node.Inputs.Count > 0 && (zeros.Contains(node.Inputs[0]) || IsZeroNumber(node)),
            };
            if (isZero)
                zeros.UnionWith(node.Outputs.Where(output => output.Length > 0));
            for (int input = FirstState; RecurrentOperators.Is(node.Operator) && input < Math.Min(node.Inputs.Count, FirstState + 2); input++)
            {
                if (zeros.Contains(node.Inputs[input]))
                    node.LeaveOut(input);
            }
        }
    }

    // One number that is repeated; larger constants are read where they are used.
    private static bool IsZeroNumber(OnnxNode node) => node.Operator == "Expand" && node.Graph.ConstantShape(node.Inputs[0]) is { } shape && Axes.Count(shape) <= TensorBudget.WidestRepeat
        && IsZero(node.TryConstant(0)?.Values);

    private static bool IsZero(double[]? values) => values is not null && Array.TrueForAll(values, value => value == 0);
}
