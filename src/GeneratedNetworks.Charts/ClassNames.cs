using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace GeneratedNetworks.Charts;

internal static class ClassNames
{
    /// <summary>The names given, or the classes' numbers.</summary>
    public static string[] Of(IReadOnlyList<string>? names, int count)
    {
        if (names is null)
            return [.. Enumerable.Range(0, count).Select(i => i.ToString(CultureInfo.InvariantCulture))];
        return names.Count == count
            ? [.. names]
            : throw new ArgumentException($"There are {count} classes but {names.Count} names.", "classNames");
    }
}
