using System.Diagnostics;

namespace GeneratedNetworks.Fuzz;

/// <summary>What a piece of work costs from here on.</summary>
internal readonly struct Meter
{
    private readonly long _memory = GC.GetAllocatedBytesForCurrentThread();
    private readonly TimeSpan _processor = Environment.CpuUsage.TotalTime;
    private readonly long _clock = Stopwatch.GetTimestamp();

    public Meter()
    {
    }

    /// <summary>The time of the clock, or that of the processor where this is less: other programs, which run beside, then had the rest.</summary>
    public TimeSpan Time
    {
        get
        {
            TimeSpan clock = Stopwatch.GetElapsedTime(_clock);
            TimeSpan processor = Environment.CpuUsage.TotalTime - _processor;
            return processor < clock ? processor : clock;
        }
    }

    /// <summary>What this thread allocated, in bytes, whether or not it was kept.</summary>
    public long Memory => GC.GetAllocatedBytesForCurrentThread() - _memory;
}
