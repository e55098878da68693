namespace GeneratedNetworks;

/// <summary>
/// SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014): integers only, so that an order drawn from a
/// seed is the same on every runtime.
/// </summary>
internal struct SplitMix64(ulong seed)
{
    private ulong _state = seed;

    public ulong Next() => Mix(unchecked(_state += 0x9E3779B97F4A7C15));

    /// <summary>
    /// An unbiased integer in [0, <paramref name="bound"/>): the high half of a 32-bit draw times the bound, redrawn where it would lean.
    /// </summary>
    public int Next(int bound)
    {
        unchecked
        {
            uint range = (uint)bound;
            uint threshold = (0u - range) % range;
            ulong product;
            do
            {
                product = (Next() >> 32) * range;
            }
            while ((uint)product < threshold);
            return (int)(product >> 32);
        }
    }

    /// <summary>Writes a permutation of 0 … n − 1: Fisher–Yates from the last place down.</summary>
    public static void Permute(System.Span<int> order, ulong seed)
    {
        for (int i = 0; i < order.Length; i++)
            order[i] = i;
        SplitMix64 random = new(seed);
        for (int i = order.Length - 1; i > 0; i--)
        {
            int j = random.Next(i + 1);
            (order[i], order[j]) = (order[j], order[i]);
        }
    }

    /// <summary>A seed for one member of a family, such as one epoch of a run.</summary>
    public static ulong Derive(ulong seed, ulong member) => unchecked(Mix(Mix(seed + 0x9E3779B97F4A7C15) + (member * 0xD1B54A32D192ED03)));

    private static ulong Mix(ulong z)
    {
        unchecked
        {
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }
}
