namespace GeneratedNetworks.Import.Onnx.Operators;

/// <summary>Softmax and its logarithm, which ours take over the last axis of a sample.</summary>
internal static class SoftmaxOperators
{
    public static void Softmax(OnnxNode node, OnnxChain chain) => Read(node, chain, Activation.Softmax);

    public static void LogSoftmax(OnnxNode node, OnnxChain chain) => Read(node, chain, Activation.LogSoftmax);

    /// <summary>Whether the node's axis, or its axes, hold all elements of a sample.</summary>
    public static bool CoversSample(OnnxNode node, OnnxChain chain)
    {
        // Up to opset 12 the axes from the given one on are taken together, from 13 on there is one axis.
        bool together = node.Opset < 13 && chain.Shape.BatchAxis == 0;
        int axis = chain.Shape.OfSample(Axis(node, chain));
        return axis >= 0 && (together ? Axes.Count(chain.Shape.Sample.Skip(axis)) : chain.Shape.Sample[axis]) == chain.Shape.Size;
    }

    private static void Read(OnnxNode node, OnnxChain chain, Activation function)
    {
        node.AllowAttributes("axis");
        int axis = chain.Shape.OfSample(Axis(node, chain));
        if (!CoversSample(node, chain) && (axis < 0 || node.Opset < 13))
        {
            throw node.Error(
                $"it runs along axis {Axis(node, chain)} of a value of shape {chain.Shape.Text}{(axis < 0 ? ", so that samples would influence each other" : " and all behind it; only one over all elements of a sample is supported")}");
        }

        chain.Softmax(node, function, axis);
    }

    private static int Axis(OnnxNode node, OnnxChain chain) => chain.Shape.Axis(node, node.Int("axis", node.Opset < 13 ? 1 : -1));
}
