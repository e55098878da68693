using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Threading;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Parsing;

/// <summary>A class whose generated file would overwrite another's on a file system that ignores case.</summary>
/// <param name="Key">The class that must give way, by <see cref="NameClashes.Key"/>.</param>
/// <param name="Name">Its name.</param>
/// <param name="Other">The class that keeps the file name.</param>
internal sealed record NameClash(string Key, string Name, string Other);

/// <summary>The only rule that sees more than one network. It looks at names alone, so that an edit elsewhere changes nothing here.</summary>
internal static class NameClashes
{
    /// <summary>Tells two classes apart even where the compiler has yet to complain that they share a name.</summary>
    public static string Key(TypeModel type) => string.Join("\n", type.ContainingTypes.Concat([type.HintName]));

    /// <summary>A file name for the surface beside an error: with a hash of the class's key, so that case tells names apart.</summary>
    public static string SurfaceHintName(TypeModel type) => $"{type.HintName}-{Fnv1a.Of32(Key(type)).ToString("x8", CultureInfo.InvariantCulture)}.g.cs";

    public static EquatableArray<NameClash> Find(ImmutableArray<TypeName> names, CancellationToken cancellation)
    {
        List<NameClash> clashes = [];
        foreach (IGrouping<string, TypeName> group in names.Distinct().GroupBy(name => name.HintName, StringComparer.OrdinalIgnoreCase))
        {
            cancellation.ThrowIfCancellationRequested();
            TypeName[] sorted = [.. group.OrderBy(name => name.Key, StringComparer.Ordinal)];
            clashes.AddRange(sorted.Skip(1).Select(name => new NameClash(name.Key, name.HintName, sorted[0].HintName)));
        }

        return new(clashes.OrderBy(clash => clash.Key, StringComparer.Ordinal));
    }
}

internal sealed record TypeName(string Key, string HintName)
{
    public static TypeName Of(TypeModel type) => new(NameClashes.Key(type), type.HintName);
}
