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
}
