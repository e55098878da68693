using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;

namespace GeneratedNetworks.Generator.Tests.Mistakes;

/// <summary>One mistake of a page: what is written, what is answered, and how good that is.</summary>
/// <param name="Title">What is wrong, in words.</param>
/// <param name="Rating">From 1 to 10.</param>
/// <param name="Setting">What stands behind the example's language: the project it is in, where that is not the usual one.</param>
/// <param name="Code">The example.</param>
/// <param name="Answer">What the build or the program says, by the page.</param>
internal sealed record Mistake(string Title, int Rating, string Setting, string Code, string Answer)
{
    public override string ToString() => Title;
}

/// <summary>A page of mistakes.</summary>
internal sealed partial class MistakePage(string name)
{
    private const string Folder = "tests/GeneratedNetworks.Generator.Tests/Mistakes/";

    public static MistakePage Build { get; } = new("build.md");

    public static MistakePage Run { get; } = new("run.md");

    public string Path { get; } = Repository.PathOf(Folder + name);

    public string Text { get; } = Repository.Read(Folder + name);

    public IReadOnlyList<Mistake> Mistakes => field ??=
    [
        .. Entry().Matches(Text).Select(match => new Mistake(
            match.Groups["title"].Value,
            int.Parse(match.Groups["rating"].Value, CultureInfo.InvariantCulture),
            match.Groups["setting"].Value.Trim(),
            match.Groups["code"].Value,
            match.Groups["answer"].Value)),
    ];

    /// <summary>The declarations that all examples of the page know; empty where there are none.</summary>
    public string Shared => SharedCode().Match(Text).Groups["code"].Value;

    /// <summary>The page with other answers.</summary>
    public string With(Func<Mistake, string> answer)
    {
        int index = 0;
        return Entry().Replace(Text, match =>
            $"### {match.Groups["title"].Value} · {match.Groups["rating"].Value}/10\n\n```csharp{match.Groups["setting"].Value}\n"
            + $"{match.Groups["code"].Value}\n```\n\n```text\n{answer(Mistakes[index++])}\n```\n");
    }

    [GeneratedRegex(
        @"^### (?<title>[^\n]+) · (?<rating>\d+)/10\n\n```csharp(?<setting>[^\n]*)\n(?<code>.*?)\n```\n(\n```text\n(?<answer>.*?)\n```\n)?",
        RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Entry();

    [GeneratedRegex("```csharp networks\n(?<code>.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex SharedCode();
}
