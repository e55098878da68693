using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using GeneratedNetworks.Generator.Layers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace GeneratedNetworks.Generator.Tests;

/// <summary>What each registered layer looks like in each profile, and that emitting it is cheap.</summary>
public sealed class SnapshotTests
{
    public static IEnumerable<TheoryDataRow<string, string>> Examples =>
        from layer in LayerRegistry.Layers
        from target in new[] { Target.Net80, Target.NetStandard20, Target.Nano }
        select new TheoryDataRow<string, string>(layer.Attribute, target.Name);

    [Theory]
    [MemberData(nameof(Examples))]
    public void Layer(string layer, string target)
    {
        string example = LayerRegistry.Find(layer)!.Example;
        string source = $$"""
            using GeneratedNetworks;
            [GeneratedNetwork(4)]
            {{example}}
            [Dense(2, Activation.Sigmoid)]
            [Training(Loss.BinaryCrossEntropy)]
            public partial class Net { }
            """;
        GeneratorRun run = GeneratorHarness.Run(source, Target.Named(target)).AssertClean();
        Snapshot.Match($"{layer}.{target}", run.SingleFile);
    }

    [Fact]
    public void AHundredNetworksTakeLessThanTwoSeconds()
    {
        IEnumerable<string> networks = Enumerable.Range(0, 100).Select(i =>
            $"[GeneratedNetwork({i + 1})] [Dense({2 * i + 3}, Activation.Tanh)] [Dense({i % 7 + 1})] [Training(Loss.Huber, Optimizer.Adam)] partial class Net{i} {{ }}");
        CSharpCompilation compilation = GeneratorHarness.Compile([GeneratorHarness.Usings + string.Join("\n", networks)], Target.Net100);
        long start = Stopwatch.GetTimestamp();
        GeneratorDriver driver = GeneratorHarness.CreateDriver(compilation).RunGenerators(compilation, TestContext.Current.CancellationToken);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        Assert.Equal(100, driver.GetRunResult().GeneratedTrees.Length);
        Assert.InRange(seconds, 0, 2);
    }
}
