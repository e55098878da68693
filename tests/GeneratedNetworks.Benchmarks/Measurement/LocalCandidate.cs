using System;
using System.Diagnostics;

namespace GeneratedNetworks.Benchmarks.Measurement;

/// <summary>A candidate of this process: a loop that makes the given number of calls.</summary>
internal sealed class LocalCandidate(Action<int> loop) : ICandidate
{
    private static readonly double NanosecondsPerTick = 1e9 / Stopwatch.Frequency;

    private int _calls;

    public Action<int> Loop => loop;

    public double Sample()
    {
        if (_calls == 0)
        {
            Calibrate();
        }

        // Other candidates have run since the last sample: fetch code and data into the caches before the clock starts.
        loop(Math.Max(1, _calls / 2));
        return Time(_calls) / _calls;
    }

    private void Calibrate()
    {
        _calls = 1;
        while (Time(_calls) < Method.MinimumSampleNanoseconds)
        {
            _calls *= 2;
        }
    }

    private double Time(int calls)
    {
        long start = Stopwatch.GetTimestamp();
        loop(calls);
        return (Stopwatch.GetTimestamp() - start) * NanosecondsPerTick;
    }
}
