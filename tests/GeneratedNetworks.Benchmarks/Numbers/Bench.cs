using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.Intrinsics;
using GeneratedNetworks.Benchmarks.Measurement;
using GeneratedNetworks.Benchmarks.Networks;
using GeneratedNetworks.Benchmarks.Output;
using GeneratedNetworks.Benchmarks.Sweep;
using GeneratedNetworks.Generator.Planning;

namespace GeneratedNetworks.Benchmarks.Numbers;

/// <summary>Times loops and networks whose plan is forced, in nanoseconds or in cycles of this processor.</summary>
internal sealed class Bench(int rounds)
{
    /// <summary>Short enough to find the machine quiet, as <see cref="Method.LimitSampleNanoseconds"/>.</summary>
    private const double SampleNanoseconds = 20_000;

    /// <summary>Where a call takes longer than this, a tenth of the rounds must do.</summary>
    private const double LongNanoseconds = 2_000_000;

    /// <summary>Cycles in a nanosecond, as fast as the processor runs now.</summary>
    public double Gigahertz { get; } = Chains.MultiplyCycles / Race.Run(rounds, [new LocalCandidate(Chains.Multiply(), SampleNanoseconds)])[0];

    /// <summary>Floats in the widest vector of this processor.</summary>
    public static int Lanes => Vector512.IsHardwareAccelerated ? 16 : Vector256.IsHardwareAccelerated ? 8 : 4;

    /// <summary>Cycles of a call of each loop, taken in turns.</summary>
    public double[] Cycles(params IEnumerable<Action<int>> loops) => [.. Nanoseconds(loops).Select(time => time * Gigahertz)];

    public double[] Nanoseconds(params IEnumerable<Action<int>> loops)
    {
        LocalCandidate[] candidates = [.. loops.Select(static loop => new LocalCandidate(loop, SampleNanoseconds))];
        double[] once = Race.Run(1, candidates);
        double[] best = Race.Run(once.Max() > LongNanoseconds ? Math.Max(3, rounds / 10) : rounds, candidates);
        return [.. best.Zip(once, Math.Min)];
    }

    /// <summary>A network in several ways: inputs, relu layers, a linear output, trained by Sgd on the mean squared error.</summary>
    /// <returns>One variant for each of what is asked for; those whose text is the same are one.</returns>
    public static Variant[] Networks(int[] sizes, params IReadOnlyList<Forced> asked) => Networks(sizes, scalar: false, asked);

    public static Variant[] Networks(int[] sizes, bool scalar, IReadOnlyList<Forced> asked)
    {
        List<Variant> loaded = VariantSet.Load(sizes, asked, scalar);
        return [.. asked.Select(forced => loaded.Find(variant => variant.Stands.Contains(forced))
            ?? throw new InvalidOperationException($"{string.Join('-', sizes)} cannot be had as {forced}."))];
    }

    public static Action<int> Forward(Variant variant, int batch)
    {
        Batch<float> data = Data(variant, batch);
        INetwork<float> network = variant.Network;
        return calls =>
        {
            for (int i = 0; i < calls; i++)
            {
                network.Forward(data.Inputs, data.Outputs);
            }
        };
    }

    public static Action<int> Step(Variant variant, int batch)
    {
        Batch<float> data = Data(variant, batch);
        ITrainer<float> trainer = variant.Trainer;
        return calls =>
        {
            for (int i = 0; i < calls; i++)
            {
                trainer.Step(data.Inputs, data.Targets);
            }
        };
    }

    /// <summary>How much longer the second of two ways takes than the first: "64-32: × 1.20".</summary>
    public string Ratio(string shape, Action<int> first, Action<int> second)
    {
        double[] times = Nanoseconds(first, second);
        return $"{shape}: × {Format.Ratio(times[1] / times[0])}";
    }

    private static Batch<float> Data(Variant variant, int batch) =>
        new(batch, variant.Plan.Graph.Input.Shape.Count, variant.Plan.Graph.Output.Shape.Count, static value => (float)value);
}
