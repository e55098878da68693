using System.Collections.Generic;
using System.Linq;
using BenchmarkDotNet.Attributes;
using GeneratedNetworks.Benchmarks.Networks;

namespace GeneratedNetworks.Benchmarks.Suites;

/// <summary>A BenchmarkDotNet suite over the shapes of the tables and some batch sizes.</summary>
[MemoryDiagnoser]
public abstract class ShapeSuite
{
    /// <summary>Calls per invocation: the delegate around the loop costs a tiny network nothing that way.</summary>
    protected const int Calls = 64;

    public static IEnumerable<string> Networks => NetworkCases.All.Select(static network => network.Name);

    [ParamsSource(nameof(Networks))]
    public string Network { get; set; } = "";

    private protected NetworkCase Shape => NetworkCases.All.Single(network => network.Name == Network);
}
