namespace GeneratedNetworks.Benchmarks.Measurement;

/// <summary>How this program measures, in one place and in words.</summary>
internal static class Method
{
    /// <summary>A sample repeats its call until it takes at least this long.</summary>
    public const double MinimumSampleNanoseconds = 200_000;

    /// <summary>
    /// A sample of the limits: caches that the processor shares with other tenants are quiet for tens of microseconds at a time, seldom for hundreds,
    /// and a limit measured under disturbance would flatter us.
    /// </summary>
    public const double LimitSampleNanoseconds = 20_000;

    public const int QuickRounds = 41;

    public const int Rounds = 201;

    /// <summary>Where a call takes milliseconds.</summary>
    public const int StepRounds = 51;

    public const int LimitRounds = 8001;

    /// <summary>Small enough that no weight moves and no gradient dies while a row is timed, large enough that no product is denormal.</summary>
    public const float LearningRate = 1e-9f;

    public static string Describe(int rounds) =>
        $"One thread. Candidates of a row take turns, {rounds} rounds; a sample is as many calls as last 200 µs or more, after half as many " +
        "untimed; the minimum counts. Peers in C and C++ run in a process of their own, sample by sample between ours. " +
        "Ours is called through the public API only, from a project that allows unsafe code. Tiered compilation and PGO are off: every method is fully optimised at its first call. " +
        "Training rows run at a learning rate of 1e-9, ours and the peers' alike, so that the work per step stays the same.";
}
