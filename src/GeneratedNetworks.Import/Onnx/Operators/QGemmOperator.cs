using DataType = GeneratedNetworks.Import.Onnx.Schema.TensorProto.Types.DataType;

namespace GeneratedNetworks.Import.Onnx.Operators;

/// <summary>
/// QGemm of ONNX Runtime: alpha·A·B + C with everything quantized, C in steps of alpha·scale(A)·scale(B); the result is limited to the range of its type,
/// or a floating-point number where no scale is given for it.
/// </summary>
internal static class QGemmOperator
{
    public const string Name = "com.microsoft.QGemm";

    public static void Read(OnnxNode node, OnnxChain chain)
    {
        node.AllowAttributes("alpha", "transA", "transB");
        if (node.Int("transA", 0) != 0)
            throw node.Error("transA = 1 transposes its input, so that the batch is summed over");
        if (chain.Shape.Rank != 2)
            throw node.Error($"its input must have two axes, batch and features, and has the shape {chain.Shape.Text}");
        double alpha = node.Float("alpha", 1);
        QuantizedType input = QuantizedType.Of(node, 1, 2);
        chain.Dequantize(node, input);
        OnnxConstant weight = node.Constant(3, "the weights");
        OnnxConstant scale = node.Constant(4, "the scale of the weights");
        if (weight.Shape.Length != 2)
            throw node.Error($"its weights must have two axes, and have the shape {weight.ShapeText}");
        if (node.Int("transB", 0) != 0)
        {
            double[] values = WeightMatrix.Transpose(node, weight.Numbers(node, "the weights"), weight.Shape[0], weight.Shape[1]);
            weight = weight with { Shape = [weight.Shape[1], weight.Shape[0]], Values = values };
        }

        double[] scales = scale.Floats(node, "the scale of the weights");
        if (alpha != 1)
            scale = scale with { Type = DataType.Double, Values = Array.ConvertAll(scales, value => value * alpha) };
        double[]? bias = node.Has(6) ? Bias(node, node.Constant(6, "the bias"), scale, input, weight.Shape[1]) : null;
        QuantizedProduct.Add(node, chain, weight, scale, node.Constant(5, "the zero point of the weights"), bias);
        if (node.Has(7))
            chain.Quantize(node, QuantizedType.Of(node, 7, 8));
    }

    private static double[] Bias(OnnxNode node, OnnxConstant bias, OnnxConstant scale, QuantizedType input, int units)
    {
        if (input.Scale.Length != 1)
            throw node.Error("its input has a scale for each channel, and its bias one for all of them");
        if (bias.Count != units)
            throw node.Error($"its bias has the shape {bias.ShapeText}, and there are {units} outputs");
        double[] steps = Array.ConvertAll(scale.Numbers(node, "the scale of the weights"), value => value * input.Scale[0]);
        return QuantizedProduct.Dequantize(node, bias, scale with { Values = steps }, null, units);
    }
}
