using System.IO.Compression;
using PureHDF.Filters;

namespace GeneratedNetworks.Import.Keras.Hdf;

/// <summary>
/// Filters in the place of the library's own: those unpack whatever a chunk holds, however much that is, and shuffle bytes by a size that the
/// file names.
/// </summary>
internal static class SafeFilters
{
    private static readonly Lazy<bool> Registered = new(() =>
    {
        H5Filter.Register(new BoundedDeflate());
        H5Filter.Register(new CheckedShuffle());
        return true;
    });

    /// <summary>Puts them in place, once for the process.</summary>
    public static void Register() => _ = Registered.Value;

    private sealed class BoundedDeflate : IH5Filter
    {
        // A checksum may have been added before the bytes were packed.
        private const int ChecksumBytes = 4;

        public ushort FilterId => 1;

        public string Name => "deflate";

        public Memory<byte> Filter(FilterInfo info)
        {
            using ZLibStream packed = new(new MemoryStream(info.Buffer.ToArray(), writable: false), CompressionMode.Decompress);
            byte[] unpacked = new byte[info.ChunkSize + ChecksumBytes];
            int length = packed.ReadAtLeast(unpacked, unpacked.Length, throwOnEndOfStream: false);
            return packed.ReadByte() < 0
                ? unpacked.AsMemory(0, length)
                : throw new InvalidDataException($"A chunk of {info.ChunkSize} bytes unpacks to more.");
        }

        public uint[] GetParameters(uint[] chunkDimensions, uint typeSize, Dictionary<string, object>? options) => throw new NotSupportedException();
    }

    /// <summary>Undoes the shuffle: first come the first bytes of all elements, then the second, and what is left over last.</summary>
    private sealed class CheckedShuffle : IH5Filter
    {
        public ushort FilterId => 2;

        public string Name => "shuffle";

        public Memory<byte> Filter(FilterInfo info)
        {
            uint size = info.Parameters.Length == 1 ? info.Parameters[0] : 0;
            if (size is < 1 or > 8)
                throw new InvalidDataException("A shuffle of elements without a size.");
            ReadOnlySpan<byte> shuffled = info.Buffer.Span;
            byte[] result = shuffled.ToArray();
            int count = shuffled.Length / (int)size;
            for (int place = 0; place < size; place++)
            {
                for (int i = 0; i < count; i++)
                    result[(i * (int)size) + place] = shuffled[(place * count) + i];
            }

            return result;
        }

        public uint[] GetParameters(uint[] chunkDimensions, uint typeSize, Dictionary<string, object>? options) => throw new NotSupportedException();
    }
}
