using System.Buffers.Binary;

namespace GeneratedNetworks.Fuzz;

/// <summary>Numbers that readers stumble over, and how they are drawn and written.</summary>
internal static class Values
{
    private static readonly ulong[] Extremes =
    [
        0, 1, 2, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 0x0100_0000, 0x1000_0000, 0x4000_0000, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF,
        0x1_0000_0000, 0x4000_0000_0000_0000, 0x7FFF_FFFF_FFFF_FFFF, 0x8000_0000_0000_0000, 0xFFFF_FFFF_FFFF_FFFE, 0xFFFF_FFFF_FFFF_FFFF,
    ];

    public static Random Random(int seed, int number) => new(unchecked((seed * 1_000_003) + number));

    public static ulong Extreme(Random random) => Extremes[random.Next(Extremes.Length)];

    /// <summary>A claim of about the file's size is wrong by little, and passes coarse checks.</summary>
    public static ulong NearSize(Random random, int length) =>
        (ulong)((long)Math.Max(0, length + random.Next(-32, 33)) * (random.Next(2) == 0 ? 1 : 8));

    public static T Pick<T>(this Random random, IReadOnlyList<T> list) => list[random.Next(list.Count)];

    /// <summary>Writes as much of a little-endian number as fits at a place.</summary>
    public static void Write(byte[] content, int at, ulong value, int bytes)
    {
        Span<byte> all = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(all, value);
        if (at >= 0 && at < content.Length)
            all[..Math.Min(bytes, content.Length - at)].CopyTo(content.AsSpan(at));
    }
}
