namespace GeneratedNetworks.Runtimes.Tests;

internal static class Comparison
{
    /// <summary>Fails with the networks and profiles that differ from what is promised, and where each first parts from the reference.</summary>
    public static void AssertSame(
        string target, Dictionary<(string Profile, string Network), string> golden, Computed computed, Computed reference)
    {
        Assert.Equal(golden.Keys.Order(), computed.Bits.Keys.Order());
        List<string> faults = [];
        foreach (((string Profile, string Network) key, Bits bits) in computed.Bits)
        {
            if (!bits.IsFinite)
                faults.Add($"{key.Network} in {key.Profile}: a number is not finite");
            if (!golden.TryGetValue(key, out string? hash))
                faults.Add($"{key.Network} in {key.Profile} is not in golden.txt; UPDATE_SNAPSHOTS=1 writes it");
            else if (hash != bits.Hash)
                faults.Add($"{key.Network} in {key.Profile}: {bits.Hash} instead of {hash}{FirstDifference(key, bits, reference, hash)}");
        }

        Assert.True(faults.Count == 0, $"{target}:\n{string.Join("\n", faults)}");
    }

    private static string FirstDifference((string Profile, string Network) key, Bits bits, Computed reference, string hash)
    {
        // One of the reference's profiles may have what is promised even where this one does not.
        Bits? other = reference.Bits.Where(pair => pair.Key.Network == key.Network && pair.Value.Hash == hash).Select(pair => pair.Value).FirstOrDefault();
        if (other is null)
            return $"; nor has {Targets.All[0].Name} this in any profile";
        return $"; first in block {bits.Blocks.First(block => other.Blocks[block.Key] != block.Value).Key}";
    }
}
