using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using GeneratedNetworks.Tests.Compiled;
using GeneratedNetworks.Tests.Reference;
using GeneratedNetworks.Tests.Reference.Graphs;
using Xunit;

namespace GeneratedNetworks.Tests;

/// <summary>Random graphs of all layers, compiled by the generator, agree with plain loops in outputs, losses, gradients and what they learn, in every profile.</summary>
[Trait("Category", "Numeric")]
public sealed class GraphTests(ITestOutputHelper output)
{
    /// <summary>How many graphs are drawn for each precision and numerics, where it is more than a few.</summary>
    public const string CountVariable = "NETWORK_GRAPHS";

    private static readonly int Count = int.TryParse(Environment.GetEnvironmentVariable(CountVariable), CultureInfo.InvariantCulture, out int count) ? count : 3;

    public static MatrixTheoryData<Precision, Numerics> Kinds => new([Precision.Single, Precision.Double], [Numerics.Fast, Numerics.Reproducible]);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void GraphsComputeWhatPlainLoopsDo(Precision precision, Numerics numerics)
    {
        (GraphSpec Value, string Seed)[] graphs = RandomNetworks.Draw(RandomGraphs.Graphs, Count, 100 + ((int)precision * 2) + (int)numerics);
        EmitProfile[] profiles = [EmitProfile.Simd, EmitProfile.Scalar, EmitProfile.Basic];
        TestNetwork[][] networks = [.. profiles.Select(profile => NetworkCompiler.Compile([.. graphs.Select(graph => graph.Value.Declare(profile, precision, numerics))]))];
        List<string> failures = [];
        int skipped = 0;
        for (int i = 0; i < graphs.Length; i++)
        {
            (GraphSpec graph, string seed) = graphs[i];
            TestNetwork[] forms = [.. networks.Select(form => form[i])];
            try
            {
                skipped += new GraphComparison(graph, precision, seed).Run(forms) ? 0 : 1;
            }
            catch (Exception exception)
            {
                failures.Add($"{exception.Message}\n{RandomNetworks.SeedVariable}={seed}\n{forms[0].Spec}\n{exception.StackTrace}");
            }
        }

        output.WriteLine($"{graphs.Length} graphs, of which {skipped} never kept away from kinks");
        Assert.True(failures.Count == 0, $"{failures.Count} of {graphs.Length} graphs:\n{string.Join("\n\n", failures)}");
    }
}
