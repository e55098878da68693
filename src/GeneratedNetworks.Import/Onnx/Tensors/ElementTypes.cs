using DataType = GeneratedNetworks.Import.Onnx.Schema.TensorProto.Types.DataType;

namespace GeneratedNetworks.Import.Onnx;

/// <summary>The element types of the format: their size in raw form, and what messages call them.</summary>
internal static class ElementTypes
{
    /// <summary>Bytes of an element; 0 for a type that is not read as numbers.</summary>
    public static int Size(DataType type) => type switch
    {
        DataType.Uint8 or DataType.Int8 or DataType.Bool => 1,
        DataType.Uint16 or DataType.Int16 or DataType.Float16 or DataType.Bfloat16 => 2,
        DataType.Float or DataType.Int32 or DataType.Uint32 => 4,
        DataType.Double or DataType.Int64 or DataType.Uint64 => 8,
        _ => 0,
    };

    public static bool IsFloat(DataType type) => type is DataType.Float or DataType.Double or DataType.Float16 or DataType.Bfloat16;

    /// <summary>Whether the type is that of whole numbers which a double holds exactly.</summary>
    public static bool IsInteger(DataType type) =>
        type is DataType.Uint8 or DataType.Int8 or DataType.Uint16 or DataType.Int16 or DataType.Int32 or DataType.Uint32 or DataType.Int64;

    /// <summary>The least and the greatest number of a quantized type; null for one that is none.</summary>
    public static (double Least, double Greatest)? QuantizedRange(DataType type) => type switch
    {
        DataType.Uint8 => (byte.MinValue, byte.MaxValue),
        DataType.Int8 => (sbyte.MinValue, sbyte.MaxValue),
        DataType.Uint16 => (ushort.MinValue, ushort.MaxValue),
        DataType.Int16 => (short.MinValue, short.MaxValue),
        _ => null,
    };

    public static string Name(DataType type) => Enum.IsDefined(type) ? type.ToString().ToUpperInvariant() : $"number {(int)type}";
}
