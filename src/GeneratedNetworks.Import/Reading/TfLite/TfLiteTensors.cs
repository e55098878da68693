using System.Buffers.Binary;
using GeneratedNetworks.Import.TfLite;

namespace GeneratedNetworks.Import.Reading.TfLite;

/// <summary>What a file says of one tensor.</summary>
/// <param name="Index">Its number.</param>
/// <param name="Name">For messages.</param>
/// <param name="Shape">As the file has it; an axis left open has a stand-in.</param>
/// <param name="Type">Of its elements; null for what is no number.</param>
/// <param name="Code">The number of its type in the schema.</param>
/// <param name="Buffer">Which buffer holds a constant's bytes.</param>
/// <param name="Scales">One for the tensor, or one for each slice; empty where it is not quantised.</param>
/// <param name="Zeros">As many, or one, or none.</param>
/// <param name="Axis">That of the slices.</param>
internal sealed record TfLiteTensor(
    int Index, string Name, int[] Shape, ElementType? Type, int Code, uint Buffer, double[] Scales, double[] Zeros, int Axis)
{
    public bool IsQuantised => Scales.Length > 0 && Type?.IsWhole() == true;

    public double Zero(int slice) => Zeros.Length == 0 ? 0 : Zeros[Zeros.Length == 1 ? 0 : slice];

    /// <summary>The least and the greatest number that a computed, quantised tensor holds; a scale below 0 exchanges the ends.</summary>
    public (double Least, double Greatest)? Range
    {
        get
        {
            if (!IsQuantised || Scales.Length != 1 || Type!.Value.Range() is not { } whole)
                return null;
            double first = Scales[0] * (whole.Least - Zero(0));
            double second = Scales[0] * (whole.Greatest - Zero(0));
            return (Math.Min(first, second), Math.Max(first, second));
        }
    }
}

/// <summary>The tensors of a TensorFlow Lite file, and the numbers of constants: quantised ones are scale·(q − zero point).</summary>
internal sealed class TfLiteTensors
{
    private const int Float32 = 0;
    private const int Float16 = 1;
    private const int Float64 = 10;
    private const int BFloat16 = 18;
    private const int MostAxes = 16;

    private readonly ModelSource _source;
    private readonly FlatVector _tensors;
    private readonly FlatVector _buffers;
    private readonly WorkBudget _budget;
    private readonly Dictionary<int, TfLiteTensor> _known = [];

    public TfLiteTensors(ModelSource source, FlatTable model, FlatTable graph)
    {
        _source = source;
        _tensors = graph.Vector(0, sizeof(uint));
        _buffers = model.Vector(4, sizeof(uint));
        _budget = new WorkBudget(source, source.Content.Length);
    }

    public TfLiteTensor Of(int index)
    {
        if (_known.TryGetValue(index, out TfLiteTensor? known))
            return known;
        if (index < 0 || index >= _tensors.Count)
            throw _source.Error($"tensor {index} is named, and there are {_tensors.Count}.");
        return _known[index] = Read(index, _tensors.Table(index));
    }

    /// <summary>The constant, or null for a tensor without content.</summary>
    public Tensor? Constant(int index)
    {
        TfLiteTensor tensor = Of(index);
        ReadOnlyMemory<byte> bytes = Bytes(tensor);
        if (bytes.Length == 0)
            return null;
        long count = Extents.Count(tensor.Shape);
        int size = SizeOf(tensor);
        if (tensor.Type is not { } type || bytes.Length != count * size)
            throw _source.Error($"tensor '{tensor.Name}' of shape [{string.Join(", ", tensor.Shape)}] should have {count} elements of {size} bytes, and has {bytes.Length} bytes.");
        _budget.TakeElements(count, $"tensor '{tensor.Name}'");
        double[] elements = new double[count];
        for (int i = 0; i < elements.Length; i++)
            elements[i] = Decode(tensor.Code, type, bytes.Span[(i * size)..]);
        return tensor.IsQuantised ? Tensor.Real(tensor.Shape, Dequantise(tensor, elements)) : new Tensor(type, tensor.Shape, elements);
    }

    private TfLiteTensor Read(int index, FlatTable table)
    {
        string name = table.Text(3) is { Length: > 0 } text ? text : $"tensor {index}";
        int[] shape = Ints(table.Vector(0, sizeof(int)), name);
        if (Array.Exists(shape, extent => extent < 0) || Extents.Count(shape) > int.MaxValue)
            throw _source.Error($"tensor '{name}' has the shape [{string.Join(", ", shape)}].");
        if (table.Child(6) is not null)
            throw _source.Error($"tensor '{name}' is stored sparsely, which is not executed.");
        int code = table.Byte(1);
        double[] scales = [];
        double[] zeros = [];
        int axis = 0;
        if (table.Child(4) is { } quantisation)
        {
            FlatVector steps = quantisation.Vector(2, sizeof(float));
            FlatVector points = quantisation.Vector(3, sizeof(long));
            axis = quantisation.Int(6);
            scales = [.. Enumerable.Range(0, steps.Count).Select(i => (double)steps.Float(i))];
            zeros = [.. Enumerable.Range(0, points.Count).Select(i => (double)points.Long(i))];
        }

        bool hasSlices = scales.Length < 2 || (axis >= 0 && axis < shape.Length && shape[axis] == scales.Length);
        bool fits = hasSlices && (zeros.Length is 0 or 1 || zeros.Length == scales.Length);
        if (!fits)
            throw _source.Error($"tensor '{name}' has {scales.Length} scales and {zeros.Length} zero points for axis {axis} of [{string.Join(", ", shape)}].");
        return new TfLiteTensor(index, name, shape, TypeOf(code), code, table.UInt(2), scales, zeros, axis);
    }

    private int[] Ints(FlatVector vector, string name) => vector.Count <= MostAxes
        ? [.. Enumerable.Range(0, vector.Count).Select(vector.Int)]
        : throw _source.Error($"tensor '{name}' has {vector.Count} axes.");

    private ReadOnlyMemory<byte> Bytes(TfLiteTensor tensor)
    {
        if (tensor.Buffer == 0 || tensor.Buffer >= _buffers.Count)
            return default;
        FlatTable buffer = _buffers.Table((int)tensor.Buffer);
        FlatVector inside = buffer.Vector(0, 1);
        ulong offset = buffer.ULong(1);
        ulong size = buffer.ULong(2);
        if (offset <= 1)
            return _source.Content.AsMemory(inside.Start, inside.Count);
        ulong length = (ulong)_source.Content.Length;
        return offset <= length && size <= length - offset
            ? _source.Content.AsMemory((int)offset, (int)size)
            : throw _source.Error($"tensor '{tensor.Name}' has {size} bytes from byte {offset} on, and the file has {length}.");
    }

    private static double[] Dequantise(TfLiteTensor tensor, double[] elements)
    {
        int inner = tensor.Scales.Length < 2 ? 1 : (int)Extents.Count(tensor.Shape.Skip(tensor.Axis + 1));
        for (int i = 0; i < elements.Length; i++)
        {
            int slice = tensor.Scales.Length < 2 ? 0 : i / inner % tensor.Scales.Length;
            elements[i] = tensor.Scales[slice] * (elements[i] - tensor.Zero(slice));
        }

        return elements;
    }

    private static ElementType? TypeOf(int code) => code switch
    {
        Float32 or Float16 or Float64 or BFloat16 => ElementType.Real,
        2 => ElementType.Int32,
        3 => ElementType.UInt8,
        4 => ElementType.Int64,
        6 => ElementType.Truth,
        7 => ElementType.Int16,
        9 => ElementType.Int8,
        _ => null,
    };

    private static int SizeOf(TfLiteTensor tensor) => tensor.Code switch
    {
        Float32 or 2 => 4,
        Float16 or BFloat16 or 7 => 2,
        Float64 or 4 => 8,
        _ => 1,
    };

    private static double Decode(int code, ElementType type, ReadOnlySpan<byte> at) => (code, type) switch
    {
        (Float32, _) => BinaryPrimitives.ReadSingleLittleEndian(at),
        (Float16, _) => (double)BinaryPrimitives.ReadHalfLittleEndian(at),
        (Float64, _) => BinaryPrimitives.ReadDoubleLittleEndian(at),
        (BFloat16, _) => BitConverter.Int32BitsToSingle(BinaryPrimitives.ReadUInt16LittleEndian(at) << 16),
        (_, ElementType.Int8) => (sbyte)at[0],
        (_, ElementType.UInt8) => at[0],
        (_, ElementType.Int16) => BinaryPrimitives.ReadInt16LittleEndian(at),
        (_, ElementType.Int32) => BinaryPrimitives.ReadInt32LittleEndian(at),
        (_, ElementType.Int64) => BinaryPrimitives.ReadInt64LittleEndian(at),
        _ => at[0] != 0 ? 1 : 0,
    };
}
