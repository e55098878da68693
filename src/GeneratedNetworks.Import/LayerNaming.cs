using System.Text;

namespace GeneratedNetworks.Import;

/// <summary>Makes layer names of what files call their layers: letters, digits and _, starting with a letter, unique ignoring case.</summary>
internal sealed class LayerNaming
{
    private const int MaximumLength = 64;

    private readonly HashSet<string> _taken = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, int> _counts = [];

    /// <param name="wanted">The file's name, or null.</param>
    /// <param name="kind">What to number where there is no usable name: "dense".</param>
    public string Unique(string? wanted, string kind)
    {
        string name = Clean(wanted);
        if (name.Length > 0 && _taken.Add(name))
            return name;
        string stem = name.Length > 0 ? name + "_" : kind;
        int number = _counts.GetValueOrDefault(stem, name.Length > 0 ? 1 : 0);
        do
            number++;
        while (!_taken.Add(stem + number));
        _counts[stem] = number;
        return stem + number;
    }

    private static string Clean(string? wanted)
    {
        StringBuilder name = new();
        foreach (char character in wanted ?? "")
        {
            if (name.Length == MaximumLength)
                break;
            if (char.IsAsciiLetterOrDigit(character))
                name.Append(character);
            else if (name.Length > 0 && name[^1] != '_')
                name.Append('_');
        }

        string cleaned = name.ToString().Trim('_');
        return cleaned.Length > 0 && char.IsAsciiDigit(cleaned[0]) ? "layer" + cleaned : cleaned;
    }
}
