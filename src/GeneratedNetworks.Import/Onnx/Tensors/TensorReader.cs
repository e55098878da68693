using System.Buffers.Binary;
using GeneratedNetworks.Import.Onnx.Schema;
using DataType = GeneratedNetworks.Import.Onnx.Schema.TensorProto.Types.DataType;

namespace GeneratedNetworks.Import.Onnx;

/// <summary>Reads the numbers of a tensor, wherever the file keeps them, as doubles: all types but the largest 64-bit integers are exact.</summary>
internal sealed class TensorReader(ModelSource source, TensorBudget budget)
{
    private readonly ExternalData _external = new(source);

    /// <param name="tensor">The tensor; no array is made before its elements are known to be there.</param>
    /// <param name="name">What messages call it.</param>
    public OnnxConstant Read(TensorProto tensor, string name)
    {
        string what = $"tensor '{OnnxNode.Shorten(name)}'";
        if (tensor.Segment is not null)
            throw source.Error($"{what} is stored in segments, which is not supported.");
        int[] shape = Shape(tensor, what);
        long count = shape.Aggregate(1L, (product, extent) => product * extent);
        DataType type = (DataType)tensor.DataType;
        int size = ElementTypes.Size(type);
        if (size == 0)
            return new OnnxConstant(name, type, shape, null);
        budget.Take(count, what);
        return new OnnxConstant(name, type, shape, Values(tensor, what, type, size, count));
    }

    private int[] Shape(TensorProto tensor, string what)
    {
        if (tensor.Dims.Count > 64)
            throw source.Error($"{what} has {tensor.Dims.Count} axes.");
        long count = 1;
        foreach (long extent in tensor.Dims)
        {
            if (extent is < 0 or > int.MaxValue)
                throw source.Error($"{what} has the extent {extent}.");
            count = extent == 0 || count == 0 ? 0 : count * extent;
            if (count > int.MaxValue)
                throw source.Error($"{what} has the shape [{string.Join(", ", tensor.Dims)}], more than {int.MaxValue} elements.");
        }

        return [.. tensor.Dims.Select(extent => (int)extent)];
    }

    private double[] Values(TensorProto tensor, string what, DataType type, int size, long count)
    {
        if (tensor.DataLocation == TensorProto.Types.DataLocation.External)
            return Decode(_external.Read(tensor, what, count * size), type, size);
        if (tensor.HasRawData)
        {
            if (tensor.RawData.Length != count * size)
            {
                throw source.Error(
                    $"{what} of type {ElementTypes.Name(type)} and shape [{string.Join(", ", tensor.Dims)}] "
                    + $"needs {count * size} bytes, and has {tensor.RawData.Length}.");
            }

            return Decode(tensor.RawData.Span, type, size);
        }

        return type switch
        {
            DataType.Float => Convert(tensor.FloatData, value => value, what, count),
            DataType.Double => Convert(tensor.DoubleData, value => value, what, count),
            DataType.Int64 => Convert(tensor.Int64Data, value => value, what, count),
            DataType.Uint32 or DataType.Uint64 => Convert(tensor.Uint64Data, value => value, what, count),
            DataType.Float16 => Convert(tensor.Int32Data, value => (double)BitConverter.UInt16BitsToHalf((ushort)value), what, count),
            DataType.Bfloat16 => Convert(tensor.Int32Data, value => Widen((ushort)value), what, count),
            _ => Convert(tensor.Int32Data, value => value, what, count),
        };
    }

    private double[] Convert<T>(ICollection<T> stored, Func<T, double> widen, string what, long count)
    {
        if (stored.Count != count)
            throw source.Error($"{what} must have {count} elements by its shape, and has {stored.Count}.");
        double[] values = new double[stored.Count];
        int next = 0;
        foreach (T element in stored)
            values[next++] = widen(element);
        return values;
    }

    /// <summary>Raw form: little-endian, one after the other.</summary>
    private static double[] Decode(ReadOnlySpan<byte> bytes, DataType type, int size)
    {
        double[] values = new double[bytes.Length / size];
        for (int i = 0; i < values.Length; i++)
        {
            ReadOnlySpan<byte> element = bytes.Slice(i * size, size);
            values[i] = type switch
            {
                DataType.Float => BinaryPrimitives.ReadSingleLittleEndian(element),
                DataType.Double => BinaryPrimitives.ReadDoubleLittleEndian(element),
                DataType.Float16 => (double)BinaryPrimitives.ReadHalfLittleEndian(element),
                DataType.Bfloat16 => Widen(BinaryPrimitives.ReadUInt16LittleEndian(element)),
                DataType.Int8 => (sbyte)element[0],
                DataType.Uint8 => element[0],
                DataType.Bool => element[0] == 0 ? 0 : 1,
                DataType.Int16 => BinaryPrimitives.ReadInt16LittleEndian(element),
                DataType.Uint16 => BinaryPrimitives.ReadUInt16LittleEndian(element),
                DataType.Int32 => BinaryPrimitives.ReadInt32LittleEndian(element),
                DataType.Uint32 => BinaryPrimitives.ReadUInt32LittleEndian(element),
                DataType.Int64 => BinaryPrimitives.ReadInt64LittleEndian(element),
                _ => BinaryPrimitives.ReadUInt64LittleEndian(element),
            };
        }

        return values;
    }

    /// <summary>A bfloat16 is the upper half of a float.</summary>
    private static double Widen(ushort bits) => BitConverter.UInt32BitsToSingle((uint)bits << 16);
}
