using System.Buffers.Binary;

namespace GeneratedNetworks.Import.Numbers;

/// <summary>A floating-point type by its name in safetensors, and how its little-endian bytes become doubles, exactly.</summary>
internal sealed class FloatingPoint
{
    public static readonly FloatingPoint Half = new("F16", 2, bytes => (double)BinaryPrimitives.ReadHalfLittleEndian(bytes));
    public static readonly FloatingPoint BrainHalf = new("BF16", 2, BrainHalfToDouble);
    public static readonly FloatingPoint Single = new("F32", 4, bytes => BinaryPrimitives.ReadSingleLittleEndian(bytes));
    public static readonly FloatingPoint Double = new("F64", 8, BinaryPrimitives.ReadDoubleLittleEndian);

    private static readonly FloatingPoint[] All = [Half, BrainHalf, Single, Double];

    private readonly Reader _read;

    private FloatingPoint(string name, int bytes, Reader read)
    {
        Name = name;
        Bytes = bytes;
        _read = read;
    }

    /// <summary>Its bits are the upper half of a 32-bit number.</summary>
    private static double BrainHalfToDouble(ReadOnlySpan<byte> bytes) =>
        BitConverter.UInt32BitsToSingle((uint)BinaryPrimitives.ReadUInt16LittleEndian(bytes) << 16);

    private delegate double Reader(ReadOnlySpan<byte> bytes);

    public string Name { get; }

    public int Bytes { get; }

    public static FloatingPoint? Of(string name) => Array.Find(All, type => type.Name == name);

    public double[] Decode(ReadOnlySpan<byte> bytes)
    {
        double[] values = new double[bytes.Length / Bytes];
        for (int i = 0; i < values.Length; i++)
            values[i] = _read(bytes.Slice(i * Bytes, Bytes));
        return values;
    }
}
