using System.Buffers.Binary;
using GeneratedNetworks.Import.Numbers;

namespace GeneratedNetworks.Import.TfLite;

/// <summary>
/// The numbers of constant tensors. Integers with a scale become scale·(q − zero point), for the whole tensor or for each slice of one axis.
/// </summary>
internal sealed class ConstantReader(FlatFile file, FlatVector buffers)
{
    private readonly ElementBudget _budget = new(file.Source);

    /// <summary>Whether integers were turned into numbers: they are then what the file says, within its rounding.</summary>
    public bool Dequantized { get; private set; }

    public bool Has(TfTensor tensor) => tensor.Buffer > 0 && tensor.Buffer < buffers.Count && Data(tensor).Length > 0;

    /// <summary>Accounts for numbers that are made and not read.</summary>
    public void Take(long count, string what) => _budget.Take(count, what);

    public double[] Numbers(TfTensor tensor)
    {
        (int bytes, Func<ReadOnlyMemory<byte>, double[]> decode) = Decoder(tensor);
        ReadOnlyMemory<byte> data = Checked(tensor, bytes);
        _budget.Take(tensor.Count, $"tensor '{tensor.Name}'");
        double[] values = decode(data);
        if (TensorTypes.IsInteger(tensor.Type))
            Dequantize(tensor, values);
        return values;
    }

    /// <summary>The integers of a shape or a list of axes.</summary>
    public int[] Integers(TfTensor tensor)
    {
        int bytes = tensor.Type switch
        {
            TensorTypes.Int32 => sizeof(int),
            TensorTypes.Int64 => sizeof(long),
            _ => throw tensor.Error($"should hold INT32 or INT64, and it holds {tensor.TypeName}."),
        };
        ReadOnlyMemory<byte> data = Checked(tensor, bytes);
        _budget.Take(tensor.Count, $"tensor '{tensor.Name}'");
        int[] values = new int[tensor.Count];
        for (int i = 0; i < values.Length; i++)
        {
            ReadOnlySpan<byte> element = data.Span.Slice(i * bytes, bytes);
            long value = bytes == sizeof(int) ? BinaryPrimitives.ReadInt32LittleEndian(element) : BinaryPrimitives.ReadInt64LittleEndian(element);
            values[i] = value is >= int.MinValue and <= int.MaxValue ? (int)value : throw tensor.Error($"holds {value}, which is no extent.");
        }

        return values;
    }

    private static (int Bytes, Func<ReadOnlyMemory<byte>, double[]> Decode) Decoder(TfTensor tensor) => tensor.Type switch
    {
        TensorTypes.Float16 => Floats(FloatingPoint.Half),
        TensorTypes.BFloat16 => Floats(FloatingPoint.BrainHalf),
        TensorTypes.Float32 => Floats(FloatingPoint.Single),
        TensorTypes.Float64 => Floats(FloatingPoint.Double),
        TensorTypes.Int8 => (1, data => Decode(data.Span, 1, element => (sbyte)element[0])),
        TensorTypes.UInt8 => (1, data => Decode(data.Span, 1, element => element[0])),
        TensorTypes.Int16 => (2, data => Decode(data.Span, 2, element => BinaryPrimitives.ReadInt16LittleEndian(element))),
        TensorTypes.Int32 => (4, data => Decode(data.Span, 4, element => BinaryPrimitives.ReadInt32LittleEndian(element))),
        TensorTypes.Int64 => (8, data => Decode(data.Span, 8, element => BinaryPrimitives.ReadInt64LittleEndian(element))),
        _ => throw tensor.Error($"holds {tensor.TypeName}, which is no supported type of weights: floating-point numbers, or integers with a scale."),
    };

    private static (int Bytes, Func<ReadOnlyMemory<byte>, double[]> Decode) Floats(FloatingPoint type) =>
        (type.Bytes, data => type.Decode(data.Span));

    private static double[] Decode(ReadOnlySpan<byte> data, int bytes, ElementReader read)
    {
        double[] values = new double[data.Length / bytes];
        for (int i = 0; i < values.Length; i++)
            values[i] = read(data.Slice(i * bytes, bytes));
        return values;
    }

    private void Dequantize(TfTensor tensor, double[] values)
    {
        if (tensor.Quantization is not { } quantization)
            throw tensor.Error($"holds {tensor.TypeName} without a scale.");
        if (quantization.Byte(4) != 0)
            throw tensor.Error("is quantized in a way of its own, not by a scale and a zero point.");
        FlatVector scales = quantization.Vector(2, sizeof(float));
        FlatVector zeros = quantization.Vector(3, sizeof(long));
        if (scales.Count == 0)
            throw tensor.Error($"holds {tensor.TypeName} without a scale.");
        int axis = quantization.Int(6);
        int inner = 1;
        if (scales.Count > 1)
        {
            if (axis < 0 || axis >= tensor.Shape.Length || tensor.Shape[axis] != scales.Count)
                throw tensor.Error($"has {scales.Count} scales along axis {axis} of its shape {tensor.DescribeShape()}.");
            inner = tensor.Shape.Skip(axis + 1).Aggregate(1, (product, extent) => product * extent);
        }

        if (zeros.Count > 1 && zeros.Count != scales.Count)
            throw tensor.Error($"has {scales.Count} scales and {zeros.Count} zero points.");
        for (int i = 0; i < values.Length; i++)
        {
            int slice = scales.Count > 1 ? i / inner % scales.Count : 0;
            long zero = zeros.Count == 0 ? 0 : zeros.Long(zeros.Count > 1 ? slice : 0);
            values[i] = scales.Float(slice) * (values[i] - zero);
        }

        Dequantized = true;
    }

    private ReadOnlyMemory<byte> Checked(TfTensor tensor, int bytes)
    {
        if (tensor.IsSparse)
            throw tensor.Error("is stored sparsely, which is not supported: convert the model without sparsity.");
        if (tensor.Buffer <= 0 || tensor.Buffer >= buffers.Count)
            throw tensor.Error($"names buffer {tensor.Buffer}, and the file has {buffers.Count}.");
        ReadOnlyMemory<byte> data = Data(tensor);
        if (data.Length != tensor.Count * bytes)
        {
            throw tensor.Error(
                $"has the shape {tensor.DescribeShape()} of {tensor.TypeName}, {tensor.Count * bytes} bytes, but its buffer has {data.Length}.");
        }

        return data;
    }

    private ReadOnlyMemory<byte> Data(TfTensor tensor)
    {
        FlatTable buffer = buffers.Table(tensor.Buffer);
        FlatVector inside = buffer.Vector(0, 1);
        ulong offset = buffer.ULong(1);
        if (offset <= 1)
            return file.Source.Content.AsMemory(inside.Start, inside.Count);

        // Behind the tables, as large models have it.
        ulong size = buffer.ULong(2);
        int length = file.Source.Content.Length;
        if (offset > (ulong)length || size > (ulong)length - offset)
            throw tensor.Error($"has {size} bytes from byte {offset} on, and the file has {length}.");
        return file.Source.Content.AsMemory((int)offset, (int)size);
    }

    private delegate double ElementReader(ReadOnlySpan<byte> element);
}
