using System;
using System.Collections.Generic;

namespace GeneratedNetworks.Benchmarks.Measurement;

/// <summary>Times candidates in turns, so that a busy moment of the machine meets all of them.</summary>
internal static class Race
{
    /// <summary>The minimum of <paramref name="rounds"/> samples of each candidate, in nanoseconds per call; NaN where there is none.</summary>
    public static double[] Run(int rounds, IReadOnlyList<ICandidate?> candidates)
    {
        double[] best = new double[candidates.Count];
        Array.Fill(best, double.NaN);
        for (int round = 0; round < rounds; round++)
        {
            for (int i = 0; i < candidates.Count; i++)
            {
                if (candidates[i] is { } candidate)
                {
                    double time = candidate.Sample();
                    best[i] = double.IsNaN(best[i]) ? time : Math.Min(best[i], time);
                }
            }
        }

        return best;
    }
}
