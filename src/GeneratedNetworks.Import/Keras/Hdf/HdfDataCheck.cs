namespace GeneratedNetworks.Import.Keras.Hdf;

/// <summary>Checks that a dataset's elements are where it says, so that nothing is unpacked that the file does not hold.</summary>
internal sealed class HdfDataCheck(HdfBytes bytes, HdfObject found)
{
    private long _chunks;

    public void Check()
    {
        if (found.Extents is not { } extents || found.ElementBytes is not { } elementBytes)
            throw bytes.Damaged("a dataset has no extents or no type");
        ulong count = 1;
        foreach (ulong extent in extents)
            count = extent != 0 && count > int.MaxValue / extent ? throw bytes.Damaged("a dataset has too many elements") : count * extent;
        HdfLayout layout = found.Layout!;
        if (layout.Chunk is not null)
        {
            CheckChunks(layout, extents, elementBytes, count);
            return;
        }

        // Filters work on chunks only.
        if (found.HasFilters)
            throw bytes.Damaged("a dataset in one piece has filters");
        if (layout.Bytes < count * elementBytes)
            throw bytes.Damaged($"a dataset of {count} elements of {elementBytes} bytes has {layout.Bytes} bytes");
        if (layout.Address == HdfBytes.Undefined && count > 0)
            throw bytes.Error("a dataset was never written.");
        if (count > 0)
            bytes.Place(layout.Address, layout.Bytes, "a dataset");
    }

    private void CheckChunks(HdfLayout layout, ulong[] extents, uint elementBytes, ulong count)
    {
        uint[] chunk = layout.Chunk!;
        if (chunk.Length != extents.Length + 1 || chunk[^1] != elementBytes)
            throw bytes.Damaged($"a dataset of {extents.Length} axes has chunks of {chunk.Length - 1}");
        ulong elements = 1;
        long wanted = 1;
        for (int i = 0; i < extents.Length; i++)
        {
            if (chunk[i] == 0 || chunk[i] > extents[i])
                throw bytes.Damaged($"a dataset's axis of {extents[i]} has chunks of {chunk[i]}");
            elements *= chunk[i];
            wanted *= (long)((extents[i] + chunk[i] - 1) / chunk[i]);
        }

        if (elements > count || elements * elementBytes > int.MaxValue)
            throw bytes.Damaged($"a chunk has {elements} elements, and its dataset {count}");
        if (layout.Address == HdfBytes.Undefined)
            throw bytes.Error("a dataset was never written.");
        CheckTree(layout.Address, chunk.Length, elements * elementBytes, null, []);
        if (_chunks != wanted)
            throw bytes.Damaged($"a dataset has {_chunks} chunks of {wanted}");
    }

    private void CheckTree(ulong address, int axes, ulong chunkBytes, int? level, HashSet<ulong> seen)
    {
        int keyBytes = 8 + (axes * 8);
        (int at, int entries, int height) = HdfCheck.CheckTree(bytes, address, 1, keyBytes, level, seen);
        for (int i = 0; i < entries; i++)
        {
            int key = at + 24 + (i * (keyBytes + 8));
            ulong child = bytes.ULong(key + keyBytes);
            if (height > 0)
            {
                CheckTree(child, axes, chunkBytes, height - 1, seen);
                continue;
            }

            uint stored = bytes.UInt(key);
            bytes.Place(child, stored, "a chunk");
            if (!found.HasFilters && stored != chunkBytes)
                throw bytes.Damaged($"a chunk has {stored} bytes, not {chunkBytes}");
            _chunks++;
        }
    }
}
