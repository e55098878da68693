namespace GeneratedNetworks.Import.Onnx.Operators;

/// <summary>MatMul of the value with constant weights, by NumPy's rules: a vector loses its axis.</summary>
internal static class MatMulOperator
{
    public static void Read(OnnxNode node, OnnxChain chain)
    {
        node.AllowAttributes();
        if (node.TryConstant(0) is { } left)
        {
            ReadFromLeft(node, chain, left);
            return;
        }

        OnnxConstant weight = node.Constant(1, "the weights");
        double[] values = weight.Floats(node, "the weights");
        int[] shape = weight.Shape;
        while (shape.Length > 2 && shape[0] == 1 && shape.Length <= chain.Shape.Rank)
            shape = shape[1..];
        string? name = OnnxNaming.Layer(node, weight, null);
        switch (shape.Length)
        {
            case 1:
                chain.Dense(node, name, values, null, shape[0], 1, keepAxis: false, origin: weight.Name);
                break;
            case 2:
                chain.Dense(node, name, values, null, shape[0], shape[1], origin: weight.Name);
                break;
            default:
                throw node.Error(
                    $"its weights have the shape {weight.ShapeText}; only a matrix or a vector that is the same for all samples is supported");
        }
    }

    /// <summary>W·x is x·Wᵀ where x is a vector; with a batch axis it would sum over the samples.</summary>
    private static void ReadFromLeft(OnnxNode node, OnnxChain chain, OnnxConstant weight)
    {
        if (chain.Shape.Rank != 1 || weight.Shape.Length != 2)
        {
            throw node.Error(
                $"its first factor is a constant of shape {weight.ShapeText}, and the second the network's value of shape {chain.Shape.Text}; the value must be the first");
        }

        double[] values = WeightMatrix.Transpose(node, weight.Floats(node, "the weights"), weight.Shape[0], weight.Shape[1]);
        chain.Dense(node, OnnxNaming.Layer(node, weight, null), values, null, weight.Shape[1], weight.Shape[0], origin: weight.Name);
    }
}
