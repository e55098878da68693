namespace GeneratedNetworks.Import.Onnx.Operators;

/// <summary>Operators of several computed values.</summary>
internal static class JoinOperators
{
    public static OnnxChain Add(OnnxNode node, IReadOnlyList<OnnxChain> values) => Elementwise(node, JoinKind.Add, values);

    public static OnnxChain Mul(OnnxNode node, IReadOnlyList<OnnxChain> values) => Elementwise(node, JoinKind.Multiply, values);

    /// <summary>a − b is a + (−1)·b.</summary>
    public static OnnxChain Sub(OnnxNode node, IReadOnlyList<OnnxChain> values)
    {
        if (values.Count == 2)
            values[1].Scale(node, -1, 0);
        return Elementwise(node, JoinKind.Add, values);
    }

    public static OnnxChain Sum(OnnxNode node, IReadOnlyList<OnnxChain> values)
    {
        node.AllowAttributes();
        return values.Count == node.Inputs.Count
            ? OnnxChain.Join(node, JoinKind.Add, values)
            : throw node.Error("one of its operands is a constant, which is supported in an Add");
    }

    /// <summary>The sum of one value.</summary>
    public static void Same(OnnxNode node, OnnxChain chain)
    {
        node.AllowAttributes();
        if (node.Inputs.Count != 1)
            throw node.Error("one of its operands is a constant, which is supported in an Add");
    }

    public static OnnxChain Concat(OnnxNode node, IReadOnlyList<OnnxChain> values)
    {
        node.AllowAttributes("axis");
        if (values.Count != node.Inputs.Count)
            throw node.Error("it joins a constant to the network's values, which no layer does");
        ValueShape shape = values[0].Shape;
        int axis = shape.OfSample(shape.Axis(node, node.Int("axis", 1)));
        return axis >= 0 ? OnnxChain.Join(node, JoinKind.Concat, values, axis) : throw node.Error("it joins along the batch axis, so that samples would influence each other");
    }

    private static OnnxChain Elementwise(OnnxNode node, JoinKind kind, IReadOnlyList<OnnxChain> values)
    {
        if (node.Opset < OldBroadcast.FirstWithout)
            node.AllowAttributes("axis", "broadcast");
        else
            node.AllowAttributes();
        return OnnxChain.Join(node, kind, values);
    }
}
