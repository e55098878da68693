using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace GeneratedNetworks.Generator.Tests;

/// <summary>Warnings and infos: what the planner notes, at the attribute that it is about.</summary>
public sealed class AnalyzerTests
{
    [Fact]
    public async Task GN0101_NotUnrolled() =>
        await AssertInfo("GN0101", "[GeneratedNetwork(784)]\n[«Dense(256, Activation.Relu)»]\n[Dense(1)]\npublic partial class Net { }");

    [Fact]
    public async Task GN0102_ScratchBeyondStack() =>
        await AssertInfo("GN0102", "[«GeneratedNetwork(4, Unroll = Unroll.None)»]\n[Dense(100000)]\n[Dense(1)]\npublic partial class Net { }");

    [Theory]
    [InlineData(LanguageVersion.CSharp7_3, "7.3")]
    [InlineData(LanguageVersion.CSharp8, "8.0")]
    public async Task GN0103_BasicByLanguageVersion(LanguageVersion language, string version)
    {
        Diagnostic warning = await AssertWarning(
            "GN0103",
            "[Obsolete]\n[«GeneratedNetwork(2)»]\n[Dense(1)]\npublic partial class Net { }",
            Target.NetStandard20 with { Language = language });
        string message = $"'Net' uses profile Basic, because the project is compiled as C# {version}: ";
        Assert.StartsWith(message, warning.GetMessage(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task BasicIsNotCommentedOnWhereItIsWantedOrAllThereIs()
    {
        const string Wanted = "[GeneratedNetwork(2, Emit = EmitProfile.Basic)] [Dense(1)] public partial class Net { }";
        Assert.Empty(await Analyze(Wanted, Target.NetStandard20 with { Language = LanguageVersion.CSharp7_3 }));
        const string Auto = "[GeneratedNetwork(2)] [Dense(1)] public partial class Net { }";
        Assert.Empty(await Analyze(Auto, Target.Nano));
        Assert.Empty(await Analyze(Auto, Target.NetStandard20));
    }

    [Theory]
    [InlineData("[«Dense(1, Activation.Softmax)»]", "Softmax over one output is always 1: ")]
    [InlineData("[Dense(1)]\n[«Activation(Activation.LogSoftmax)»]", "LogSoftmax over one output is always 0: ")]
    [InlineData("[«Dense(1, Activation.Softmax)»]\n[Flatten]", "Softmax over one output is always 1: ")]
    public async Task GN0104_SoftmaxOfOneOutput(string layers, string message)
    {
        Diagnostic warning = await AssertWarning("GN0104", $"[GeneratedNetwork(2)]\n{layers}\npublic partial class Net {{ }}", Target.Net100);
        Assert.StartsWith(message, warning.GetMessage(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SoftmaxOfTwoOutputsIsNotCommentedOn() =>
        Assert.Empty(await Analyze("[GeneratedNetwork(2)] [Dense(2, Activation.Softmax)] public partial class Net { }", Target.Net100));

    [Fact]
    public async Task SmallNetworksAreNotCommentedOn()
    {
        GeneratorRun run = GeneratorHarness.Run(GeneratorHarness.Usings + "[GeneratedNetwork(2)] [Dense(1)] public partial class Net { }");
        Assert.Empty(await run.AssertClean().AnalyzeAsync());
    }

    [Fact]
    public async Task AnErrorIsTheGeneratorsAlone()
    {
        GeneratorRun run = GeneratorHarness.Run(
            GeneratorHarness.Usings + "[GeneratedNetwork(784)] [Dense(256)] [Dense(0)] public partial class Net { }");
        Assert.NotEmpty(run.GeneratorDiagnostics);
        Assert.Empty(await run.AnalyzeAsync());
    }

    private static async Task<IEnumerable<Diagnostic>> Analyze(string source, Target target) =>
        await GeneratorHarness.Run(GeneratorHarness.Usings + source, target).AssertClean().AnalyzeAsync();

    private static async Task<Diagnostic> AssertWarning(string id, string source, Target target)
    {
        Marked marked = Marked.Parse(GeneratorHarness.Usings + source);
        Diagnostic warning = Assert.Single(await GeneratorHarness.Run(marked.Text, target).AssertClean().AnalyzeAsync());
        Assert.Equal((id, DiagnosticSeverity.Warning), (warning.Id, warning.Severity));
        marked.AssertAt(warning, "File0.cs");
        return warning;
    }

    private static async Task AssertInfo(string id, string source)
    {
        Marked marked = Marked.Parse(GeneratorHarness.Usings + source);
        GeneratorRun run = GeneratorHarness.Run(marked.Text).AssertClean();
        IEnumerable<Diagnostic> infos = await run.AnalyzeAsync();
        Assert.All(infos, info => Assert.Equal(DiagnosticSeverity.Info, info.Severity));
        Diagnostic found = Assert.Single(infos, info => info.Id == id && info.Location.SourceSpan == marked.Span);
        Assert.True(found.Location.IsInSource);
        marked.AssertAt(found, "File0.cs");
    }
}
