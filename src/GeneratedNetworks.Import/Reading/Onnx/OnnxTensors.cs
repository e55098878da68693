using System.Buffers.Binary;
using GeneratedNetworks.Import.Onnx;
using GeneratedNetworks.Import.Onnx.Schema;
using DataType = GeneratedNetworks.Import.Onnx.Schema.TensorProto.Types.DataType;

namespace GeneratedNetworks.Import.Reading.Onnx;

/// <summary>The constants of an ONNX file as doubles, each read when a node asks for it.</summary>
internal sealed class OnnxTensors(ModelSource source)
{
    private const int MostAxes = 16;

    // Files beside the model may be named many times: what they give altogether is bounded like the largest array of doubles.
    private const long MostExternalBytes = int.MaxValue;

    private readonly ExternalData _external = new(source);

    /// <summary>What was read of files beside the model.</summary>
    public long ExternalBytes { get; private set; }

    public Tensor Read(TensorProto tensor, string name)
    {
        string what = $"tensor '{(name.Length > 100 ? name[..100] + "…" : name)}'";
        (ElementType type, int bytes) = TypeOf(tensor.DataType)
            ?? throw source.Error($"{what} holds elements of type {tensor.DataType}, which are no numbers.");
        if (tensor.Dims.Count > MostAxes || tensor.Dims.Any(extent => extent is < 0 or > int.MaxValue) || tensor.Segment is not null)
            throw source.Error($"{what} has a shape that cannot be read.");
        int[] shape = [.. tensor.Dims.Select(extent => (int)extent)];
        long count = Extents.Count(shape);
        if (count > int.MaxValue / bytes)
            throw source.Error($"{what} has {count} elements.");
        if (tensor.DataLocation == TensorProto.Types.DataLocation.External)
        {
            ExternalBytes += count * bytes;
            if (ExternalBytes > MostExternalBytes)
                throw source.Error($"{what}: its external data have more than {MostExternalBytes} bytes altogether.");
            return new Tensor(type, shape, Decode(_external.Read(tensor, what, count * bytes), (DataType)tensor.DataType, bytes));
        }

        double[] elements = tensor.HasRawData
            ? tensor.RawData.Length == count * bytes ? Decode(tensor.RawData.Span, (DataType)tensor.DataType, bytes) : []
            : Stored(tensor);
        return elements.Length == count
            ? new Tensor(type, shape, elements)
            : throw source.Error($"{what} should have {count} elements by its shape, and has others.");
    }

    /// <summary>The element type and its bytes; null for what is no number.</summary>
    public static (ElementType Type, int Bytes)? TypeOf(int type) => (DataType)type switch
    {
        DataType.Float => (ElementType.Real, 4),
        DataType.Double => (ElementType.Real, 8),
        DataType.Float16 or DataType.Bfloat16 => (ElementType.Real, 2),
        DataType.Int8 => (ElementType.Int8, 1),
        DataType.Uint8 => (ElementType.UInt8, 1),
        DataType.Int16 => (ElementType.Int16, 2),
        DataType.Uint16 => (ElementType.UInt16, 2),
        DataType.Int32 => (ElementType.Int32, 4),
        DataType.Uint32 => (ElementType.UInt32, 4),
        DataType.Int64 => (ElementType.Int64, 8),
        DataType.Uint64 => (ElementType.UInt64, 8),
        DataType.Bool => (ElementType.Truth, 1),
        _ => null,
    };

    /// <summary>Element by element in the field of its type; small types lie in 32 bits.</summary>
    private static double[] Stored(TensorProto tensor) => (DataType)tensor.DataType switch
    {
        DataType.Float => [.. tensor.FloatData.Select(value => (double)value)],
        DataType.Double => [.. tensor.DoubleData],
        DataType.Int64 => [.. tensor.Int64Data.Select(value => (double)value)],
        DataType.Uint32 or DataType.Uint64 => [.. tensor.Uint64Data.Select(value => (double)value)],
        DataType.Float16 => [.. tensor.Int32Data.Select(value => (double)BitConverter.UInt16BitsToHalf((ushort)value))],
        DataType.Bfloat16 => [.. tensor.Int32Data.Select(value => (double)BitConverter.Int32BitsToSingle(value << 16))],
        _ => [.. tensor.Int32Data.Select(value => (double)value)],
    };

    private static double[] Decode(ReadOnlySpan<byte> data, DataType type, int bytes)
    {
        double[] values = new double[data.Length / bytes];
        for (int i = 0; i < values.Length; i++)
        {
            ReadOnlySpan<byte> at = data[(i * bytes)..];
            values[i] = type switch
            {
                DataType.Float => BinaryPrimitives.ReadSingleLittleEndian(at),
                DataType.Double => BinaryPrimitives.ReadDoubleLittleEndian(at),
                DataType.Float16 => (double)BinaryPrimitives.ReadHalfLittleEndian(at),
                DataType.Bfloat16 => BitConverter.Int32BitsToSingle(BinaryPrimitives.ReadUInt16LittleEndian(at) << 16),
                DataType.Int8 => (sbyte)at[0],
                DataType.Uint8 => at[0],
                DataType.Bool => at[0] != 0 ? 1 : 0,
                DataType.Int16 => BinaryPrimitives.ReadInt16LittleEndian(at),
                DataType.Uint16 => BinaryPrimitives.ReadUInt16LittleEndian(at),
                DataType.Int32 => BinaryPrimitives.ReadInt32LittleEndian(at),
                DataType.Uint32 => BinaryPrimitives.ReadUInt32LittleEndian(at),
                DataType.Int64 => BinaryPrimitives.ReadInt64LittleEndian(at),
                _ => BinaryPrimitives.ReadUInt64LittleEndian(at),
            };
        }

        return values;
    }
}
