using System.Collections.Generic;
using System.Linq;

namespace GeneratedNetworks.Generator.Issues;

/// <summary>Names in a message: quoted, and only the first few, since a message is no place for hundreds.</summary>
internal static class NameList
{
    private const int Most = 8;

    public static string Of(IEnumerable<string> names)
    {
        string[] first = [.. names.Take(Most + 1)];
        string list = string.Join(", ", first.Take(Most).Select(name => $"'{name}'"));
        return first.Length == 0 ? "none" : first.Length > Most ? list + ", …" : list;
    }
}
