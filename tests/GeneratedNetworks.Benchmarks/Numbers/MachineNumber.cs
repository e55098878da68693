using System;

namespace GeneratedNetworks.Benchmarks.Numbers;

/// <summary>A number of the cost model, and how this machine is asked about it.</summary>
/// <param name="Name">The constant.</param>
/// <param name="Says">Measures: what the number is here, or what either side of the threshold costs.</param>
/// <param name="How">What is timed, or why nothing is.</param>
internal sealed record MachineNumber(string Name, Func<Bench, string> Says, string How)
{
    /// <summary>A number that no measurement decides: a limit of text, stack or registers.</summary>
    public static MachineNumber Fixed(string name, string why) => new(name, static _ => "no matter of speed", why);
}
