using System.Buffers.Binary;
using System.Text;

namespace GeneratedNetworks.Fuzz.Hdf;

/// <summary>HDF5 files made from nothing, well formed in every part, whose whole is out of proportion.</summary>
internal static class HdfGrowth
{
    private const ulong None = ulong.MaxValue;
    private const int Start = 96;
    private const int HeaderBytes = 16;

    public static byte[] Make(Random random) => random.Next(4) switch
    {
        0 => Nested(1 + random.Next(20_000)),
        1 => Shared(1 + random.Next(2_000), 1 + random.Next(2_000), 8 * (1 + random.Next(20_000)), endEarly: random.Next(2) == 0),
        2 => Continued(1 + random.Next(3_000), 1 + random.Next(20_000)),
        _ => Overlapping(1 + random.Next(2_000), 8 * (1 + random.Next(20_000))),
    };

    /// <summary>Groups in groups, each known to its parent's list of objects by tree and names alone.</summary>
    public static byte[] Nested(int depth)
    {
        const int Names = Start + HeaderBytes;
        const int First = Names + 40;
        const int Level = 48 + 48;
        Writer file = new(First + (depth * Level));
        file.Superblock(First, Names);
        file.Header();
        file.Names(8, 'a');
        for (int i = 0; i < depth; i++)
        {
            ulong next = (ulong)(First + ((i + 1) * Level));
            file.Tree([(ulong)(First + (i * Level) + 48)]);
            file.Objects(1);
            file.Entry(0, i + 1 < depth ? 1u : 0, next, Names);
        }

        return file.Bytes();
    }

    /// <summary>One list of objects that is the child of a tree many times, with names of which each takes a search to its end.</summary>
    public static byte[] Shared(int children, int entries, int nameBytes, bool endEarly)
    {
        const int Names = Start + HeaderBytes;
        ulong tree = (ulong)(Names + 32 + nameBytes);
        ulong list = tree + 24 + ((ulong)children * 16) + 8;
        Writer file = new((int)list + 8 + (entries * 40));
        file.Superblock(tree, Names);
        file.Header();
        file.Names(nameBytes, 'a', endEarly);
        file.Tree([.. Enumerable.Repeat(list, children)]);
        file.Objects(entries);
        for (int i = 0; i < entries; i++)
            file.Entry(0, 0, 0, 0);
        return file.Bytes();
    }

    /// <summary>An object whose messages go on in many places, which lie over each other.</summary>
    public static byte[] Continued(int messages, int region)
    {
        int size = messages * 24;
        int first = Start + HeaderBytes + size;
        Writer file = new(first + (region * 8));
        file.Superblock(null, 0);
        file.Header(size);
        for (int i = 0; i < messages; i++)
        {
            file.Number(0x10, 2);
            file.Number(16, 2);
            file.Number(0, 4);
            file.Number((ulong)(first + (8 * (i % region))), 8);
            file.Number((ulong)((region - (i % region)) * 8), 8);
        }

        file.Zeros(region * 8);
        return file.Bytes();
    }

    /// <summary>Many groups of their own trees over one heap of names.</summary>
    public static byte[] Overlapping(int groups, int nameBytes)
    {
        const int Names = Start + HeaderBytes;
        int tree = Names + 32 + nameBytes;
        int list = tree + 48;
        int others = list + 8 + (groups * 40);
        Writer file = new(others + (groups * 32));
        file.Superblock((ulong)tree, Names);
        file.Header();
        file.Names(nameBytes, 'n');
        file.Tree([(ulong)list]);
        file.Objects(groups);
        for (int i = 0; i < groups; i++)
            file.Entry((ulong)(i % nameBytes), 1, (ulong)(others + (i * 32)), Names);
        for (int i = 0; i < groups; i++)
            file.Tree([]);
        return file.Bytes();
    }

    private sealed class Writer(int size)
    {
        private readonly byte[] _bytes = new byte[size];
        private int _at;

        /// <summary>The superblock, with the root's tree and names where the root's entry says them.</summary>
        public void Superblock(ulong? tree, ulong names)
        {
            Text("\u0089HDF\r\n\u001a\n");
            Number(0, 5);
            Number(0x0808, 2);
            Number(0, 1);
            Number(4, 2);
            Number(16, 2);
            Number(0, 4);
            Number(0, 8);
            Number(None, 8);
            Number((ulong)_bytes.Length, 8);
            Number(None, 8);
            Entry(0, tree is null ? 0u : 1, tree ?? 0, names);
        }

        /// <summary>An entry of an object at the one header that there is.</summary>
        public void Entry(ulong name, uint cached, ulong tree, ulong names)
        {
            Number(name, 8);
            Number(Start, 8);
            Number(cached, 4);
            Number(0, 4);
            Number(tree, 8);
            Number(names, 8);
        }

        public void Header(int messageBytes = 0)
        {
            Number(1, 2);
            Number(0, 2);
            Number(1, 4);
            Number((ulong)messageBytes, 4);
            Number(0, 4);
        }

        public void Names(int bytes, char letter, bool endEarly = false)
        {
            Text("HEAP");
            Number(0, 4);
            Number((ulong)bytes, 8);
            Number(1, 8);
            Number((ulong)_at + 8, 8);
            _bytes.AsSpan(_at, bytes).Fill((byte)letter);

            // Without a zero at the end, no name ends.
            _bytes[_at + bytes - 1] = (byte)(endEarly ? letter : 0);
            if (endEarly)
                _bytes[_at] = 0;
            _at += bytes;
        }

        public void Tree(ulong[] children)
        {
            Text("TREE");
            Number(0, 2);
            Number((ulong)children.Length, 2);
            Number(None, 8);
            Number(None, 8);
            foreach (ulong child in children)
            {
                Number(0, 8);
                Number(child, 8);
            }

            Number(0, 8);
        }

        public void Objects(int count)
        {
            Text("SNOD");
            Number(1, 2);
            Number((ulong)count, 2);
        }

        public void Number(ulong value, int bytes)
        {
            Span<byte> all = stackalloc byte[8];
            BinaryPrimitives.WriteUInt64LittleEndian(all, value);
            all[..bytes].CopyTo(_bytes.AsSpan(_at));
            _at += bytes;
        }

        public void Zeros(int bytes) => _at += bytes;

        public byte[] Bytes() => _at == _bytes.Length ? _bytes : throw new InvalidOperationException($"{_at} bytes were written, not {_bytes.Length}.");

        private void Text(string text) => _at += Encoding.Latin1.GetBytes(text, _bytes.AsSpan(_at));
    }
}
