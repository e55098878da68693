using System;
using System.Diagnostics;
using System.Linq;

namespace Amp;

/// <summary>The network in a sound card's place: blocks come in, blocks go out, and the memory is kept from one to the next.</summary>
internal sealed class LiveRun
{
    /// <summary>Frames that come at once.</summary>
    public const int Block = 64;

    private readonly double[] _microseconds;

    /// <summary>Plays a recording through the network. What does not fill the last block is left out.</summary>
    public LiveRun(AmpNet network, float[] dry)
    {
        float[] memory = new float[AmpNet.MemorySize];
        Output = new float[dry.Length / Block * Block];
        long[] ticks = new long[Output.Length / Block];
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int block = 0; block < ticks.Length; block++)
        {
            long start = Stopwatch.GetTimestamp();
            network.ForwardStream(dry.AsSpan(block * Block, Block), Output.AsSpan(block * Block, Block), memory);
            ticks[block] = Stopwatch.GetTimestamp() - start;
        }

        Allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        _microseconds = [.. ticks.Order().Select(duration => duration * 1e6 / Stopwatch.Frequency)];
    }

    /// <summary>What the network played.</summary>
    public float[] Output { get; }

    /// <summary>Bytes of garbage.</summary>
    public long Allocated { get; }

    /// <summary>How long the sound card waits for a block, in microseconds.</summary>
    public static double Deadline => 1e6 * Block / Guitar.Rate;

    /// <summary>In microseconds; half of the blocks took less.</summary>
    public double Median => _microseconds[_microseconds.Length / 2];

    /// <summary>In microseconds.</summary>
    public double Slowest => _microseconds[^1];

    /// <summary>How many blocks came too late.</summary>
    public int Late => _microseconds.Count(duration => duration > Deadline);

    /// <summary>The energy of what is wrong as a share of the energy of what should be.</summary>
    public double ErrorToSignal(ReadOnlySpan<float> wet)
    {
        double error = 0, signal = 0;
        for (int i = 0; i < Output.Length; i++)
        {
            error += (Output[i] - wet[i]) * (Output[i] - wet[i]);
            signal += wet[i] * wet[i];
        }

        return error / signal;
    }
}
