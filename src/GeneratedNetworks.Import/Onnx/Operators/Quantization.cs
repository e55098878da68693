using DataType = GeneratedNetworks.Import.Onnx.Schema.TensorProto.Types.DataType;

namespace GeneratedNetworks.Import.Onnx.Operators;

/// <summary>
/// Quantized models in the form of pairs (QDQ): constants are dequantized to what they stand for, and a pair around a value is dropped, so that the
/// network
/// computes what the quantized one approximates.
/// </summary>
/// <remarks>
/// A pair rounds and clips. The rounding is what dropping it wins; the clipping is outside of the calibrated range, but for one case: quantizers
/// leave out a Relu
/// in front of a pair whose zero point is the least number, because the pair then cuts off what is negative. There the Relu is put back.
/// </remarks>
internal static class Quantization
{
    public static void ReadQuantize(OnnxNode node, OnnxChain chain)
    {
        node.AllowAttributes("axis", "saturate", "block_size", "output_dtype", "precision");
        foreach (OnnxNode reader in node.Graph.Consumers(node.Output))
        {
            if (reader.Operator != "DequantizeLinear")
                throw node.Error($"its quantized result is read by {reader.Description}; only a DequantizeLinear behind it is supported");
        }

        if (!node.Graph.Consumers(node.Output).Any())
            throw node.Error("its quantized result is the output of the graph, and a network gives floating-point numbers");
        double[] scales = node.Constant(1, "the scale").Floats(node, "the scale");
        if (scales.Any(scale => !(scale > 0 && double.IsFinite(scale))))
            throw node.Error("its scale must be finite and above 0");
        OnnxConstant? zero = node.Has(2) ? node.Constant(2, "the zero point") : null;
        DataType type = zero?.Type ?? DataType.Uint8;
        if (ElementTypes.QuantizedRange(type) is not { } range)
            throw node.Error($"its type {ElementTypes.Name(type)} is not supported");
        bool cutsNegative = zero is null ? range.Least == 0 : zero.Numbers(node, "the zero point").All(point => point == range.Least);
        bool mayBeNegative = !chain.IsInput && chain.LastFunction is not (Activation.Relu or Activation.Relu6 or Activation.Sigmoid or Activation.HardSigmoid
            or Activation.Softplus or Activation.Softmax);
        if (cutsNegative && mayBeNegative)
            chain.Activate(node, Activation.Relu);
        chain.Quantized = node;
    }

    public static void ReadDequantize(OnnxNode node, OnnxChain chain)
    {
        (double[] Scale, double[] Zero, _) = Parameters(node);
        if (chain.Quantized is { } pair)
        {
            chain.Quantized = null;
            (double[] scale, double[] zero, _) = Parameters(pair);
            if (!scale.SequenceEqual(Scale) || !zero.SequenceEqual(Zero))
                throw node.Error($"its scale and zero point are not those of {pair.Description} before it");
            return;
        }

        if (!chain.IsInteger)
            throw node.Error("its input is no quantized value");
        chain.IsInteger = false;
        double[] scales = PerElement(Scale);
        double[] zeros = PerElement(Zero);
        chain.Scale(node, scales, [.. scales.Select((scale, i) => -zeros[i] * scale)]);

        double[] PerElement(double[] values)
        {
            chain.CheckRepeat(node);
            int axis = values.Length == 1 ? 0 : chain.Axis(node, node.Int("axis", 1)) - chain.Leading;
            if (axis < 0)
                throw node.Error("it has a scale for each sample of the batch");
            if (values.Length != 1 && values.Length != chain.Sample[axis])
                throw node.Error($"it has {values.Length} scales or zero points for the shape {chain.ShapeText}");
            int[] shape = [.. chain.Sample.Select((_, i) => i == axis ? values.Length : 1)];
            return Axes.Repeat(values, shape, chain.Sample);
        }
    }

    /// <summary>(q − zero)·scale, for the whole tensor or along an axis.</summary>
    public static OnnxConstant? DequantizeConstant(OnnxNode node)
    {
        OnnxConstant quantized = node.Constant(0, "the quantized constant");
        (double[] scales, double[] zeros, DataType type) = Parameters(node);
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

    private static (double[] Scale, double[] Zero, DataType Type) Parameters(OnnxNode node)
    {
        node.AllowAttributes("axis", "saturate", "block_size", "output_dtype", "precision");
        if (node.Int("block_size", 0) != 0)
            throw node.Error("a scale for each block of elements (block_size) is not supported");
        OnnxConstant scale = node.Constant(1, "the scale");
        double[] scales = scale.Floats(node, "the scale");
        double[] zeros = node.Has(2) ? node.Constant(2, "the zero point").Numbers(node, "the zero point") : [0];
        if (scales.Length == 0 || (zeros.Length != scales.Length && zeros.Length != 1 && scales.Length != 1) || zeros.Length == 0)
            throw node.Error($"it has {scales.Length} scales and {zeros.Length} zero points");
        return (scales, zeros, scale.Type);
    }
}
