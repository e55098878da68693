using System.IO.Compression;
using GeneratedNetworks.Fuzz.Hdf;

namespace GeneratedNetworks.Fuzz.Archive;

/// <summary>
/// Keras archives that are well packed while a member is damaged, the configuration as JSON and the weights as HDF5, and archives whose own lists and
/// sizes lie. A fifth are damaged without knowledge of the format.
/// </summary>
/// <param name="seeds">Good archives.</param>
/// <param name="seed">Of the run.</param>
internal sealed class ArchiveInputs(IReadOnlyList<byte[]> seeds, int seed) : IInputs
{
    private const int MostPadding = 20_000_000;
    private const int MostMembers = 3_000;

    private readonly Mutator _mutator = new(seeds, seed);
    private readonly List<KeyValuePair<string, byte[]>>[] _archives = [.. seeds.Select(Members)];

    public byte[] Make(int number)
    {
        Random random = Values.Random(seed, number);
        int choice = random.Next(seeds.Count);
        if (random.Next(5) == 0)
            return _mutator.Damage([.. seeds[choice]], random);
        List<KeyValuePair<string, byte[]>> members = [.. _archives[choice]];
        if (random.Next(3) > 0)
            DamageMember(members, random);
        if (random.Next(8) == 0)
            DamageList(members, random);
        byte[] archive = Pack(members, random);
        if (random.Next(3) == 0)
            DamageRecords(archive, random);
        return archive;
    }

    private static void DamageMember(List<KeyValuePair<string, byte[]>> members, Random random)
    {
        int at = random.Next(members.Count);
        (string name, byte[] content) = members[at];
        byte[] damaged = random.Next(30) == 0 ? Padded(content, random)
            : name.EndsWith(".json", StringComparison.Ordinal) ? JsonDamage.Damage(content, random)
            : new HdfInputs([content], 0).Damage([.. content], random);
        members[at] = new(name, damaged);
    }

    /// <summary>Few bytes in the archive, and many out of it.</summary>
    private static byte[] Padded(byte[] content, Random random)
    {
        byte[] padding = new byte[random.Next(MostPadding)];
        padding.AsSpan().Fill((byte)(random.Next(2) == 0 ? ' ' : '['));
        return random.Next(2) == 0 ? [.. content, .. padding] : [.. padding, .. content];
    }

    private static void DamageList(List<KeyValuePair<string, byte[]>> members, Random random)
    {
        KeyValuePair<string, byte[]> member = random.Pick(members);
        switch (random.Next(4))
        {
            case 0:
                members.Remove(member);
                break;
            case 1:
                members.Add(member);
                break;
            case 2:
                string other = random.Pick((string[])[" ", "/", "../../config.json", "CONFIG.JSON", "config.json/", new string('n', 60_000)]);
                members.Add(new(other, member.Value));
                break;
            default:
                for (int i = random.Next(MostMembers); i > 0; i--)
                    members.Insert(0, new($"member{i}", []));
                break;
        }
    }

    private static byte[] Pack(List<KeyValuePair<string, byte[]>> members, Random random)
    {
        using MemoryStream stream = new();
        using (ZipArchive archive = new(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, byte[] content) in members)
            {
                ZipArchiveEntry entry = archive.CreateEntry(name, random.Next(2) == 0 ? CompressionLevel.Fastest : CompressionLevel.NoCompression);

                // The time of the run would make each input another.
                entry.LastWriteTime = new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
                using Stream target = entry.Open();
                target.Write(content);
            }
        }

        return stream.ToArray();
    }

    /// <summary>Turns numbers of the records around the members: method, flags, sizes, offsets, counts and the lengths of names.</summary>
    private static void DamageRecords(byte[] archive, Random random)
    {
        // Signature, and how many bytes of fields follow it: local header, entry of the list, end of the list.
        (byte[] Signature, int Bytes) kind = random.Pick(((byte[], int)[])[("PK\u0003\u0004"u8.ToArray(), 26), ("PK\u0001\u0002"u8.ToArray(), 42), ("PK\u0005\u0006"u8.ToArray(), 18)]);
        List<int> places = [];
        for (int at = 0; archive.AsSpan(at).IndexOf(kind.Signature) is int found and >= 0 && places.Count < 100; at = places[^1] + 4)
            places.Add(at + found);
        if (places.Count == 0)
            return;
        for (int change = 1 + random.Next(3); change > 0; change--)
        {
            int field = random.Pick(places) + 4 + (2 * random.Next(kind.Bytes / 2));
            ulong value = random.Next(3) == 0 ? Values.NearSize(random, archive.Length) : Values.Extreme(random);
            Values.Write(archive, field, value, random.Next(2) == 0 ? 2 : 4);
        }
    }

    private static List<KeyValuePair<string, byte[]>> Members(byte[] archive)
    {
        using ZipArchive read = new(new MemoryStream(archive, writable: false), ZipArchiveMode.Read);
        List<KeyValuePair<string, byte[]>> members = [];
        foreach (ZipArchiveEntry entry in read.Entries)
        {
            using MemoryStream content = new();
            using Stream stream = entry.Open();
            stream.CopyTo(content);
            members.Add(new(entry.FullName, content.ToArray()));
        }

        return members;
    }
}
