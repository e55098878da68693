namespace GeneratedNetworks.Runtimes.Tests;

/// <summary>
/// The hashes that are promised: of each network one for Numerics.Reproducible, whatever the profile and the runtime, and one for each profile without vectors
/// in Numerics.Fast. UPDATE_SNAPSHOTS=1 takes those of the first target, except where CI=true.
/// </summary>
internal static class Golden
{
    private const string Header = "network Reproducible FastScalar FastBasic";

    private static readonly string Path = Repository.PathOf("tests/GeneratedNetworks.Runtimes.Tests/golden.txt");

    public static void Accept(Computed reference)
    {
        IEnumerable<string> rows = reference.Bits.Keys.Where(key => key.Profile == "ReproducibleScalar").Select(key => string.Join(
            ' ', key.Network, reference.Bits[key].Hash, reference.Bits[("FastScalar", key.Network)].Hash, reference.Bits[("FastBasic", key.Network)].Hash));
        File.WriteAllText(Path, string.Join("\n", [Header, .. rows]) + "\n");
    }

    /// <summary>By profile and network.</summary>
    public static Dictionary<(string Profile, string Network), string> Read(bool hasSimd)
    {
        Dictionary<(string Profile, string Network), string> hashes = [];
        foreach (string[] row in File.ReadLines(Path).Skip(1).Select(line => line.Split(' ')))
        {
            if (hasSimd)
                hashes.Add(("ReproducibleSimd", row[0]), row[1]);
            hashes.Add(("ReproducibleScalar", row[0]), row[1]);
            hashes.Add(("ReproducibleBasic", row[0]), row[1]);
            hashes.Add(("FastScalar", row[0]), row[2]);
            hashes.Add(("FastBasic", row[0]), row[3]);
        }

        return hashes;
    }
}
