using System.Buffers.Binary;

namespace GeneratedNetworks.Import.Keras.Hdf;

/// <summary>The bytes of an HDF5 file, read only where they are.</summary>
/// <param name="Content">All of them.</param>
/// <param name="Error">An exception that names the file.</param>
internal sealed record HdfBytes(byte[] Content, Func<string, ModelFileException> Error)
{
    /// <summary>The address that stands for none.</summary>
    public const ulong Undefined = ulong.MaxValue;

    private long _work;

    /// <summary>The place of <paramref name="length"/> bytes at an address, which are then known to be there.</summary>
    public int Place(ulong address, ulong length, string what)
    {
        ulong size = (ulong)Content.Length;
        if (address > size || length > size - address)
            throw Error($"its HDF5 structure is damaged: {what} should have {length} bytes from byte {address} on, and there are {size} in all.");

        // Structures may overlap: without a bound on what they add up to, a small file could keep a reader busy.
        _work += 16 + (long)length;
        if (_work > (16L * Content.Length) + (1 << 20))
            throw Error("its HDF5 structure is damaged: its parts overlap.");
        return (int)address;
    }

    public byte Byte(int at) => Content[at];

    public ushort UShort(int at) => BinaryPrimitives.ReadUInt16LittleEndian(Content.AsSpan(at));

    public uint UInt(int at) => BinaryPrimitives.ReadUInt32LittleEndian(Content.AsSpan(at));

    public ulong ULong(int at) => BinaryPrimitives.ReadUInt64LittleEndian(Content.AsSpan(at));

    /// <summary>Requires four characters at an address, and a number behind them.</summary>
    public int Signed(ulong address, ulong length, string signature, byte version, string what)
    {
        int at = Place(address, length, what);
        for (int i = 0; i < signature.Length; i++)
        {
            if (Content[at + i] != signature[i])
                throw Error($"its HDF5 structure is damaged: {what} at byte {address} should begin with {signature}.");
        }

        byte found = Content[at + signature.Length];
        if (found != version)
            throw Error($"its HDF5 structure is damaged or not supported: {what} at byte {address} has version {found}, not {version}.");
        return at;
    }

    public ModelFileException Damaged(string what) => Error($"its HDF5 structure is damaged: {what}.");
}
