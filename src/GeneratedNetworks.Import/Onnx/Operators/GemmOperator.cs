namespace GeneratedNetworks.Import.Onnx.Operators;

/// <summary>Gemm: alpha·A·B + beta·C, A being the value.</summary>
internal static class GemmOperator
{
    public static void Read(OnnxNode node, OnnxChain chain)
    {
        if (node.Opset < OldBroadcast.FirstWithout)
            node.AllowAttributes("alpha", "beta", "broadcast", "transA", "transB");
        else
            node.AllowAttributes("alpha", "beta", "transA", "transB");
        if (node.TryConstant(0) is not null)
            throw node.Error("its first factor is a constant; the network's value must be the first and the weights the second");
        OnnxConstant weight = node.Constant(1, "the weights");
        if (weight.Shape.Length != 2)
            throw node.Error($"its weights must have two axes, and have the shape {weight.ShapeText}");
        if (chain.Shape.Rank != 2)
            throw node.Error($"its input must have two axes, batch and features, and has the shape {chain.Shape.Text}");
        if (node.Int("transA", 0) != 0)
            throw node.Error("transA = 1 transposes its input, so that the batch is summed over");
        double alpha = node.Float("alpha", 1);
        double beta = node.Float("beta", 1);
        double[] values = weight.Floats(node, "the weights");
        bool transposed = node.Int("transB", 0) != 0;
        int inputs = weight.Shape[transposed ? 1 : 0];
        int units = weight.Shape[transposed ? 0 : 1];
        double[] matrix = transposed ? WeightMatrix.Transpose(node, values, units, inputs) : values;
        if (alpha != 1)
            matrix = Array.ConvertAll(matrix, value => value * alpha);

        OnnxConstant? summand = node.Has(2) ? node.Constant(2, "the bias") : null;
        bool isRepeated = node.Opset >= OldBroadcast.FirstWithout || node.Int("broadcast", 0) != 0;
        if (summand is not null && !isRepeated && summand.Shape.Length != 2)
            throw node.Error($"in opset {node.Opset} its bias of shape {summand.ShapeText} is not repeated without broadcast = 1");
        double[]? bias = summand is null ? null : Broadcasting.Repeat(node, chain.Shape, summand, "the bias", [units]);
        if (bias is not null && beta != 1)
            bias = Array.ConvertAll(bias, value => value * beta);
        chain.Dense(node, OnnxNaming.Layer(node, weight, summand), matrix, bias, inputs, units, origin: weight.Name);
    }
}
