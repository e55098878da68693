namespace GeneratedNetworks.Import.Onnx.Operators;

/// <summary>A product with quantized weights [in, out]: that with the numbers that they stand for, (q − zero point)·scale, for all or for each column.</summary>
internal static class QuantizedProduct
{
    public static void Add(OnnxNode node, OnnxChain chain, OnnxConstant weight, OnnxConstant scale, OnnxConstant? zero, double[]? bias)
    {
        if (weight.Shape.Length != 2)
            throw node.Error($"its weights must have two axes, and have the shape {weight.ShapeText}");
        double[] matrix = Dequantize(node, weight, scale, zero, weight.Shape[1]);
        chain.Dense(node, OnnxNaming.Layer(node, weight, null), matrix, bias, weight.Shape[0], weight.Shape[1], origin: weight.Name);
    }

    /// <summary>Numbers of rows of <paramref name="columns"/>, each column with its own scale where there are several.</summary>
    public static double[] Dequantize(OnnxNode node, OnnxConstant quantized, OnnxConstant scale, OnnxConstant? zero, int columns)
    {
        double[] values = quantized.Numbers(node, "the quantized numbers");
        double[] scales = scale.Floats(node, "the scale");
        double[] zeros = zero?.Numbers(node, "the zero point") ?? [0];
        if (quantized.IsFloat)
            throw node.Error($"its quantized numbers are of type {ElementTypes.Name(quantized.Type)}");
        if (!Fits(scales.Length) || !Fits(zeros.Length))
            throw node.Error($"it has {scales.Length} scales and {zeros.Length} zero points for {columns} columns");
        node.Graph.Budget.Take(values.Length, node.Description);
        double[] result = new double[values.Length];
        for (int i = 0; i < result.Length; i++)
        {
            int column = i % columns;
            result[i] = (values[i] - zeros[zeros.Length == 1 ? 0 : column]) * scales[scales.Length == 1 ? 0 : column];
        }

        return result;

        bool Fits(int count) => count == 1 || count == columns;
    }
}
