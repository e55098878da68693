using DataType = GeneratedNetworks.Import.Onnx.Schema.TensorProto.Types.DataType;

namespace GeneratedNetworks.Import.Onnx.Operators;

/// <summary>
/// Quantized models in the form of pairs (QDQ): constants are dequantized to what they stand for, and a pair around a value loses its rounding, so that
/// the network computes what the quantized one approximates.
/// </summary>
/// <remarks>
/// A pair rounds and limits. The limit stays: quantizers leave out a Relu or Clip in front of a pair whose range does the same.
/// </remarks>
internal static class Quantization
{
    public static void ReadQuantize(OnnxNode node, OnnxChain chain)
    {
        QuantizedType type = Type(node);
        if (type.Type == DataType.Undefined)
            type = type with { Type = (DataType)node.Int("output_dtype", (long)DataType.Uint8) is var given and not DataType.Undefined ? given : DataType.Uint8 };
        chain.Quantize(node, type);
    }

    public static void ReadDequantize(OnnxNode node, OnnxChain chain)
    {
        QuantizedType type = Type(node);
        int? axis = null;
        if (type.Scale.Length > 1 || type.Zero.Length > 1)
        {
            axis = chain.Shape.Axis(node, node.Int("axis", 1)) - chain.Shape.Leading;
            if (axis < 0)
                throw node.Error("it has a scale for each sample of the batch");
        }

        chain.Dequantize(node, type, axis);
    }

    /// <summary>(q − zero)·scale, for the whole tensor or along an axis.</summary>
    public static OnnxConstant? DequantizeConstant(OnnxNode node)
    {
        OnnxConstant quantized = node.Constant(0, "the quantized constant");
        (double[] scales, double[] zeros, _) = Type(node);
        DataType type = node.Constant(1, "the scale").Type;
        double[] values = quantized.Numbers(node, "the quantized constant");
        if (quantized.IsFloat)
            throw node.Error($"its input must be quantized, and is of type {ElementTypes.Name(quantized.Type)}");
        int rank = quantized.Shape.Length;
        long axis = node.Int("axis", 1);
        if (axis < 0)
            axis += rank;
        int count = Math.Max(scales.Length, zeros.Length);
        if (count != 1 && (axis < 0 || axis >= rank || quantized.Shape[axis] != count))
            throw node.Error($"it has {count} scales or zero points, which do not fit axis {axis} of a constant of shape {quantized.ShapeText}");
        int stride = count == 1 ? 1 : Axes.Count(quantized.Shape.Skip((int)axis + 1));
        node.Graph.Budget.Take(values.Length, node.Description);
        double[] result = new double[values.Length];
        for (int i = 0; i < result.Length; i++)
        {
            int channel = count == 1 ? 0 : i / stride % count;
            result[i] = (values[i] - zeros[zeros.Length == 1 ? 0 : channel]) * scales[scales.Length == 1 ? 0 : channel];
        }

        return quantized with { Type = type, Values = result };
    }

    private static QuantizedType Type(OnnxNode node)
    {
        node.AllowAttributes("axis", "saturate", "block_size", "output_dtype", "precision");
        if (node.Int("block_size", 0) != 0)
            throw node.Error("a scale for each block of elements (block_size) is not supported");
        return QuantizedType.Of(node, 1, 2);
    }
}
