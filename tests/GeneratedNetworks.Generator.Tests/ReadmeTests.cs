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
        string[] rows = [.. Row().Matches(Between("## Initializers", "## ")).Select(match => match.Groups["name"].Value)];
        Assert.Equal(Enum.GetNames<Initializer>(), rows);
    }

    [Fact]
    public void EveryProfileHasARow()
    {
        string[] rows = [.. Row().Matches(Between("## Profiles", "## ")).Select(match => match.Groups["name"].Value)];
        Assert.Equal(Enum.GetNames<EmitProfile>().Where(name => name != nameof(EmitProfile.Auto)), rows);
    }

    /// <summary>All of them together; those with output below are run. The tests of the packages follow whole sections to the letter.</summary>
    [Fact]
    public void ExamplesCompileAndWriteWhatIsBelow()
    {
        DocumentExample[] examples = [.. DocumentExample.In(Section().Replace(Readme, ""))];
        DocumentExample[] programs = [.. examples.Where(example => example.Statements.Length > 0)];
        CompiledPrograms compiled = new(
            [.. programs.Select(program => program.Statements)],
            [XunitStub, .. examples.Select(example => example.Declarations)],
            ModelTexts.Of("digits.onnx", ModelTexts.Model([64], ModelTexts.Dense("hidden", 64, 32, Activation.Relu), ModelTexts.Dense("output", 32, 10, Activation.Softmax))),
            ModelTexts.Of("policy.onnx", ModelTexts.Model([8], ModelTexts.Dense("action", 8, 2, Activation.Identity)) with { Output = "deterministic_continuous_actions" }),
            Layers("trained.safetensors", 64, 32, 10),
            Layers("ring.safetensors", 2, 16, 8, 1),
            Layers("pump.safetensors", 6, 8, 3));
        int[] shown = [.. Enumerable.Range(0, programs.Length).Where(index => programs[index].Output is not null)];
        Assert.NotEmpty(shown);
        Assert.All(shown, index => Assert.Equal(programs[index].Output, compiled.Run(index)));
    }

    /// <summary>The parameters of dense layers.</summary>
    private static AdditionalText Layers(string file, params int[] sizes) => ModelTexts.Of(file, ModelTexts.Tensors(
        [.. Enumerable.Range(1, sizes.Length - 1).SelectMany(layer => new (string, int[])[]
        {
            ($"dense{layer}.weight", [sizes[layer - 1], sizes[layer]]), ($"dense{layer}.bias", [sizes[layer]]),
        })]));

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
    [InlineData("tests/GeneratedNetworks.Generator.Tests/Mistakes/build.md")]
    [InlineData("tests/GeneratedNetworks.Generator.Tests/Mistakes/run.md")]
    [InlineData("samples/Digits/README.md")]
    [InlineData("samples/Fashion/README.md")]
    [InlineData("samples/Amp/README.md")]
    [InlineData("samples/Gestures/README.md")]
    [InlineData("samples/Names/README.md")]
    [InlineData("samples/Tutorials/README.md")]
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

    [GeneratedRegex(@"\]\((?<target>[^)#:]+)(#[^)]*)?\)")]
    private static partial Regex Link();
}
