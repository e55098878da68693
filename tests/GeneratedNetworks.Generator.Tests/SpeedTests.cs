using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace GeneratedNetworks.Generator.Tests;

[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;

/// <summary>Generating is cheap enough to happen while somebody types.</summary>
[Collection(nameof(Alone))]
public sealed class SpeedTests
{
    /// <summary>Processor time, the best of three, so that other work on the machine does not count.</summary>
    [Fact]
    public void AHundredNetworksTakeLessThanTwoSeconds()
    {
        IEnumerable<string> networks = Enumerable.Range(0, 100).Select(i =>
            $"[GeneratedNetwork({i + 1})] [Dense({(2 * i) + 3}, Activation.Tanh)] [Dense({(i % 7) + 1})] [Training(Loss.Huber)]"
            + $" partial class Net{i} {{ }}");
        CSharpCompilation compilation = GeneratorHarness.Compile([GeneratorHarness.Usings + string.Join("\n", networks)], Target.Net100);
        double best = double.MaxValue;
        for (int i = 0; i < 3; i++)
        {
            TimeSpan start = Environment.CpuUsage.TotalTime;
            GeneratorDriver driver = GeneratorHarness.CreateDriver(compilation).RunGenerators(compilation, TestContext.Current.CancellationToken);
            best = Math.Min(best, (Environment.CpuUsage.TotalTime - start).TotalSeconds);
            Assert.Equal(201, driver.GetRunResult().GeneratedTrees.Length);
        }

        Assert.InRange(best, 0, 2);
    }
}
