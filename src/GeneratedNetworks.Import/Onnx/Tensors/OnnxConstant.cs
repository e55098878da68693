using GeneratedNetworks.Import.Onnx.Schema;

namespace GeneratedNetworks.Import.Onnx;

/// <summary>A constant of the graph.</summary>
/// <param name="Name">The initializer that it comes from, whatever was folded into it since; empty without one.</param>
/// <param name="Type">How the file stores it, or what it was cast to.</param>
/// <param name="Shape">Extents, slowest first; empty for a scalar.</param>
/// <param name="Values">
/// Row-major; null for strings and other types that are no numbers. In 64-bit integers, which hold shapes, NaN stands for the extent of the batch.
/// </param>
internal sealed record OnnxConstant(string Name, TensorProto.Types.DataType Type, int[] Shape, double[]? Values)
{
    public int Count => Shape.Aggregate(1, (product, extent) => product * extent);

    public bool IsFloat => Type is TensorProto.Types.DataType.Float or TensorProto.Types.DataType.Double
        or TensorProto.Types.DataType.Float16 or TensorProto.Types.DataType.Bfloat16;

    public string ShapeText => $"[{string.Join(", ", Shape)}]";

    /// <summary>The values as numbers of any type.</summary>
    public double[] Numbers(OnnxNode node, string role) =>
        Values ?? throw node.Error($"{role} must be numbers, and '{OnnxNode.Shorten(Name)}' is of type {ElementTypes.Name(Type)}");

    /// <summary>The values of a floating-point constant.</summary>
    public double[] Floats(OnnxNode node, string role) =>
        IsFloat ? Numbers(node, role) : throw node.Error($"{role} must be floating-point numbers, and '{OnnxNode.Shorten(Name)}' is of type {ElementTypes.Name(Type)}");

    /// <summary>The values as whole numbers; the extent of the batch becomes <see cref="BatchExtent"/>.</summary>
    public long[] Integers(OnnxNode node, string role) => Array.ConvertAll(Numbers(node, role), value => Integer(node, role, value));

    /// <summary>What <see cref="Integers"/> gives for the extent of the batch.</summary>
    public const long BatchExtent = long.MinValue;

    private long Integer(OnnxNode node, string role, double value)
    {
        if (double.IsNaN(value) && Type == TensorProto.Types.DataType.Int64)
            return BatchExtent;
        return Math.Abs(value) <= 1L << 53 && Math.Floor(value) == value ? (long)value : throw node.Error($"{role} must be whole numbers, and one is {value}");
    }
}
