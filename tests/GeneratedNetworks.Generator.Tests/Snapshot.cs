using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Xunit;

namespace GeneratedNetworks.Generator.Tests;

/// <summary>
/// Compares text with a committed file, <c>Snapshots/{name}.verified.cs</c> beside the test. On a difference <c>{name}.received.cs</c> is
/// written next to it. UPDATE_SNAPSHOTS=1 accepts what was received, except where CI=true.
/// </summary>
internal static class Snapshot
{
    /// <summary>Whether what was received is accepted instead of compared.</summary>
    public static bool IsUpdate => !IsCi && Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1";

    private static bool IsCi => Environment.GetEnvironmentVariable("CI") == "true";

    public static void Match(string name, string text, [CallerFilePath] string testFile = "") =>
        Match(Path.Combine(Path.GetDirectoryName(testFile)!, "Snapshots"), name, "cs", text);

    /// <summary>The same for the text of a plan, <c>Plans/{name}.verified.txt</c>.</summary>
    public static void MatchPlan(string name, string text, [CallerFilePath] string testFile = "") =>
        Match(Path.Combine(Path.GetDirectoryName(testFile)!, "Plans"), name, "txt", text);

    private static void Match(string folder, string name, string extension, string text)
    {
        string path = Path.Combine(folder, name);
        string verified = $"{path}.verified.{extension}";
        string received = $"{path}.received.{extension}";
        string actual = text.ReplaceLineEndings("\n");

        if (IsUpdate)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(verified, actual);
            File.Delete(received);
            return;
        }

        string expected = File.Exists(verified) ? File.ReadAllText(verified).ReplaceLineEndings("\n") : "";
        if (expected == actual)
            return;
        if (!IsCi)
            File.WriteAllText(received, actual);
        Assert.Fail($"{name} differs from its snapshot; UPDATE_SNAPSHOTS=1 accepts it.\n{FirstDifference(expected, actual)}");
    }

    private static string FirstDifference(string expected, string actual)
    {
        string[] left = expected.Split('\n');
        string[] right = actual.Split('\n');
        int line = Enumerable.Range(0, Math.Max(left.Length, right.Length))
            .First(i => i >= left.Length || i >= right.Length || left[i] != right[i]);
        return $"line {line + 1}\nverified: {left.ElementAtOrDefault(line)}\nreceived: {right.ElementAtOrDefault(line)}";
    }
}

public sealed class SnapshotFileTests
{
    [Fact]
    public void EverySnapshotBelongsToATest()
    {
        string folder = Repository.PathOf("tests/GeneratedNetworks.Generator.Tests");
        HashSet<string> claimed = [];
        foreach (string file in Directory.EnumerateFiles(folder, "*.cs").Where(file => Path.GetFileName(file) != "Snapshot.cs"))
        {
            foreach (Match match in Regex.Matches(File.ReadAllText(file), "Snapshot\\.Match\\(\\s*\\$?\"(?<name>[^\"]+)\""))
                claimed.Add("^" + Regex.Replace(Regex.Escape(match.Groups["name"].Value), @"\\{[^}]*}", ".+") + "$");
        }

        foreach (string file in Directory.EnumerateFiles(Path.Combine(folder, "Snapshots"), "*.verified.cs"))
        {
            string name = Path.GetFileName(file)[..^".verified.cs".Length];
            Assert.True(claimed.Any(pattern => Regex.IsMatch(name, pattern)), $"No test calls Snapshot.Match(\"{name}\", …).");
        }
    }
}
