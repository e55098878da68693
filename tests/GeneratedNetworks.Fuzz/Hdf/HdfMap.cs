using System.Buffers.Binary;

namespace GeneratedNetworks.Fuzz.Hdf;

/// <summary>A number of the structure of an HDF5 file.</summary>
/// <param name="At">Where it is.</param>
/// <param name="Bytes">How long it is.</param>
/// <param name="IsAddress">Whether it leads to another structure.</param>
internal sealed record HdfField(int At, int Bytes, bool IsAddress);

/// <summary>A structure: what kind it is, where, and how long.</summary>
internal sealed record HdfBlock(string Kind, int At, int Length);

/// <summary>
/// Where the structures of an HDF5 file are and which numbers they consist of. It looks for signatures instead of following addresses, so that it finds
/// its way in damaged files too; object headers, which have none, are those that lists of objects name.
/// </summary>
internal sealed class HdfMap
{
    private const int MostMessages = 200;

    private readonly byte[] _content;

    private HdfMap(byte[] content) => _content = content;

    public List<HdfField> Fields { get; } = [];

    public List<HdfBlock> Blocks { get; } = [];

    public static HdfMap Of(byte[] content)
    {
        HdfMap map = new(content);
        map.Find();
        return map;
    }

    private void Find()
    {
        // The superblock and its one entry.
        Add(8, (1, false), (1, false), (1, false), (1, false), (1, false), (1, false), (1, false), (1, false), (2, false), (2, false), (4, false));
        Add(24, (8, true), (8, true), (8, false), (8, true));
        Entry(56);
        for (int at = 0; at + 8 <= _content.Length; at += 8)
        {
            switch (BinaryPrimitives.ReadUInt32BigEndian(_content.AsSpan(at)))
            {
                case 0x54524545: // TREE
                    Tree(at);
                    break;
                case 0x534E4F44: // SNOD
                    Objects(at);
                    break;
                case 0x48454150: // HEAP
                    Blocks.Add(new HdfBlock("names", at, 32));
                    Add(at + 8, (8, false), (8, false), (8, true));
                    break;
                case 0x47434F4C: // GCOL
                    Blocks.Add(new HdfBlock("texts", at, 64));
                    Add(at + 8, (8, false), (2, false), (2, false), (4, false), (8, false));
                    break;
            }
        }
    }

    private void Tree(int at)
    {
        Blocks.Add(new HdfBlock("tree", at, 64));
        Add(at + 4, (1, false), (1, false), (2, false), (8, true), (8, true));
        int children = Math.Min(UShort(at + 6), 16);
        for (int i = 0; i < children; i++)
            Add(at + 24 + (i * 16), (8, false), (8, true));
    }

    private void Objects(int at)
    {
        int count = Math.Min(UShort(at + 6), 64);
        Blocks.Add(new HdfBlock("objects", at, 8 + (count * 40)));
        Add(at + 4, (1, false), (1, false), (2, false));
        for (int i = 0; i < count; i++)
            Entry(at + 8 + (i * 40));
    }

    private void Entry(int at)
    {
        Add(at, (8, false), (8, true), (4, false), (4, false), (8, true), (8, true));
        if (at + 16 <= _content.Length && BinaryPrimitives.ReadUInt64LittleEndian(_content.AsSpan(at + 8)) is var header && header < (ulong)_content.Length)
            Header((int)header);
    }

    private void Header(int at)
    {
        if (Blocks.Exists(block => block.At == at))
            return;
        Blocks.Add(new HdfBlock("header", at, 16));
        Add(at, (1, false), (1, false), (2, false), (4, false), (4, false));
        int next = at + 16;
        for (int i = 0; i < MostMessages && next + 8 <= _content.Length; i++)
        {
            int size = UShort(next + 2);
            Add(next, (2, false), (2, false), (1, false));

            // Addresses are aligned in a message of their own; elsewhere small numbers are as likely.
            bool leads = UShort(next) is 0x10 or 0x11;
            for (int place = 0; place + 8 <= Math.Min(size, 48); place += 8)
                Add(next + 8 + place, leads ? [(8, true)] : [(1, false), (1, false), (2, false), (4, false)]);
            if (UShort(next) == 0x08)
                Add(next + 10, (8, true), (8, false));
            Blocks.Add(new HdfBlock("message", next, 8 + size));
            next += 8 + size;
        }
    }

    private int UShort(int at) => at + 2 <= _content.Length ? BinaryPrimitives.ReadUInt16LittleEndian(_content.AsSpan(at)) : 0;

    private void Add(int at, params ReadOnlySpan<(int Bytes, bool IsAddress)> fields)
    {
        foreach ((int bytes, bool isAddress) in fields)
        {
            if (at + bytes <= _content.Length)
                Fields.Add(new HdfField(at, bytes, isAddress));
            at += bytes;
        }
    }
}
