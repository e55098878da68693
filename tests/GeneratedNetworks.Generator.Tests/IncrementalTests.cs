using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using GeneratedNetworks.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using Xunit;

namespace GeneratedNetworks.Generator.Tests;

/// <summary>An edit runs exactly what it must: the reason of each named step is held, per network, to the letter.</summary>
public sealed class IncrementalTests
{
    private const string Network = """
        using GeneratedNetworks;
        [GeneratedNetwork(2)]
        [Dense(3, Activation.Tanh)]
        [Dense(1)]
        [Training(Loss.Huber)]
        public partial class Net
        {
        }

        """;

    private const string Other = "using GeneratedNetworks;\n[GeneratedNetwork(4)]\n[Dense(2)]\npublic partial class Other\n{\n}\n";

    private const string Unrelated = "class Unrelated { int X() => 1; }\n";

    /// <summary>What is replaced in which of the three files, and why then Model, Plan and the output ran, network by network.</summary>
    public static TheoryData<string, int, string, string, string, string, string> Edits => new()
    {
        { "nothing", 0, "", "", "Cached Cached", "Cached Cached", "Cached Cached" },
        { "a type after the network", 0, "}\n", "}\nclass After { }\n", "Cached Cached", "Cached Cached", "Cached Cached" },
        { "a comment above the network", 0, "\n[Gen", "\n// A comment.\n[Gen", "Unchanged Cached", "Cached Cached", "Cached Cached" },
        { "white space in an attribute", 0, "Dense(1)", "Dense( 1 )", "Unchanged Cached", "Cached Cached", "Cached Cached" },
        { "another file", 2, "1", "2", "Cached Cached", "Cached Cached", "Cached Cached" },
        { "a member of the user's", 0, "{\n", "{\n    public int Count => 1;\n", "Cached Cached", "Cached Cached", "Cached Cached" },
        { "an attribute of the user's", 0, "\n[Gen", "\n[System.Obsolete]\n[Gen", "Unchanged Cached", "Cached Cached", "Cached Cached" },
        { "a value written otherwise", 0, "Dense(1)", "Dense(2 - 1)", "Unchanged Cached", "Cached Cached", "Cached Cached" },
        { "units", 0, "Dense(1)", "Dense(2)", "Modified Cached", "Modified Cached", "Modified Cached" },
        { "an activation", 0, "Activation.Tanh", "Activation.Relu", "Modified Cached", "Modified Cached", "Modified Cached" },
        { "a loss", 0, "Loss.Huber", "Loss.SquaredError", "Modified Cached", "Modified Cached", "Modified Cached" },
        { "the class's name", 0, "class Net", "class Renamed", "Modified Cached", "Modified Cached", "Modified Cached" },
        { "the other network", 1, "Dense(2)", "Dense(5)", "Cached Modified", "Cached Modified", "Cached Modified" },
        { "a member that is generated", 0, "{\n", "{\n    public int InputSize => 1;\n", "Modified Cached", "Modified Cached", "Modified Cached" },
        {
            "a third network", 2, "class", "[GeneratedNetworks.GeneratedNetwork(2)] [GeneratedNetworks.Dense(1)] partial class Third { }\nclass",
            "Cached Cached New", "Cached Cached New", "Cached Cached New"
        },
        {
            "a name that differs in case", 2, "class",
            "[GeneratedNetworks.GeneratedNetwork(2)] [GeneratedNetworks.Dense(1)] partial class OTHER { }\nclass",
            "Cached Cached New", "Cached Cached New", "Modified Modified New"
        },
        { "a network less", 1, "[GeneratedNetwork(4)]\n", "", "Cached Removed", "Cached Removed", "Cached Removed" },
    };

    [Theory]
    [MemberData(nameof(Edits))]
    public void EditRunsExactly(string what, int file, string old, string replacement, string model, string plan, string output)
    {
        Assert.NotEmpty(what);
        string[] sources = [Network, Other, Unrelated];
        Compilation before = GeneratorHarness.Compile(sources, Target.Net100);
        GeneratorDriver driver = GeneratorHarness.CreateDriver(before).RunGenerators(before, TestContext.Current.CancellationToken);
        Assert.Equal("New New", Reasons(driver, TrackingNames.Model));
        Assert.Equal("New New", Reasons(driver, TrackingNames.Plan));

        Assert.True(old.Length == 0 || sources[file].Contains(old, StringComparison.Ordinal));
        SyntaxTree tree = before.SyntaxTrees.ElementAt(file);
        string text = old.Length == 0 ? sources[file] : Replace(sources[file], old, replacement);
        driver = driver.RunGenerators(
            before.ReplaceSyntaxTree(tree, tree.WithChangedText(SourceText.From(text))), TestContext.Current.CancellationToken);

        Assert.Equal(model, Reasons(driver, TrackingNames.Model));
        Assert.Equal(plan, Reasons(driver, TrackingNames.Plan));
        Assert.Equal(output, OutputReasons(driver));
        Assert.Equal(plan, Reasons(driver, TrackingNames.Text));
    }

    /// <summary>The shared text is written again only where some network needs what none needed before.</summary>
    [Theory]
    [InlineData("Dense(2)", "Dense(2, Activation.Tanh)", "Unchanged")]
    [InlineData("Dense(2)", "Dense(2, Activation.Mish)", "Modified")]
    [InlineData("class Unrelated", "class Renamed", "Cached")]
    public void SharedTextRunsExactly(string old, string replacement, string library)
    {
        string[] sources = [Network, Other, Unrelated];
        Compilation before = GeneratorHarness.Compile(sources, Target.Net100);
        GeneratorDriver driver = GeneratorHarness.CreateDriver(before).RunGenerators(before, TestContext.Current.CancellationToken);
        int file = Array.FindIndex(sources, source => source.Contains(old, StringComparison.Ordinal));
        SyntaxTree tree = before.SyntaxTrees.ElementAt(file);
        driver = driver.RunGenerators(
            before.ReplaceSyntaxTree(tree, tree.WithChangedText(SourceText.From(Replace(sources[file], old, replacement)))), TestContext.Current.CancellationToken);
        Assert.Equal(library, Reasons(driver, TrackingNames.Library));
    }

    [Fact]
    public void EachStageCanBeCancelled()
    {
        CancellationToken cancelled = new(canceled: true);
        object model = GeneratorHarness.Run(Network).Result.Results.Single().TrackedSteps[TrackingNames.Model].Single().Outputs.Single().Value;
        Assert.Throws<OperationCanceledException>(() => Outcome.Of((Declaration)model, cancelled));
        Assert.Throws<OperationCanceledException>(() => NameClashes.Find([new TypeName("A", "A")], cancelled));
    }

    private static string Replace(string text, string old, string replacement)
    {
        int at = text.IndexOf(old, StringComparison.Ordinal);
        return text[..at] + replacement + text[(at + old.Length)..];
    }

    private static string Reasons(GeneratorDriver driver, string step)
    {
        IEnumerable<IncrementalGeneratorRunStep> steps = driver.GetRunResult().Results.Single().TrackedSteps[step];
        return string.Join(" ", steps.SelectMany(run => run.Outputs).Select(run => run.Reason));
    }

    /// <summary>The output step that stands behind <c>Plan</c>; the branch of errors has one of its own and may run at any edit.</summary>
    private static string OutputReasons(GeneratorDriver driver) => string.Join(
        " ",
        driver.GetRunResult().Results.Single().TrackedOutputSteps
            .SelectMany(pair => pair.Value)
            .Where(step => ComesFrom(step, TrackingNames.Plan) && !ComesFrom(step, TrackingNames.Library))
            .SelectMany(step => step.Outputs)
            .Select(run => run.Reason));

    private static bool ComesFrom(IncrementalGeneratorRunStep step, string name) =>
        step.Name == name || step.Inputs.Any(input => ComesFrom(input.Source, name));
}
