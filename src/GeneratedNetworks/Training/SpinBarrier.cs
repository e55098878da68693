using System;
using System.Diagnostics;
using System.Threading;

namespace GeneratedNetworks;

/// <summary>Where threads wait for each other between the phases of a step: awake for a moment, for phases are short, then asleep.</summary>
/// <remarks>Allocates nothing once made.</remarks>
internal sealed class SpinBarrier(int participants)
{
    // Waiting awake only takes time from those waited for where there are more threads than processors.
    private static readonly long SpinTicks = Stopwatch.Frequency / 10_000;
    private readonly long _spinTicks = participants > Environment.ProcessorCount ? 0 : SpinTicks;
    private readonly object _gate = new();
    private int _arrived;
    private int _round;
    private volatile bool _broken;

    /// <summary>Returns when all participants have come.</summary>
    /// <returns>False where they will not, because the barrier was broken.</returns>
    public bool Wait()
    {
        int round = Volatile.Read(ref _round);
        if (Interlocked.Increment(ref _arrived) == participants)
        {
            _arrived = 0;
            lock (_gate)
            {
                Volatile.Write(ref _round, unchecked(round + 1));
                Monitor.PulseAll(_gate);
            }

            return !_broken;
        }

        long end = Stopwatch.GetTimestamp() + _spinTicks;
        do
        {
            for (int i = 0; i < 16; i++)
            {
                if (Volatile.Read(ref _round) != round || _broken)
                    return !_broken;
                Thread.SpinWait(4);
            }

            // Whom we wait for may wait for this very processor.
            Thread.Yield();
        }
        while (Stopwatch.GetTimestamp() < end);

        lock (_gate)
        {
            while (_round == round && !_broken)
                Monitor.Wait(_gate);
        }

        return !_broken;
    }

    /// <summary>Sends every participant home, those who come later too.</summary>
    public void Break()
    {
        lock (_gate)
        {
            _broken = true;
            Monitor.PulseAll(_gate);
        }
    }
}
