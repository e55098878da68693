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
    public TimeSpan Time => Processor < Clock ? Processor : Clock;

    public TimeSpan Clock => Stopwatch.GetElapsedTime(_clock);

    /// <summary>Of all threads of this program.</summary>
    public TimeSpan Processor => Environment.CpuUsage.TotalTime - _processor;

    /// <summary>What this thread allocated, in bytes, whether or not it was kept.</summary>
    public long Memory => GC.GetAllocatedBytesForCurrentThread() - _memory;
}
