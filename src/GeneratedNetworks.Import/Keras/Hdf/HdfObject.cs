namespace GeneratedNetworks.Import.Keras.Hdf;

/// <summary>What the messages of one object say.</summary>
internal sealed class HdfObject
{
    public (ulong Tree, ulong Heap)? Group { get; set; }

    public HdfLayout? Layout { get; set; }

    public ulong[]? Extents { get; set; }

    public uint? ElementBytes { get; set; }

    public bool HasFilters { get; set; }
}

/// <summary>How a dataset's elements are stored.</summary>
/// <param name="Address">Of the elements, or of the tree of chunks.</param>
/// <param name="Bytes">Of all elements where they lie together.</param>
/// <param name="Chunk">The extents of a chunk and, last, the bytes of an element; null where all elements lie together.</param>
internal sealed record HdfLayout(ulong Address, ulong Bytes, uint[]? Chunk);
