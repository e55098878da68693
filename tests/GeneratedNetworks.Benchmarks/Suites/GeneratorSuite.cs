using System.Globalization;
using System.Linq;
using BenchmarkDotNet.Attributes;
using GeneratedNetworks.Benchmarks.Generation;
using Microsoft.CodeAnalysis;

namespace GeneratedNetworks.Benchmarks.Suites;

/// <summary>The generator, and a build with it, in memory.</summary>
[MemoryDiagnoser]
public class GeneratorSuite
{
    private GeneratedSource _source = null!;
    private GeneratorDriver _driver = null!;
    private int _edit;

    [Params("3-4-1", "64-32-10", "784-512-256-10")]
    public string Network { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        _source = new GeneratedSource([.. Network.Split('-').Select(static size => int.Parse(size, CultureInfo.InvariantCulture))]);
        _driver = _source.Generate(GeneratedSource.CreateDriver());
    }

    [Benchmark]
    public object Generate() => _source.Generate(GeneratedSource.CreateDriver());

    [Benchmark]
    public object UnrelatedEdit() => _source.GenerateAfterUnrelatedEdit(_driver, _edit++);

    [Benchmark]
    public byte[] Build() => _source.Build();
}
