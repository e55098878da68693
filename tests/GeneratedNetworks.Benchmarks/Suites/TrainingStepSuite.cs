using System;
using BenchmarkDotNet.Attributes;
using GeneratedNetworks.Benchmarks.Networks;

namespace GeneratedNetworks.Benchmarks.Suites;

/// <summary>Whole training steps: forward, backward and update.</summary>
public class TrainingStepSuite : ShapeSuite
{
    private Action<int> _sgd = static _ => { };
    private Action<int> _adam = static _ => { };

    [Params(1, 32, 128)]
    public int Batch { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _sgd = Shape.Sgd(Batch);
        _adam = Shape.Adam(Batch);
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Calls)]
    public void Sgd() => _sgd(Calls);

    [Benchmark(OperationsPerInvoke = Calls)]
    public void Adam() => _adam(Calls);
}
