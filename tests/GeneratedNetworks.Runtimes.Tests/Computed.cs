namespace GeneratedNetworks.Runtimes.Tests;

/// <summary>What one network computed in one profile.</summary>
internal sealed record Bits(string Hash, bool IsFinite, IReadOnlyDictionary<string, string> Blocks);

/// <summary>What a target's program wrote.</summary>
internal sealed class Computed
{
    private Computed(int? width, IReadOnlyDictionary<(string Profile, string Network), Bits> bits)
    {
        Width = width;
        Bits = bits;
    }

    /// <summary>The vectors that it had, in bits, where it may have some.</summary>
    public int? Width { get; }

    public IReadOnlyDictionary<(string Profile, string Network), Bits> Bits { get; }

    public static Computed Parse(IReadOnlyList<string> lines)
    {
        Assert.Equal("end", lines[^1]);
        int? width = null;
        Dictionary<(string Profile, string Network), Bits> bits = [];
        foreach (string line in lines)
        {
            string[] words = line.Split(' ');
            if (words[0] == "width")
                width = int.Parse(words[1]);
            if (words[0] == "bits")
            {
                Dictionary<string, string> blocks = words[4..].Where(word => word.Contains(':')).Select(word => word.Split(':')).ToDictionary(pair => pair[0], pair => pair[1]);
                bits.Add((words[1], words[2]), new(words[3], words[4] != "NOT-FINITE", blocks));
            }
        }

        return new(width, bits);
    }
}
