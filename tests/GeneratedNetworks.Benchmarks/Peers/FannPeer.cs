namespace GeneratedNetworks.Benchmarks.Peers;

/// <summary>FANN, the C library: per-sample gradient descent (Debian package libfann-dev).</summary>
internal sealed class FannPeer : NativePeer
{
    private const string Arguments = "-O3 -march=native -Wall -lfloatfann -lm";

    public override string Name => "FANN";

    protected override string Settings =>
        "the system's library under a caller compiled with gcc -O3 -march=native; tanh is its symmetric sigmoid, relu its bounded ramp";

    protected override (string? Program, string Message) Compile() =>
        NativeCompiler.Compile("fann_peer", ["fann_peer.c"], "gcc", Arguments);

    protected override bool Supports(Work work, int batch) => batch == 1 && work != Work.Adam;
}
