using GeneratedNetworks.Import.Onnx.Schema;
using DataType = GeneratedNetworks.Import.Onnx.Schema.TensorProto.Types.DataType;

namespace GeneratedNetworks.Import.Reading.Onnx;

/// <summary>
/// Finds constants of functions that a file can only hold rounded, as √2 in 32 bits: another reading of the file may know them better, and be no worse.
/// </summary>
internal static class Roundings
{
    private static readonly string[] Attributes = ["alpha", "beta", "gamma", "bias", "lambd"];

    public static bool Any(IEnumerable<NodeProto> nodes, IReadOnlyDictionary<string, TensorProto> initializers)
    {
        foreach (NodeProto node in nodes)
        {
            if (node.Input.Any(input => initializers.TryGetValue(input, out TensorProto? tensor) && IsRounded(tensor)))
                return true;
            foreach (AttributeProto attribute in node.Attribute)
            {
                if ((Attributes.Contains(attribute.Name) && IsLong(attribute.F)) || (attribute.T is { } tensor && IsRounded(tensor)) || attribute is { Name: "value_float", F: var value } && IsLong(value))
                    return true;
            }

            // Their defaults are such numbers.
            if (node.OpType is "LeakyRelu" or "Selu" or "HardSigmoid" && node.Attribute.Count == 0)
                return true;
        }

        return false;
    }

    /// <summary>A single number of 32 or 16 bits that uses them all.</summary>
    private static bool IsRounded(TensorProto tensor)
    {
        if ((DataType)tensor.DataType is not (DataType.Float or DataType.Float16 or DataType.Bfloat16) || tensor.Dims.Any(extent => extent != 1))
            return false;
        return (DataType)tensor.DataType != DataType.Float || (tensor.FloatData.Count == 1 ? IsLong(tensor.FloatData[0])
            : tensor.RawData.Length != 4 || IsLong(BitConverter.ToSingle(tensor.RawData.Span)));
    }

    /// <summary>Whether a number is no multiple of 1/1024.</summary>
    public static bool IsLong(double value) => Math.Floor(value * 1024) != value * 1024;
}
