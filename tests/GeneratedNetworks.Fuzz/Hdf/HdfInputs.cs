namespace GeneratedNetworks.Fuzz.Hdf;

/// <summary>
/// HDF5 files whose structure is what is wrong: addresses that lead to other structures, back or to themselves, counts and sizes that lie, structures in
/// each other's place; some are made from nothing, deep or wide. A third are damaged without knowledge of the format.
/// </summary>
/// <param name="seeds">Good files.</param>
/// <param name="seed">Of the run.</param>
internal sealed class HdfInputs(IReadOnlyList<byte[]> seeds, int seed) : IInputs
{
    private const int MostChanges = 4;

    private readonly Mutator _mutator = new(seeds, seed);

    public byte[] Make(int number)
    {
        Random random = Values.Random(seed, number);
        return Damage([.. random.Pick(seeds)], random);
    }

    /// <summary>Damages an HDF5 file, or takes its place. May change the array itself.</summary>
    public byte[] Damage(byte[] content, Random random)
    {
        switch (random.Next(60))
        {
            case < 20:
                return _mutator.Damage(content, random);
            case 20:
                return HdfGrowth.Make(random);
        }

        for (int change = 1 + random.Next(MostChanges); change > 0; change--)
            Change(content, HdfMap.Of(content), random);
        return content;
    }

    private static void Change(byte[] content, HdfMap map, Random random)
    {
        if (map.Fields.Count == 0 || map.Blocks.Count == 0)
            return;
        HdfField field = random.Pick(map.Fields);
        switch (random.Next(8))
        {
            case 0 or 1 or 2:
                // Where another structure is: loops, sharing, and structures of another kind.
                List<HdfField> addresses = map.Fields.FindAll(candidate => candidate.IsAddress);
                Values.Write(content, random.Pick(addresses).At, (ulong)random.Pick(map.Blocks).At, 8);
                break;
            case 3:
                Values.Write(content, field.At, Values.Extreme(random), field.Bytes);
                break;
            case 4:
                Values.Write(content, field.At, Values.NearSize(random, content.Length), field.Bytes);
                break;
            case 5:
                Values.Write(content, field.At, (ulong)random.Next(64), field.Bytes);
                break;
            case 6:
                HdfField other = random.Pick(map.Fields);
                content.AsSpan(other.At, Math.Min(other.Bytes, field.Bytes)).ToArray().CopyTo(content.AsSpan(field.At));
                break;
            default:
                HdfBlock from = random.Pick(map.Blocks);
                HdfBlock to = random.Pick(map.Blocks);
                int length = Math.Min(Math.Min(from.Length, to.Length), Math.Min(content.Length - from.At, content.Length - to.At));
                content.AsSpan(from.At, Math.Max(0, length)).ToArray().CopyTo(content.AsSpan(to.At));
                break;
        }
    }
}
