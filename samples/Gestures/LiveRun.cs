using System;
using System.Diagnostics;
using System.Linq;
using GeneratedNetworks;

namespace Gestures;

/// <summary>The network on the wrist: a frame comes in, a decision goes out, and the memory is all that is kept.</summary>
internal sealed class LiveRun
{
    private readonly Recording _recording;

    public LiveRun(GestureNet network, Recording recording)
    {
        _recording = recording;
        Decisions = new int[recording.Frames];
        float[] memory = new float[GestureNet.MemorySize], probabilities = new float[GestureNet.OutputFrameSize];
        long[] ticks = new long[recording.Frames];
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int frame = 0; frame < recording.Frames; frame++)
        {
            long start = Stopwatch.GetTimestamp();
            network.ForwardStream(recording.Frame(frame), probabilities, memory);
            Decisions[frame] = Metrics.ArgMax<float>(probabilities);
            ticks[frame] = Stopwatch.GetTimestamp() - start;
        }

        Allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Nanoseconds = ticks.Order().ElementAt(ticks.Length / 2) * 1e9 / Stopwatch.Frequency;
    }

    /// <summary>The likeliest gesture after each frame.</summary>
    public int[] Decisions { get; }

    /// <summary>Half of the frames took less.</summary>
    public double Nanoseconds { get; }

    /// <summary>Bytes of garbage.</summary>
    public long Allocated { get; }

    /// <summary>The share of frames that were decided right, those included in which a gesture had just begun.</summary>
    public double FramesRight => Decisions.Zip(_recording.Labels, (decision, label) => decision == label ? 1.0 : 0).Average();

    /// <summary>What was decided most often from one frame to another.</summary>
    public int MostOften(int from, int to) =>
        Decisions[from..to].CountBy(decision => decision).MaxBy(pair => pair.Value).Key;

    /// <summary>How many frames after <paramref name="from"/> the right decision was first made; null where it never was.</summary>
    public int? Delay(int from, int to)
    {
        int at = Array.IndexOf(Decisions, _recording.Labels[from], from, to - from);
        return at < 0 ? null : at - from;
    }
}
