using DataType = GeneratedNetworks.Import.Onnx.Schema.TensorProto.Types.DataType;

namespace GeneratedNetworks.Import.Onnx;

/// <summary>What the whole numbers of a quantized value stand for: (q − zero point)·scale, for all or for each element along an axis.</summary>
/// <param name="Scale">One number, or one for each element of the axis.</param>
/// <param name="Zero">As many, or one.</param>
/// <param name="Type">Their type; undefined where a file leaves out the zero point and with it the type.</param>
internal sealed record QuantizedType(double[] Scale, double[] Zero, DataType Type)
{
    /// <summary>Reads the inputs of a node that say it.</summary>
    public static QuantizedType Of(OnnxNode node, int scaleInput, int zeroInput)
    {
        double[] scales = node.Constant(scaleInput, "the scale").Floats(node, "the scale");
        OnnxConstant? zero = node.Has(zeroInput) ? node.Constant(zeroInput, "the zero point") : null;
        double[] zeros = zero?.Numbers(node, "the zero point") ?? [0];
        if (scales.Length == 0 || zeros.Length == 0 || (zeros.Length != scales.Length && zeros.Length != 1 && scales.Length != 1))
            throw node.Error($"it has {scales.Length} scales and {zeros.Length} zero points");
        if (Array.Exists(scales, scale => !(scale > 0 && double.IsFinite(scale))))
            throw node.Error("its scale must be finite and above 0");
        return new QuantizedType(scales, zeros, zero?.Type ?? DataType.Undefined);
    }

    public bool IsSame(QuantizedType other) => Scale.SequenceEqual(other.Scale) && Zero.SequenceEqual(other.Zero);

    /// <summary>The least and the greatest number that a whole number of the type stands for, and the step between two of them.</summary>
    /// <exception cref="ModelFileException">They differ between elements, or the type is none that is quantized to.</exception>
    public (double Least, double Greatest, double Step) Range(OnnxNode node)
    {
        if (ElementTypes.QuantizedRange(Type) is not { } range)
            throw node.Error($"its type {ElementTypes.Name(Type)} is not supported");
        double scale = Scale[0];
        double zero = Zero[0];
        if (Scale.AsSpan().ContainsAnyExcept(scale) || Zero.AsSpan().ContainsAnyExcept(zero))
            throw node.Error("it limits each element to a range of its own, which no layer does");
        if (zero < range.Least || zero > range.Greatest)
            throw node.Error($"its zero point {zero} is no number of its type {ElementTypes.Name(Type)}");
        return (End(scale, range.Least - zero), End(scale, range.Greatest - zero), scale);
    }

    /// <summary>One end of the range; 6 where that is meant and the scale is 6/255 as a 32-bit number.</summary>
    private static double End(double scale, double steps) => QuantizedRange.End(scale, steps);
}
