using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;

namespace Inspect;

/// <summary>Compares the files that the generator wrote with committed copies of them.</summary>
/// <param name="generated">Below it lies what the compiler emitted: <c>*.g.cs</c>, at any depth.</param>
/// <param name="pinned">The committed copies, <c>{name}.verified.cs</c>.</param>
public sealed partial class PinnedSource(string generated, string pinned)
{
    /// <summary>The files that the generator of networks wrote, in ordinal order.</summary>
    public IReadOnlyList<string> GeneratedFiles => !Directory.Exists(generated)
        ? []
        : [.. Directory.EnumerateFiles(generated, "*.g.cs", SearchOption.AllDirectories)
            .Where(file => File.ReadAllText(file).Contains(Tool, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)];

    private const string Tool = "GeneratedCode(\"GeneratedNetworks\"";

    /// <summary>One unified diff for each file that changed, appeared or disappeared; none where all are as pinned.</summary>
    public IReadOnlyList<string> Compare()
    {
        Dictionary<string, string> now = GeneratedFiles.ToDictionary(PinnedName, file => Scrub(File.ReadAllText(file)));
        Dictionary<string, string> before = PinnedFiles().ToDictionary(file => Path.GetFileName(file), file => Scrub(File.ReadAllText(file)));
        return
        [
            .. now.Keys.Union(before.Keys)
                .Order(StringComparer.Ordinal)
                .Select(name => UnifiedDiff.Of(
                    before.ContainsKey(name) ? $"Pinned/{name}" : "/dev/null",
                    now.ContainsKey(name) ? $"generated/{name}" : "/dev/null",
                    before.GetValueOrDefault(name, ""),
                    now.GetValueOrDefault(name, "")))
                .Where(diff => diff.Length > 0),
        ];
    }

    /// <summary>Makes the pinned files equal to the generated ones.</summary>
    public void Accept()
    {
        Directory.CreateDirectory(pinned);
        foreach (string file in PinnedFiles())
            File.Delete(file);
        foreach (string file in GeneratedFiles)
            File.WriteAllText(Path.Combine(pinned, PinnedName(file)), Scrub(File.ReadAllText(file)));
    }

    /// <summary>Leaves out what may differ without a change of the code: the generator's version and the platform's line ends.</summary>
    public static string Scrub(string text) => Version().Replace(text.ReplaceLineEndings("\n"), "$1%VERSION%$2");

    private static string PinnedName(string file) => Path.GetFileName(file)[..^".g.cs".Length] + ".verified.cs";

    private string[] PinnedFiles() => Directory.Exists(pinned) ? Directory.GetFiles(pinned, "*.verified.cs") : [];

    [GeneratedRegex("""(GeneratedCode\("GeneratedNetworks", ")[^"]*("\))""")]
    private static partial Regex Version();
}
