namespace GeneratedNetworks.Fuzz;

/// <summary>Names a piece of work that does not end, and ends the program. What counts is this program's time of the processor: others may have the rest.</summary>
internal sealed class Watch : IDisposable
{
    private static readonly TimeSpan MostProcessor = TimeSpan.FromMinutes(1);

    // For one that waits and computes nothing.
    private static readonly TimeSpan MostClock = TimeSpan.FromMinutes(20);

    private readonly Timer _timer;
    private Work _work = Work.Begun("the start");

    public Watch() => _timer = new Timer(_ => Look(), null, 1000, 1000);

    public void Dispose() => _timer.Dispose();

    /// <summary>From here on it is this that must end.</summary>
    public void Begin(string name) => Volatile.Write(ref _work, Work.Begun(name));

    private void Look()
    {
        (string name, Meter meter) = Volatile.Read(ref _work);
        if (meter.Processor < MostProcessor && meter.Clock < MostClock)
            return;
        Console.WriteLine($"{name} has not ended after {meter.Processor.TotalSeconds:n0} s of the processor and {meter.Clock.TotalSeconds:n0} s of the clock");
        Environment.Exit(1);
    }

    private sealed record Work(string Name, Meter Meter)
    {
        public static Work Begun(string name) => new(name, new Meter());
    }
}
