namespace GeneratedNetworks.Runtimes.Tests;

/// <summary>
/// The same networks on every runtime: with Numerics.Reproducible the same bits in all profiles, and with Numerics.Fast the same bits of a profile without
/// vectors. What they compute is held to golden.txt.
/// </summary>
public sealed class RuntimesTests(Programs programs) : IClassFixture<Programs>
{
    public static TheoryData<string> Names => [.. Targets.All.Select(target => target.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void EveryTargetComputesTheSameBits(string name)
    {
        Target target = Targets.All.Single(target => target.Name == name);
        if (Programs.WhyNot(target) is { } reason)
            Assert.Skip(reason);
        Computed reference = Computed.Parse(programs.Run(Targets.All[0]));
        if (Repository.IsUpdate)
            Golden.Accept(reference);

        Computed computed = Computed.Parse(programs.Run(target));
        Assert.True(target.HasSimd == computed.Width is not null, "It should say how wide its vectors are.");
        Assert.True(computed.Width is null || computed.Width <= target.Width, $"Its vectors have {computed.Width} bits.");
        Comparison.AssertSame(target.Name, Golden.Read(target.HasSimd), computed, reference);
    }

    [Fact]
    public void UnitysShapeComputesTheSameBits()
    {
        if (!Programs.AreAll)
            Assert.Skip("Takes a compiler and minutes: GENERATED_NETWORKS_RUNTIMES=all in the environment runs it, as .ci/run does.");
        Computed reference = Computed.Parse(programs.Run(Targets.All[0]));
        Computed computed = Computed.Parse(programs.Timed("Unity's shape", () => UnitySlice.Run()));
        Comparison.AssertSame("Unity's shape", Golden.Read(hasSimd: false), computed, reference);
    }

    /// <summary>The table of the README, of which times and sizes are told and not held.</summary>
    [Fact]
    public void TheTableHolds()
    {
        if (!Programs.AreAll)
            Assert.Skip("Needs all targets: GENERATED_NETWORKS_RUNTIMES=all in the environment runs them, as .ci/run does.");
        string[] rows = [.. Targets.All.Select(target => RuntimeTable.Row(target, programs))];
        File.WriteAllLines(Path.Combine(AppContext.BaseDirectory, "runtimes.md"), [RuntimeTable.Header, .. rows, "", .. programs.Durations]);
        RuntimeTable.AssertHeld(rows);
    }
}
