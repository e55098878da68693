using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Layers;
using Xunit;

namespace GeneratedNetworks.Generator.Tests;

/// <summary>What each registered layer looks like in each profile.</summary>
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
            [GeneratedNetwork(2, 2, 1)]
            {{example}}
            [Dense(2, Activation.Sigmoid)]
            [Training(Loss.BinaryCrossEntropy)]
            public partial class Net { }
            """;
        GeneratorRun run = GeneratorHarness.Run(source, Target.Named(target)).AssertClean();
        Snapshot.Match($"{layer}.{target}", run.SingleFile);
    }
}
