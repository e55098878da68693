namespace GeneratedNetworks.Import.Keras.Hdf;

/// <summary>
/// Walks the whole structure of an HDF5 file before the library that reads it sees it, which trusts the sizes, counts and addresses that it finds.
/// </summary>
/// <remarks>
/// What passes is the part of HDF5 that h5py writes unless it is told otherwise: superblock 0, object headers 1, groups as symbol tables, and of all
/// messages those of plain datasets and attributes. So nothing refers to another file: neither links nor datasets.
/// Source: "HDF5 File Format Specification Version 3.0", The HDF Group.
/// </remarks>
internal sealed class HdfCheck
{
    private const int DeepestTree = 32;

    private readonly HdfBytes _bytes;
    private readonly HdfMessages _messages;
    private readonly HashSet<ulong> _headers = [];
    private readonly HashSet<(ulong Tree, ulong Heap)> _groups = [];
    private readonly Queue<ulong> _open = [];
    private readonly Queue<(ulong Tree, ulong Heap)> _openGroups = [];

    private HdfCheck(HdfBytes bytes)
    {
        _bytes = bytes;
        _messages = new HdfMessages(bytes);
    }

    /// <summary>
    /// Throws what <see cref="HdfBytes.Error"/> makes unless every reachable structure lies inside the file and is of a kind that is known.
    /// </summary>
    public static void Verify(HdfBytes bytes) => new HdfCheck(bytes).Run();

    private void Run()
    {
        CheckSignature();
        if (_bytes.Byte(8) != 0 || _bytes.Byte(13) != 8 || _bytes.Byte(14) != 8)
        {
            throw _bytes.Error(
                $"its HDF5 superblock has version {_bytes.Byte(8)} with addresses of {_bytes.Byte(13)} and lengths of {_bytes.Byte(14)} bytes; "
                + "version 0 with 8 and 8 is supported, which h5py writes without libver.");
        }

        if (_bytes.ULong(24) != 0)
            throw _bytes.Damaged($"its addresses count from byte {_bytes.ULong(24)}");
        if (_bytes.ULong(40) > (ulong)_bytes.Content.Length)
            throw _bytes.Error($"it is cut off: it should have {_bytes.ULong(40)} bytes, and it has {_bytes.Content.Length}.");
        CheckEntry(56, null);

        // Objects and groups wait their turn: groups may lie in each other deeper than a stack is.
        while (true)
        {
            if (_openGroups.TryDequeue(out (ulong Tree, ulong Heap) group))
                CheckGroup(group.Tree, group.Heap);
            else if (_open.TryDequeue(out ulong address))
                CheckObject(address);
            else
                return;
        }
    }

    private void CheckSignature()
    {
        ReadOnlySpan<byte> signature = [0x89, (byte)'H', (byte)'D', (byte)'F', 0x0D, 0x0A, 0x1A, 0x0A];
        if (_bytes.Content.Length < 8 || !_bytes.Content.AsSpan(0, 8).SequenceEqual(signature))
            throw _bytes.Error("it is no HDF5 file: it does not begin with HDF5's signature.");
        if (_bytes.Content.Length < 96)
            throw _bytes.Damaged($"it ends within its superblock, after {_bytes.Content.Length} bytes");
    }

    /// <summary>An entry of a symbol table: 40 bytes that name an object and tell where it is.</summary>
    /// <param name="at">Where the entry is.</param>
    /// <param name="names">How many bytes of the group's names there are up to the last that ends; null where the entry needs no name.</param>
    private void CheckEntry(int at, ulong? names)
    {
        if (names is { } bytes && _bytes.ULong(at) >= bytes)
            throw _bytes.Damaged($"an object's name should be at byte {_bytes.ULong(at)} of {bytes} bytes of names");

        uint cached = _bytes.UInt(at + 16);
        if (cached > 1)
            throw _bytes.Error("it has HDF5 links by name, which are not supported.");
        if (cached == 1)
            AddGroup(_bytes.ULong(at + 24), _bytes.ULong(at + 32));
        ulong header = _bytes.ULong(at + 8);
        if (_headers.Add(header))
            _open.Enqueue(header);
    }

    private void CheckObject(ulong address)
    {
        int at = _bytes.Place(address, 16, "an object header");
        if (_bytes.Byte(at) != 1)
            throw _bytes.Error(
                $"its HDF5 object at byte {address} is of a kind that is damaged or not supported; object headers of version 1 are, which h5py "
                + "writes without libver.");
        HdfObject found = new();
        Queue<(ulong Address, ulong Length)> blocks = [];
        blocks.Enqueue((address + 16, _bytes.UInt(at + 8)));
        HashSet<ulong> seen = [address + 16];
        while (blocks.TryDequeue(out (ulong Address, ulong Length) block))
        {
            int next = _bytes.Place(block.Address, block.Length, "the messages of an object");
            int end = next + (int)block.Length;
            while (next < end)
            {
                int size = end - next >= 8 ? _bytes.UShort(next + 2) : ushort.MaxValue;
                if (size > end - next - 8)
                    throw _bytes.Damaged($"a message at byte {next} leads out of its object, which ends at byte {end}");
                (ulong Address, ulong Length)? more = _messages.Check(_bytes.UShort(next), _bytes.Byte(next + 4), next + 8, size, found);
                next += 8 + size;
                if (more is not { } following)
                    continue;
                if (!seen.Add(following.Address))
                    throw _bytes.Damaged($"an object goes on at byte {following.Address} twice");
                blocks.Enqueue(following);
            }
        }

        if (found.Group is { } group)
            AddGroup(group.Tree, group.Heap);
        if (found.Layout is not null)
            new HdfDataCheck(_bytes, found).Check();
    }

    private void AddGroup(ulong tree, ulong heap)
    {
        if (_groups.Add((tree, heap)))
            _openGroups.Enqueue((tree, heap));
    }

    private void CheckGroup(ulong tree, ulong heap)
    {
        int at = _bytes.Signed(heap, 32, "HEAP", 0, "a group's names");
        ulong size = _bytes.ULong(at + 8);
        int start = _bytes.Place(_bytes.ULong(at + 24), size, "a group's names");

        // Every name that begins up to the last zero ends there at the latest. So the names are searched once, and not for each object.
        ulong names = (ulong)(_bytes.Content.AsSpan(start, (int)size).LastIndexOf((byte)0) + 1);
        CheckGroupTree(tree, names, null, []);
    }

    /// <summary>As deep as its level says, which is bounded and falls by one from a node to its children.</summary>
    private void CheckGroupTree(ulong address, ulong names, int? level, HashSet<ulong> seen)
    {
        (int at, int entries, int found) = CheckTree(_bytes, address, 0, 8, level, seen);
        for (int i = 0; i < entries; i++)
        {
            ulong child = _bytes.ULong(at + 24 + (i * 16) + 8);
            if (found > 0)
                CheckGroupTree(child, names, found - 1, seen);
            else if (seen.Add(child))
                CheckNode(child, names);
            else
                throw _bytes.Damaged($"a group lists the objects at byte {child} twice");
        }
    }

    private void CheckNode(ulong address, ulong names)
    {
        int at = _bytes.Signed(address, 8, "SNOD", 1, "a list of a group's objects");
        int count = _bytes.UShort(at + 6);
        _bytes.Place(address, 8 + ((ulong)count * 40), "a list of a group's objects");
        for (int i = 0; i < count; i++)
            CheckEntry(at + 8 + (i * 40), names);
    }

    /// <summary>A node of a tree: its place, how many children it has, and its level; 0 is a leaf.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="address">Where the node should be.</param>
    /// <param name="type">0 for groups, 1 for data.</param>
    /// <param name="keyBytes">The size of a key.</param>
    /// <param name="level">The level it must have, or null for a root.</param>
    /// <param name="seen">The nodes of this tree so far.</param>
    public static (int At, int Entries, int Level) CheckTree(HdfBytes bytes, ulong address, int type, int keyBytes, int? level, HashSet<ulong> seen)
    {
        if (!seen.Add(address))
            throw bytes.Damaged($"a tree leads to byte {address} twice");
        int at = bytes.Signed(address, 24, "TREE", (byte)type, "a tree");
        int found = bytes.Byte(at + 5);
        if (level is not null ? found != level : found > DeepestTree)
            throw bytes.Damaged($"a tree's node at byte {address} has level {found}");
        int entries = bytes.UShort(at + 6);
        bytes.Place(address, 24 + ((ulong)entries * (ulong)(keyBytes + 8)) + (ulong)keyBytes, "a tree");
        return (at, entries, found);
    }
}
