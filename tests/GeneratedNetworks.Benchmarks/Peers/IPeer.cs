using GeneratedNetworks.Benchmarks.Measurement;
using GeneratedNetworks.Benchmarks.Networks;

namespace GeneratedNetworks.Benchmarks.Peers;

/// <summary>What a peer is asked to do with a shape.</summary>
internal enum Work
{
    Forward,
    Sgd,
    Adam,
}

/// <summary>Another way to run or train the same network.</summary>
internal interface IPeer
{
    string Name { get; }

    /// <summary>Version, settings, or why it is not there.</summary>
    string Description { get; }

    /// <summary>A candidate whose call handles <paramref name="batch"/> samples, or null if this peer is not installed or cannot do it.</summary>
    ICandidate? Create(NetworkCase network, Work work, int batch);
}
