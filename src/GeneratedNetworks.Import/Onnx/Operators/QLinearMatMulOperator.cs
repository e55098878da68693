namespace GeneratedNetworks.Import.Onnx.Operators;

/// <summary>QLinearMatMul: a product of quantized values with quantized weights, the result limited to the range of its own type.</summary>
internal static class QLinearMatMulOperator
{
    public static void Read(OnnxNode node, OnnxChain chain)
    {
        node.AllowAttributes();
        chain.Dequantize(node, QuantizedType.Of(node, 1, 2));
        QuantizedProduct.Add(node, chain, node.Constant(3, "the weights"), node.Constant(4, "the scale of the weights"), node.Constant(5, "the zero point of the weights"), null);
        chain.Quantize(node, QuantizedType.Of(node, 6, 7));
    }
}
