using System;
using BenchmarkDotNet.Attributes;
using GeneratedNetworks.Benchmarks.Measurement;
using GeneratedNetworks.Benchmarks.Networks;
using GeneratedNetworks.Benchmarks.Peers;

namespace GeneratedNetworks.Benchmarks.Suites;

/// <summary>Forward passes of ours, of ONNX Runtime and of plain loops.</summary>
public class ForwardSuite : ShapeSuite
{
    private Action<int> _ours = static _ => { };
    private Action<int> _onnx = static _ => { };
    private Action<int> _naive = static _ => { };

    [Params(1, 64)]
    public int Batch { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _ours = Shape.Forward(Batch);
        _onnx = Loop(new OnnxRuntimePeer());
        _naive = Loop(new NaivePeer());
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Calls)]
    public void Ours() => _ours(Calls);

    [Benchmark(OperationsPerInvoke = Calls)]
    public void OnnxRuntime() => _onnx(Calls);

    [Benchmark(OperationsPerInvoke = Calls)]
    public void NaiveLoops() => _naive(Calls);

    private Action<int> Loop(IPeer peer) => ((LocalCandidate)peer.Create(Shape, Work.Forward, Batch)!).Loop;
}
