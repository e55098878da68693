using System.Globalization;

namespace GeneratedNetworks.Runtimes.Tests;

/// <summary>What runs where: tests/Runtimes/table.md, which the README shows.</summary>
internal static class RuntimeTable
{
    private const int Held = 5;

    private static readonly string[] Profiles = ["Simd", "Scalar", "Basic"];
    private static readonly string Path = Repository.PathOf("tests/Runtimes/table.md");

    public static string Header { get; } =
        "| Target | `Simd` | `Scalar` | `Basic` | Fast `Forward`, `Step`: `Simd`, `Scalar`, `Basic` | Reproducible | Bytes |\n|---|---|---|---|---|---|---|";

    public static string Row(Target target, Programs programs)
    {
        if (Programs.WhyNot(target) is { } reason)
            Assert.Skip(reason);
        Dictionary<(string Profile, string Network), string> golden = Golden.Read(target.HasSimd);
        Computed computed = Computed.Parse(programs.Run(target));
        string[] times = target.IsEmulated ? [] : programs.Run(target, "times");
        string[] cells =
        [
            target.Name,
            .. Profiles.Select(profile => Cell(profile, golden, computed)),
            Times("Fast", times),
            Times("Reproducible", times),
            Size(target).ToString("N0", CultureInfo.InvariantCulture),
        ];
        return $"| {string.Join(" | ", cells)} |";
    }

    /// <summary>Holds the columns that are the same wherever they are measured; UPDATE_SNAPSHOTS=1 writes all.</summary>
    public static void AssertHeld(string[] rows)
    {
        if (Repository.IsUpdate)
            File.WriteAllText(Path, string.Join("\n", [Header, .. rows]) + "\n");
        string[] found = File.Exists(Path) ? File.ReadAllText(Path).ReplaceLineEndings("\n").TrimEnd('\n').Split('\n') : [];
        Assert.Equal([.. Header.Split('\n'), .. rows.Select(HeldPart)], [.. found.Take(2), .. found.Skip(2).Select(HeldPart)]);
    }

    private static string HeldPart(string row) => string.Join('|', row.Split('|').Take(Held));

    /// <summary>Every network of the profile ran, trained and had the bits of all others; a profile that the target lacks has a dash.</summary>
    private static string Cell(string profile, Dictionary<(string Profile, string Network), string> golden, Computed computed)
    {
        (string Profile, string Network)[] keys = [.. golden.Keys.Where(key => key.Profile == "Reproducible" + profile)];
        if (keys.Length == 0)
            return "–";
        int same = keys.Count(key => computed.Bits.TryGetValue(key, out Bits? bits) && bits.Hash == golden[key]);
        return same == keys.Length ? "same" : $"{same} of {keys.Length} same";
    }

    private static string Times(string numerics, string[] lines)
    {
        IEnumerable<string> cells = Profiles.Select(profile => lines.Select(line => line.Split(' ')).FirstOrDefault(words => words[0] == "time" && words[1] == numerics + profile))
            .Where(words => words is not null).Select(words => $"{Nanoseconds(words![2])}, {Nanoseconds(words[3])}");
        return lines.Length == 0 ? "–" : string.Join("; ", cells);
    }

    private static string Nanoseconds(string tenths) => (long.Parse(tenths, CultureInfo.InvariantCulture) / 10).ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A program of its own, all that a browser loads, or the assembly with the networks.</summary>
    private static long Size(Target target)
    {
        string folder = System.IO.Path.GetDirectoryName(target.OutputPath)!;
        string[] files = target.Folder switch
        {
            "WebAssembly" => Directory.GetFiles(System.IO.Path.Combine(folder, "_framework"), "*", SearchOption.AllDirectories),
            "CoreClr" => [System.IO.Path.Combine(folder, "Slice.dll")],
            "CoreClrArm64" => Directory.GetFiles(folder, "*", SearchOption.AllDirectories),
            _ => [target.OutputPath],
        };
        return files.Sum(file => new FileInfo(file).Length);
    }
}
