namespace GeneratedNetworks.Import.Onnx;

/// <summary>Finds out whether an input is an image or signal with its channels first: layers have them last, and the network takes such an input that way.</summary>
internal static class ChannelOrder
{
    private static readonly HashSet<string> ReadsChannels = new(StringComparer.Ordinal)
    {
        "Conv", "ConvTranspose", "MaxPool", "AveragePool", "GlobalAveragePool", "GlobalMaxPool",
    };

    // They work element by element, so that what reads them says the order.
    private static readonly HashSet<string> KeepsOrder = new(StringComparer.Ordinal)
    {
        "Add", "BatchNormalization", "Cast", "Clip", "Div", "Dropout", "Identity", "LeakyRelu", "Mul", "Neg", "PRelu", "Pad", "Relu", "Sigmoid", "Sub", "Sum", "Tanh", "QuantizeLinear", "DequantizeLinear",
    };

    /// <summary>Whether the first operators behind the input that see axes read channels.</summary>
    public static bool IsFirst(OnnxGraph graph, string input)
    {
        HashSet<string> seen = new(StringComparer.Ordinal) { input };
        Queue<string> waiting = new(seen);
        while (waiting.TryDequeue(out string? value))
        {
            foreach (OnnxNode node in graph.Consumers(value))
            {
                if (ReadsChannels.Contains(node.Operator))
                    return true;
                if (KeepsOrder.Contains(node.Operator) && node.Outputs.Count > 0 && seen.Add(node.Outputs[0]))
                    waiting.Enqueue(node.Outputs[0]);
            }
        }

        return false;
    }
}
