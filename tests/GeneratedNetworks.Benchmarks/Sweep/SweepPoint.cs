using System;
using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Benchmarks.Measurement;
using GeneratedNetworks.Benchmarks.Networks;

namespace GeneratedNetworks.Benchmarks.Sweep;

/// <summary>One layer at one batch size, forward or a training step: the planner's pick against every other candidate.</summary>
/// <param name="Pick">The name of the pick.</param>
/// <param name="Time">Its nanoseconds a call.</param>
/// <param name="Best">The name of the fastest candidate.</param>
/// <param name="BestTime">Its nanoseconds a call.</param>
/// <param name="Times">All candidates.</param>
internal sealed record SweepPoint(
    int Inputs, int Outputs, int Batch, bool Trains, string Pick, double Time, string Best, double BestTime, IReadOnlyList<(string Name, double Time)> Times)
{
    private const double SampleNanoseconds = 60_000;

    private const int Rounds = 11, MoreRounds = 45;

    /// <summary>Beyond this the point is measured again, longer, with the candidates that may have won.</summary>
    private const double Doubtful = 1.08, Close = 1.15;

    public double Ratio => Time / BestTime;

    public string Shape => FormattableString.Invariant($"{Inputs} → {Outputs}, batch {Batch}");

    public static SweepPoint Measure(int inputs, int outputs, int batch, bool trains, IEnumerable<Variant> variants)
    {
        List<(string Name, Variant Variant)> candidates =
        [
            .. variants.Select(variant => (Name: trains ? variant.Step(batch) : variant.Forward(batch), variant)).DistinctBy(static pair => pair.Name),
        ];
        Batch<float> data = new(batch, inputs, outputs, static value => (float)value);
        LocalCandidate[] loops = [.. candidates.Select(pair => new LocalCandidate(Loop(pair.Variant, data, trains), SampleNanoseconds))];
        double[] times = Race.Run(Rounds, loops);
        if (times[0] > Doubtful * times.Min())
        {
            double bound = Close * times.Min();
            double[] again = Race.Run(MoreRounds, [.. loops.Select((loop, i) => i == 0 || times[i] < bound ? loop : null)]);
            times = [.. times.Zip(again, static (first, second) => double.IsNaN(second) ? first : Math.Min(first, second))];
        }

        int best = Array.IndexOf(times, times.Min());
        return new(
            inputs, outputs, batch, trains, candidates[0].Name, times[0], candidates[best].Name, times[best],
            [.. candidates.Zip(times, static (candidate, time) => (candidate.Name, time))]);
    }

    private static Action<int> Loop(Variant variant, Batch<float> data, bool trains) => trains
        ? calls =>
        {
            for (int i = 0; i < calls; i++)
            {
                variant.Trainer.Step(data.Inputs, data.Targets);
            }
        }
    : calls =>
    {
        for (int i = 0; i < calls; i++)
        {
            variant.Network.Forward(data.Inputs, data.Outputs);
        }
    };
}
