using System;
using System.Diagnostics;
using System.Linq;

namespace GeneratedNetworks.Benchmarks.Measurement;

/// <summary>A candidate of this process: a loop that makes the given number of calls, as many as last <paramref name="leastNanoseconds"/>.</summary>
internal sealed class LocalCandidate(Action<int> loop, double leastNanoseconds = Method.MinimumSampleNanoseconds) : ICandidate
{
    private static readonly double NanosecondsPerTick = 1e9 / Stopwatch.Frequency;

    private int _calls;

    public Action<int> Loop => loop;

    /// <summary>Whether the processor's clock counts, of all threads: calls that take milliseconds are seldom left alone for as long.</summary>
    public bool ByProcessor { get; init; }

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

    /// <summary>Doubles the calls until three samples in a row last long enough: compiling, or losing the processor, must not end it early.</summary>
    private void Calibrate()
    {
        loop(1);
        for (_calls = 1; Enumerable.Range(0, 3).Min(_ => Time(_calls)) < leastNanoseconds; _calls *= 2)
        {
        }
    }

    private double Time(int calls)
    {
        double start = Now();
        loop(calls);
        return Now() - start;
    }

    private double Now() => ByProcessor ? Environment.CpuUsage.TotalTime.TotalNanoseconds : Stopwatch.GetTimestamp() * NanosecondsPerTick;
}
