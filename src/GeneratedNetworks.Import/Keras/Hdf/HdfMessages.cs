namespace GeneratedNetworks.Import.Keras.Hdf;

/// <summary>Checks the messages of object headers, each inside its own bytes.</summary>
internal sealed class HdfMessages(HdfBytes bytes)
{
    private const int MostAxes = 32;
    private const int MostFilters = 32;

    private readonly HashSet<ulong> _heaps = [];

    /// <summary>Checks one message and notes what it says of its object; returns where the object goes on, if the message says that.</summary>
    public (ulong Address, ulong Length)? Check(int type, byte flags, int at, int size, HdfObject found)
    {
        if ((flags & 2) != 0)
            throw bytes.Error("it has shared HDF5 messages, which are not supported.");
        switch (type)
        {
            case 0x00:
            case 0x0E:
            case 0x12:
                break;
            case 0x01:
                found.Extents = Single(found.Extents, Extents(at, size, out _));
                break;
            case 0x03:
                found.ElementBytes = DataType(at, size, 0).Bytes;
                break;
            case 0x04:
                Need(size, 4);
                Need(size, 4 + (long)bytes.UInt(at));
                break;
            case 0x05:
                FillValue(at, size);
                break;
            case 0x08:
                found.Layout = Single(found.Layout, Layout(at, size));
                break;
            case 0x0B:
                Filters(at, size);
                found.HasFilters = true;
                break;
            case 0x0C:
                Attribute(at, size);
                break;
            case 0x10:
                Need(size, 16);
                return (bytes.ULong(at), bytes.ULong(at + 8));
            case 0x11:
                Need(size, 16);
                if (found.Group is not null)
                    throw bytes.Damaged("an object is a group twice");
                found.Group = (bytes.ULong(at), bytes.ULong(at + 8));
                break;
            default:
                throw bytes.Error(
                    $"its HDF5 structure has a message of type {type}, which is damaged or not supported; plain groups, datasets and attributes "
                    + "are, as h5py writes them without libver.");
        }

        return null;
    }

    private T Single<T>(T? before, T now)
        where T : class => before is null ? now : throw bytes.Damaged("an object says the same twice");

    private ulong[] Extents(int at, int size, out int used)
    {
        Need(size, 4);
        int version = bytes.Byte(at);
        int rank = bytes.Byte(at + 1);
        int flags = bytes.Byte(at + 2);
        if (version is not (1 or 2) || rank > MostAxes || flags > 1)
            throw bytes.Damaged($"the extents at byte {at} have version {version}, {rank} axes and flags {flags}");
        int start = version == 1 ? 8 : 4;
        used = start + (rank * (flags == 1 ? 16 : 8));
        Need(size, used);
        ulong[] extents = new ulong[rank];
        for (int i = 0; i < rank; i++)
            extents[i] = bytes.ULong(at + start + (i * 8));

        // A null dataspace has no element, and a count of 0.
        return version == 2 && bytes.Byte(at + 3) == 2 ? [0] : extents;
    }

    /// <summary>The bytes of an element, and whether it refers to the file's heap of texts.</summary>
    private (uint Bytes, bool OnHeap, int Used) DataType(int at, int size, int depth)
    {
        Need(size, 8);
        int kind = bytes.Byte(at) & 0x0F;
        int version = bytes.Byte(at) >> 4;
        uint elementBytes = bytes.UInt(at + 4);
        if (version is < 1 or > 3 || elementBytes == 0)
            throw bytes.Damaged($"the type at byte {at} has version {version} and {elementBytes} bytes");
        switch (kind)
        {
            case 0 when elementBytes <= 8:
                Need(size, 12);
                return (elementBytes, false, 12);
            case 1 when elementBytes <= 8:
                Need(size, 20);
                return (elementBytes, false, 20);
            case 3:
                return (elementBytes, false, 8);
            case 9 when elementBytes == 16 && depth == 0:
                return (elementBytes, true, 8 + DataType(at + 8, size - 8, depth + 1).Used);
            default:
                throw bytes.Error(
                    $"its HDF5 structure has elements of class {kind} with {elementBytes} bytes, which are damaged or not supported; numbers of up "
                    + "to 8 bytes and texts are.");
        }
    }

    private void FillValue(int at, int size)
    {
        Need(size, 2);
        int version = bytes.Byte(at);
        int place;
        switch (version)
        {
            case 1 or 2:
                Need(size, 4);
                place = bytes.Byte(at + 3) == 1 ? 4 : -1;
                break;
            case 3:
                place = (bytes.Byte(at + 1) & 0x20) != 0 ? 2 : -1;
                break;
            default:
                throw bytes.Damaged($"the fill value at byte {at} has version {version}");
        }

        if (place < 0)
            return;
        Need(size, place + 4);

        // A negative size means none; the bytes of the value are copied without a look at the message's end.
        int length = (int)bytes.UInt(at + place);
        if (length < 0)
            throw bytes.Damaged($"the fill value at byte {at} has a size of {length}");
        Need(size, place + 4 + (long)length);
    }

    private HdfLayout Layout(int at, int size)
    {
        Need(size, 2);
        int version = bytes.Byte(at);
        int kind = bytes.Byte(at + 1);
        switch (kind)
        {
            case 1 when version == 3:
                Need(size, 18);
                return new HdfLayout(bytes.ULong(at + 2), bytes.ULong(at + 10), null);
            case 2 when version == 3:
                Need(size, 3);
                int rank = bytes.Byte(at + 2);
                if (rank is < 2 or > MostAxes)
                    throw bytes.Damaged($"the chunks at byte {at} have {rank} axes");
                Need(size, 11 + (rank * 4));
                uint[] chunk = new uint[rank];
                for (int i = 0; i < rank; i++)
                    chunk[i] = bytes.UInt(at + 11 + (i * 4));
                return new HdfLayout(bytes.ULong(at + 3), 0, chunk);
            default:
                throw bytes.Error(
                    $"its HDF5 structure stores a dataset in the way {kind} of version {version}, which is damaged or not supported; in one piece "
                    + "or in chunks is, as h5py does without libver.");
        }
    }

    private void Filters(int at, int size)
    {
        Need(size, 2);
        int version = bytes.Byte(at);
        int count = bytes.Byte(at + 1);
        if (version is not (1 or 2) || count > MostFilters)
            throw bytes.Damaged($"the list of filters at byte {at} has version {version} and {count} entries");
        int next = version == 1 ? 8 : 2;
        HashSet<int> used = [];
        for (int i = 0; i < count; i++)
        {
            Need(size, next + 8);
            int id = bytes.UShort(at + next);
            if (id is not (1 or 2 or 3))
                throw bytes.Error($"its HDF5 structure uses filter {id}; supported are gzip (1), shuffle (2) and Fletcher's checksum (3).");
            if (!used.Add(id))
                throw bytes.Damaged($"filter {id} is used twice");
            bool named = version == 1;
            int name = named ? (bytes.UShort(at + next + 2) + 7) / 8 * 8 : 0;
            int numbers = bytes.UShort(at + next + (named ? 6 : 4));
            next += (named ? 8 : 6) + name + (4 * numbers) + (named && numbers % 2 == 1 ? 4 : 0);
            Need(size, next);
        }
    }

    private void Attribute(int at, int size)
    {
        Need(size, 9);
        int version = bytes.Byte(at);
        int name = bytes.UShort(at + 2);
        int type = bytes.UShort(at + 4);
        int space = bytes.UShort(at + 6);
        if (version is < 1 or > 3 || (version > 1 && bytes.Byte(at + 1) != 0))
            throw bytes.Error(
                $"its HDF5 structure has an attribute of version {version} and flags {bytes.Byte(at + 1)}, which is damaged or not supported.");
        int start = version == 3 ? 9 : 8;
        int nameEnd = start + Padded(name, version);
        int typeEnd = nameEnd + Padded(type, version);
        int spaceEnd = typeEnd + Padded(space, version);
        Need(size, spaceEnd);

        // The name is read up to its zero and not by its length, and what follows is read from there.
        if (name == 0 || bytes.Content.AsSpan(at + start, name).IndexOf((byte)0) != name - 1)
            throw bytes.Damaged($"the name of the attribute at byte {at} does not end where it should");
        (uint elementBytes, bool onHeap, int typeUsed) = DataType(at + nameEnd, type, 0);
        ulong[] extents = Extents(at + typeEnd, space, out int spaceUsed);
        if (Padded(typeUsed, version) != Padded(type, version) || Padded(spaceUsed, version) != Padded(space, version))
            throw bytes.Damaged(
                $"the attribute at byte {at} has a type of {type} bytes and extents of {space} bytes, of which {typeUsed} and {spaceUsed} are used");
        ulong count = 1;
        foreach (ulong extent in extents)
            count = count > ushort.MaxValue || extent > ushort.MaxValue ? ulong.MaxValue : count * extent;
        if (count > ushort.MaxValue || count * elementBytes > (ulong)(size - spaceEnd))
            throw bytes.Damaged($"the attribute at byte {at} has {count} elements of {elementBytes} bytes, and {size - spaceEnd} bytes are left");
        for (int i = 0; onHeap && i < (int)count; i++)
            CheckHeap(bytes.ULong(at + spaceEnd + (i * 16) + 4));
    }

    /// <summary>A heap of texts: objects of a number, a size and as many bytes, filled up to eight.</summary>
    private void CheckHeap(ulong address)
    {
        if (address is 0 or HdfBytes.Undefined || !_heaps.Add(address))
            return;
        int at = bytes.Signed(address, 16, "GCOL", 1, "a heap");
        ulong size = bytes.ULong(at + 8);
        bytes.Place(address, size, "a heap");
        if (size < 4096)
            throw bytes.Damaged($"a heap at byte {address} has {size} bytes");
        ulong next = 16;
        while (size - next > 16)
        {
            int entry = at + (int)next;
            if (bytes.UShort(entry) == 0)
                return;
            ulong length = bytes.ULong(entry + 8);
            ulong left = size - next - 16;
            if (length > left || (length + 7) / 8 * 8 > left)
                throw bytes.Damaged($"a heap's object at byte {entry} has {length} bytes, and {left} are left");
            next += 16 + ((length + 7) / 8 * 8);
        }
    }

    private static int Padded(int length, int version) => version == 1 ? (length + 7) / 8 * 8 : length;

    private void Need(int size, long needed)
    {
        if (size < needed)
            throw bytes.Damaged($"a message of {size} bytes should have {needed} at least");
    }
}
