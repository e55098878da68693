namespace GeneratedNetworks.Import.TfLite;

/// <summary>A tensor of the main subgraph, read from the file when it is asked for.</summary>
internal sealed class TfTensor
{
    private const int MostAxes = 16;

    private readonly FlatFile _file;
    private readonly FlatTable _table;

    public TfTensor(FlatFile file, FlatTable table, int index)
    {
        _file = file;
        _table = table;
        Index = index;
        Name = table.Text(3) is { Length: > 0 } name ? name : $"tensor {index}";
        FlatVector shape = table.Vector(0, sizeof(int));
        if (shape.Count > MostAxes)
            throw file.Source.Error($"tensor '{Name}' has {shape.Count} axes; at most {MostAxes} are supported.");
        Shape = new int[shape.Count];
        Count = 1;
        for (int i = 0; i < Shape.Length; i++)
        {
            Shape[i] = shape.Int(i);
            if (Shape[i] < 0)
                throw file.Source.Error($"tensor '{Name}' has an extent of {Shape[i]}.");
            Count *= Shape[i];
            if (Count > int.MaxValue)
                throw file.Source.Error($"tensor '{Name}' has more than {int.MaxValue} elements.");
        }
    }

    public int Index { get; }

    public string Name { get; }

    public int[] Shape { get; }

    public long Count { get; }

    public int Type => _table.Byte(1);

    public string TypeName => TensorTypes.Name(Type);

    public int Buffer => (int)Math.Min(_table.UInt(2), int.MaxValue);

    public FlatTable? Quantization => _table.Child(4);

    /// <summary>The scale and zero point of a tensor of integers that has one of each; null for any other.</summary>
    public (double Scale, double Zero)? Uniform
    {
        get
        {
            if (!TensorTypes.IsInteger(Type) || Quantization is not { } quantization)
                return null;
            FlatVector scales = quantization.Vector(2, sizeof(float));
            FlatVector zeros = quantization.Vector(3, sizeof(long));
            return scales.Count == 1 && zeros.Count <= 1 ? (scales.Float(0), zeros.Count == 0 ? 0 : zeros.Long(0)) : null;
        }
    }

    public bool IsSparse => _table.Child(6) is not null;

    /// <summary>Whether the model leaves that extent open, and <see cref="Shape"/> holds a stand-in.</summary>
    public bool IsUnknown(int axis)
    {
        FlatVector signature = _table.Vector(7, sizeof(int));
        return axis < signature.Count && signature.Int(axis) < 0;
    }

    public string DescribeShape() => $"[{string.Join(", ", Shape)}]";

    public ModelFileException Error(string problem) => _file.Source.Error($"tensor '{Name}' {problem}");
}

/// <summary>The element types of TensorFlow Lite's schema by their numbers.</summary>
internal static class TensorTypes
{
    public const int Float32 = 0;
    public const int Float16 = 1;
    public const int Int32 = 2;
    public const int UInt8 = 3;
    public const int Int64 = 4;
    public const int Int16 = 7;
    public const int Int8 = 9;
    public const int Float64 = 10;
    public const int BFloat16 = 18;

    private static readonly string[] Names =
    [
        "FLOAT32", "FLOAT16", "INT32", "UINT8", "INT64", "STRING", "BOOL", "INT16", "COMPLEX64", "INT8", "FLOAT64", "COMPLEX128", "UINT64",
        "RESOURCE", "VARIANT", "UINT32", "UINT16", "INT4", "BFLOAT16",
    ];

    public static string Name(int type) => type >= 0 && type < Names.Length ? Names[type] : $"number {type}";

    public static bool IsInteger(int type) => type is Int8 or UInt8 or Int16 or Int32 or Int64;

    /// <summary>The least and the greatest number of a type that values are quantized to; null for any other.</summary>
    public static (double Least, double Greatest)? Range(int type) => type switch
    {
        UInt8 => (byte.MinValue, byte.MaxValue),
        Int8 => (sbyte.MinValue, sbyte.MaxValue),
        Int16 => (short.MinValue, short.MaxValue),
        _ => null,
    };

    public static bool IsFloat(int type) => type is Float32 or Float16 or Float64 or BFloat16;
}
