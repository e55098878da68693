using System.Text;

namespace GeneratedNetworks.Fuzz;

/// <summary>Damages files: each input of a format has a number, and the number alone decides what it is.</summary>
/// <param name="seeds">Good files of one format, in a fixed order.</param>
/// <param name="seed">Of the whole run.</param>
internal sealed class Mutator(IReadOnlyList<byte[]> seeds, int seed) : IInputs
{
    private const int MostChanges = 6;

    private static readonly string[] Texts =
    [
        "0", "-1", "1", "7", "65536", "2147483647", "2147483648", "4294967296", "99999999999999999999", "1e999", "0.5", "null",
    ];

    /// <summary>The input of that number.</summary>
    public byte[] Make(int number)
    {
        Random random = Values.Random(seed, number);
        return Damage([.. random.Pick(seeds)], random);
    }

    /// <summary>One to six changes that know nothing of the format. May change the array itself.</summary>
    public byte[] Damage(byte[] content, Random random)
    {
        for (int change = 1 + Math.Min(random.Next(MostChanges), random.Next(MostChanges)); change > 0; change--)
            content = Change(content, random);
        return content;
    }

    private byte[] Change(byte[] content, Random random)
    {
        if (content.Length == 0)
            return [(byte)random.Next(256)];
        int at = Place(content, random);
        switch (random.Next(15))
        {
            case 0 or 1:
                content[at] ^= (byte)(1 << random.Next(8));
                return content;
            case 2:
                content[at] = 0;
                return content;
            case 3:
                content[at] = 255;
                return content;
            case 4:
                content[at] = (byte)random.Next(256);
                return content;
            case 5:
                return content[..at];
            case 6:
                byte[] inserted = new byte[1 + random.Next(16)];
                random.NextBytes(inserted);
                return [.. content[..at], .. inserted, .. content[at..]];
            case 7:
                return Duplicate(content, at, random);
            case 8 or 9:
                return Write(content, at, Values.Extreme(random), random.Next(2) == 0 ? 4 : 8);
            case 10:
                return Write(content, at, Values.NearSize(random, content.Length), random.Next(2) == 0 ? 4 : 8);
            case 11:
                return WriteVarint(content, at, Values.Extreme(random), random);
            case 12 or 13:
                return ChangeDigits(content, at, random);
            default:
                byte[] other = seeds[random.Next(seeds.Count)];
                return [.. content[..at], .. other[Math.Min(random.Next(other.Length + 1), random.Next(other.Length + 1))..]];
        }
    }

    /// <summary>Structure lies at the beginning and the end of most formats, numbers in between.</summary>
    private static int Place(byte[] content, Random random) => random.Next(4) switch
    {
        0 => random.Next(Math.Min(content.Length, 256)),
        1 => content.Length - 1 - random.Next(Math.Min(content.Length, 256)),
        _ => random.Next(content.Length),
    };

    private static byte[] Duplicate(byte[] content, int at, Random random)
    {
        int length = Math.Min(1 + random.Next(64), content.Length - at);
        if (random.Next(8) == 0)
            length = content.Length - at;
        byte[] slice = content[at..(at + length)];
        int target = Place(content, random);

        // Over what is there, or between.
        if (random.Next(2) == 0)
        {
            slice.AsSpan(0, Math.Min(length, content.Length - target)).CopyTo(content.AsSpan(target));
            return content;
        }

        return [.. content[..target], .. slice, .. content[target..]];
    }

    /// <summary>Protocol buffers have seven bits of a number in each byte.</summary>
    private static byte[] WriteVarint(byte[] content, int at, ulong value, Random random)
    {
        List<byte> bytes = [];
        for (; value > 0x7F; value >>= 7)
            bytes.Add((byte)(value | 0x80));
        bytes.Add((byte)value);
        int removed = random.Next(2) == 0 ? Math.Min(bytes.Count, content.Length - at) : Math.Min(1, content.Length - at);
        return [.. content[..at], .. bytes, .. content[(at + removed)..]];
    }

    /// <summary>Numbers that are written as text: the next ones behind a place become others, of the same length or not.</summary>
    private static byte[] ChangeDigits(byte[] content, int at, Random random)
    {
        int start = content.AsSpan(at).IndexOfAnyInRange((byte)'0', (byte)'9') is int found and >= 0 ? at + found : -1;
        if (start < 0)
            return content;
        int end = start + 1;
        while (end < content.Length && content[end] is >= (byte)'0' and <= (byte)'9')
            end++;
        if (random.Next(2) == 0)
        {
            content.AsSpan(start, end - start).Fill((byte)('0' + random.Next(10)));
            return content;
        }

        byte[] text = Encoding.ASCII.GetBytes(Texts[random.Next(Texts.Length)]);
        return [.. content[..start], .. text, .. content[end..]];
    }

    private static byte[] Write(byte[] content, int at, ulong value, int bytes)
    {
        // Fields are mostly aligned.
        int start = Math.Max(0, Math.Min(at / bytes * bytes, content.Length - bytes));
        Values.Write(content, start, value, bytes);
        return content;
    }
}
