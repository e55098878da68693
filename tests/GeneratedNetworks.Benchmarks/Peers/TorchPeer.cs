using System;
using System.Globalization;
using GeneratedNetworks.Benchmarks.Measurement;

namespace GeneratedNetworks.Benchmarks.Peers;

/// <summary>libtorch from C++ (Debian packages libtorch-dev and libopenblas0-pthread).</summary>
internal sealed class TorchPeer : NativePeer
{
    private const string Arguments =
        "-O3 -march=native -std=c++17 -isystem /usr/include/torch/csrc/api/include -ltorch -ltorch_cpu -lc10";

    public override string Name => "libtorch";

    protected override string Settings => "torch::nn and torch::optim, g++ -O3 -march=native, one thread, BLAS of the system on one thread";

    protected override (string? Program, string Message) Compile() =>
        NativeCompiler.Compile("torch_peer", ["torch_peer.cpp", "model.h", "fashion.h"], "g++", Arguments);

    protected override bool Supports(Work work, int batch) => true;

    /// <summary>Steps of Adam of a network of images or signals, by the processor's clock; null where libtorch is not installed.</summary>
    /// <param name="name">As <c>model.h</c> knows it.</param>
    /// <param name="batch">Samples of a step.</param>
    public ICandidate? CreateImages(string name, int batch)
    {
        if (Process is not { } process)
        {
            return null;
        }

        int id = NextNetwork();
        return Made(process, id, string.Create(CultureInfo.InvariantCulture, $"makeimages {id} {name} {batch} {Method.LearningRate:G9}"));
    }

    /// <summary>Steps of Adam of a recurrent layer and a dense layer over 64 steps of one feature, by the processor's clock; null where libtorch is not installed.</summary>
    /// <param name="layer">"gru 16": which layer, and its units.</param>
    /// <param name="batch">Sequences of a step.</param>
    public ICandidate? CreateSequences(string layer, int batch)
    {
        if (Process is not { } process)
        {
            return null;
        }

        int id = NextNetwork();
        return Made(process, id, string.Create(CultureInfo.InvariantCulture, $"makesequences {id} {layer} {batch} {Method.LearningRate:G9}"));
    }
}
