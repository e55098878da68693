using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace GeneratedNetworks.Generator.Tests;

/// <summary>Whole pieces of generated text, cut out by the comment that they open with and moved to the left margin.</summary>
internal static class CodeExcerpt
{
    /// <summary>The comment lines from the one that contains <paramref name="opening"/> on.</summary>
    public static string Comments(string text, string opening) =>
        Join(From(text, opening).TakeWhile(line => line.TrimStart().StartsWith("//", StringComparison.Ordinal)));

    /// <summary>The member from the comment that contains <paramref name="opening"/> through its closing brace.</summary>
    public static string Block(string text, string opening)
    {
        List<string> lines = From(text, opening);
        string brace = lines[0][..^lines[0].TrimStart().Length] + "}";
        return Join(lines.Take(lines.IndexOf(brace) + 1));
    }

    private static List<string> From(string text, string opening)
    {
        List<string> lines = [.. text.Split('\n').SkipWhile(line => !line.Contains(opening, StringComparison.Ordinal))];
        Assert.True(lines.Count > 0, $"The generated text has no line with '{opening}'.");
        return lines;
    }

    private static string Join(IEnumerable<string> lines)
    {
        List<string> list = [.. lines];
        int indent = list[0].Length - list[0].TrimStart().Length;
        return string.Join("\n", list.Select(line => line.Length > indent ? line[indent..] : ""));
    }
}
