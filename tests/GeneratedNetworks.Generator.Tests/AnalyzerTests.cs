using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Xunit;

namespace GeneratedNetworks.Generator.Tests;

/// <summary>Infos: what the planner notes, at the attribute that it is about.</summary>
public sealed class AnalyzerTests
{
    [Fact]
    public async Task GN0101_NotUnrolled() =>
        await AssertInfo("GN0101", "[GeneratedNetwork(784)]\n[«Dense(256, Activation.Relu)»]\n[Dense(1)]\npublic partial class Net { }");

    [Fact]
    public async Task GN0102_ScratchBeyondStack() =>
        await AssertInfo("GN0102", "[«GeneratedNetwork(4, Unroll = Unroll.None)»]\n[Dense(100000)]\n[Dense(1)]\npublic partial class Net { }");

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
