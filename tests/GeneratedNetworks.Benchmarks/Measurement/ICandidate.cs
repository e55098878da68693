using System;

namespace GeneratedNetworks.Benchmarks.Measurement;

/// <summary>Something to be timed against others.</summary>
internal interface ICandidate
{
    /// <summary>Runs it for a while untimed, then times one sample.</summary>
    /// <returns>Nanoseconds per call.</returns>
    double Sample();
}
