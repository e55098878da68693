using System;
using System.Linq;
using BenchmarkDotNet.Attributes;
using GeneratedNetworks.Benchmarks.Fashion;

namespace GeneratedNetworks.Benchmarks.Suites;

/// <summary>One epoch of <c>Fit</c> on 60,000 images of 784 values: Fashion-MNIST, or noise of its size where it is not installed.</summary>
[MemoryDiagnoser]
public class EpochSuite
{
    private readonly FashionNet.Trainer _trainer = new(new FashionNet(seed: 1));
    private Dataset<float> _data = null!;
    private ulong _epoch;

    [GlobalSetup]
    public void Setup() => _data = FashionData.IsInstalled ? FashionData.Load(test: false) : Noise();

    [Benchmark]
    public FitResult Epoch() => _trainer.Fit(_data, new FitOptions { Epochs = 1, BatchSize = 64, Seed = _epoch++ });

    private static Dataset<float> Noise()
    {
        const int Count = 60_000;
        Random random = new(1);
        float[] inputs = [.. Enumerable.Range(0, Count * FashionData.Pixels).Select(_ => random.NextSingle())];
        int[] labels = [.. Enumerable.Range(0, Count).Select(_ => random.Next(FashionData.Classes))];
        return Dataset<float>.FromLabels(FashionData.Pixels, FashionData.Classes, inputs, labels);
    }
}
