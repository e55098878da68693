namespace GeneratedNetworks.Generator.Text;

/// <summary>Fowler, Noll and Vo's hash 1a over the characters of a text: the same in every process, which <c>string.GetHashCode</c> is not.</summary>
internal static class Fnv1a
{
    /// <summary>In 32 bits, where it only tells names apart.</summary>
    public static uint Of32(string text)
    {
        uint hash = 2166136261;
        foreach (char character in text)
            hash = unchecked((hash ^ character) * 16777619);
        return hash;
    }

    /// <summary>In 64 bits, where a file is held against it.</summary>
    public static ulong Of64(string text)
    {
        ulong hash = 14695981039346656037;
        foreach (char character in text)
            hash = unchecked((hash ^ character) * 1099511628211);
        return hash;
    }
}
