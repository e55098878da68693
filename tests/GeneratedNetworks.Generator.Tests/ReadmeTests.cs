using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using GeneratedNetworks.Generator.Layers;
using Microsoft.CodeAnalysis;
using Xunit;

namespace GeneratedNetworks.Generator.Tests;

/// <summary>What the documents say is what the code does. UPDATE_SNAPSHOTS=1 rewrites README.md's derived sections, except where CI=true.</summary>
public sealed partial class ReadmeTests
{
    private static readonly string Readme = Repository.Read("README.md");

    [Fact]
    public void DerivedSectionsAreUpToDate()
    {
        Assert.Equal(ReadmeSections.All.Keys.Order(), Section().Matches(Readme).Select(match => match.Groups["name"].Value).Order());
        string expected = Section().Replace(Readme, match =>
            $"<!-- begin: {match.Groups["name"].Value} -->\n{ReadmeSections.All[match.Groups["name"].Value]()}\n<!-- end -->");
        if (Snapshot.IsUpdate)
            File.WriteAllText(Repository.PathOf("README.md"), expected);
        else
            Assert.Equal(expected, Readme);
    }

    // What the example of a test uses. That one is run, with the real thing, by the tests of the packages.
    private const string XunitStub =
        "internal sealed class FactAttribute : System.Attribute; internal static class Assert { public static void Equal(float x, float y, float t) { } }";

    [Fact]
    public void EveryLayerHasARow()
    {
        string[] rows = [.. Row().Matches(Between("## Layers", "## Activations")).Select(match => match.Groups["name"].Value)];
        Assert.Equal(LayerRegistry.Layers.Select(layer => layer.Attribute), rows);
    }

    [Fact]
    public void EveryInitializerHasARow()
    {
        string[] rows = [.. Row().Matches(Between("## Initialisers", "## ")).Select(match => match.Groups["name"].Value)];
        Assert.Equal(Enum.GetNames<Initializer>(), rows);
    }

    [Fact]
    public void EveryProfileHasARow()
    {
        string[] rows = [.. Row().Matches(Between("## Profiles", "## ")).Select(match => match.Groups["name"].Value)];
        Assert.Equal(Enum.GetNames<EmitProfile>().Where(name => name != nameof(EmitProfile.Auto)), rows);
    }

    [Fact]
    public void ExamplesCompile()
    {
        string written = Section().Replace(Readme, "");
        string[] examples = [.. CSharp().Matches(written).Select(match => match.Groups["code"].Value)];
        Assert.True(examples.Length >= 2);
        string usings = GeneratorHarness.Usings.Replace("using ", "global using ", StringComparison.Ordinal);
        GeneratorHarness.Run(
            [usings, XunitStub, .. examples],
            Target.Net100,
            options => options.WithOutputKind(OutputKind.ConsoleApplication),
            ModelTexts.Of("digits.onnx", ModelTexts.Model([64], ModelTexts.Dense("hidden", 64, 32, Activation.Relu), ModelTexts.Dense("output", 32, 10, Activation.Softmax))),
            ModelTexts.Of("policy.onnx", ModelTexts.Model([8], ModelTexts.Dense("action", 8, 2, Activation.Identity)) with { Output = "deterministic_continuous_actions" }),
            ModelTexts.Of("trained.safetensors", ModelTexts.Tensors(
                ("dense1.weight", [64, 32]), ("dense1.bias", [32]), ("dense2.weight", [32, 10]), ("dense2.bias", [10])))).AssertClean();
    }

    [Fact]
    public void TheNetworkShownIsTheOneInspected() =>
        Assert.Contains(Repository.Read("samples/Inspect/XorNet.cs").Split("</summary>\n")[1], Readme, StringComparison.Ordinal);

    [Theory]
    [InlineData("README.md")]
    [InlineData("CONTRIBUTING.md")]
    [InlineData("CHANGELOG.md")]
    [InlineData("samples/Inspect/README.md")]
    [InlineData("samples/ImportedModel/README.md")]
    [InlineData("samples/GameBrain/README.md")]
    [InlineData("src/GeneratedNetworks.Build/README.md")]
    [InlineData("src/GeneratedNetworks.Charts/README.md")]
    [InlineData("src/GeneratedNetworks.Templates/README.md")]
    [InlineData("src/GeneratedNetworks.Testing/README.md")]
    [InlineData("src/GeneratedNetworks.Tool/README.md")]
    [InlineData("tests/GeneratedNetworks.Benchmarks/README.md")]
    public void LinksLead(string document)
    {
        string folder = Path.GetDirectoryName(Repository.PathOf(document))!;
        IEnumerable<string> targets = Link().Matches(Repository.Read(document)).Select(match => match.Groups["target"].Value);
        Assert.All(targets, target => Assert.True(Path.Exists(Path.Combine(folder, target)), target));
    }

    private static string Between(string start, string end)
    {
        int from = Readme.IndexOf(start + "\n", StringComparison.Ordinal);
        Assert.True(from >= 0, $"README.md has no section '{start}'.");
        from += start.Length;
        return Readme[from..Readme.IndexOf("\n" + end, from, StringComparison.Ordinal)];
    }

    [GeneratedRegex("<!-- begin: (?<name>[^\n]+) -->\n.*?<!-- end -->", RegexOptions.Singleline)]
    private static partial Regex Section();

    [GeneratedRegex(@"^\| `\[?(?<name>\w+)", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("```csharp\n(?<code>.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex CSharp();

    [GeneratedRegex(@"\]\((?<target>[^)#:]+)(#[^)]*)?\)")]
    private static partial Regex Link();
}
