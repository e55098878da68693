using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using GeneratedNetworks.Benchmarks.Output;
using GeneratedNetworks.Benchmarks.Sweep;
using GeneratedNetworks.Generator.Planning;
using Planned = GeneratedNetworks.Generator.Planning.Machine;

namespace GeneratedNetworks.Benchmarks.Numbers;

/// <summary>How many samples go through the layers together: batches of 256 in chunks of several sizes, the plan's own among them.</summary>
internal static class MemoryNumbers
{
    private const int BatchSize = 256;

    /// <summary>Bytes at the same distance count as one level while they come at this share of the highest rate.</summary>
    private const double SameLevel = 0.75;

    public static IReadOnlyList<MachineNumber> All =>
    [
        new(nameof(Planned.FirstLevelBytes), FirstLevel, "reading 8 to 128 KB again and again: the most that comes at three quarters of the highest rate or more"),
        MachineNumber.Fixed(nameof(Planned.StackBytes), "a sixteenth of the least default stack of a thread"),
        MachineNumber.Fixed(nameof(Planned.SampleScratch), "a quarter of that, in single precision"),
        new(nameof(Planned.TrainingBytes), static bench => Training(bench, [784, 128, 10], 16, 32, 64, 128, 256), "784-128-10, steps of 256"),
        new(
            nameof(Planned.FarWeightBytes),
            static bench => $"{Inference(bench, [1024, 1024, 10], 6, 12, 24, 48)}; {Inference(bench, [2048, 2048, 10], 6, 12, 24, 48)}",
            "forward, 256 samples: 4 MB of weights, and 16 MB"),
        new(
            nameof(Planned.ThinInputs),
            static bench => $"{Inference(bench, [32, 32, 4], 12, 24, 48, 64)}; {Inference(bench, [64, 64, 4], 12, 24, 48, 64)}",
            "forward, 256 samples: layers of so many inputs, and of twice as many"),
        new(
            nameof(Planned.VeryThinInputs),
            static bench => $"{Inference(bench, [4, 4, 4], 12, 24, 48, 64)}; {Inference(bench, [8, 8, 8], 12, 24, 48, 64)}",
            "forward, 256 samples: layers of so many inputs, and of twice as many"),
        new(nameof(Planned.ThinTrainingBytes), static bench => Training(bench, [8, 32, 32, 4], 16, 32, 64, 128, 256), "8-32-32-4, steps of 256"),
        new(nameof(Planned.ThinRows), static bench => Inference(bench, [8, 1024], 4, 6, 12, 24), "8-1024, forward, 256 samples: rows too long for the first-level cache"),
        new(
            nameof(Planned.ScalarRows),
            static bench => $"{Inference(bench, [8, 32, 32, 4], true, 4, 8, 16, 32)}; {Inference(bench, [784, 128, 10], true, 4, 8, 16, 32)}",
            "profile Scalar, forward, 256 samples: held down by SmallScratchBytes, and not"),
        new(
            nameof(Planned.ScalarTrainingRows),
            static bench => $"{Training(bench, [8, 32, 32, 4], true, 4, 8, 16, 32, 64)}; {Training(bench, [784, 128, 10], true, 4, 8, 16, 32, 64)}",
            "profile Scalar, steps of 256: held down by SmallTrainingBytes, and not"),
        MachineNumber.Fixed(nameof(Planned.RowScratchBytes), "half a page: with more scratch, a method's frame is tested page by page at every call"),
        MachineNumber.Fixed(nameof(Planned.RowFeatures), "few, as signals have; of more, all steps at once share the loads of weights. Measured with one feature only, by table --only sequences"),
        MachineNumber.Fixed(nameof(Planned.InlinedKernels), "half of what was inlined without a call left: StepListingTests"),
        MachineNumber.Fixed(nameof(Planned.InlinedCell), "the same"),
        MachineNumber.Fixed(nameof(Planned.SquareRows), "so few that their values stay in the first-level cache, and so many that loading nine weights for them counts little"),
        MachineNumber.Fixed(nameof(Planned.SmallScratchBytes), "memory of a small device; what it costs Scalar is at ScalarRows"),
        MachineNumber.Fixed(nameof(Planned.ParametersPerScratch), "the same"),
        MachineNumber.Fixed(nameof(Planned.SmallTrainingBytes), "memory of a small device; what it costs Scalar is at ScalarTrainingRows"),
        new(nameof(Planned.LeastTrainingRows), static bench => Training(bench, [4, 512, 4], 4, 8, 16, 32), "4-512-4, steps of 256: rows too long for the first-level cache"),
    ];

    private static string FirstLevel(Bench bench)
    {
        int[] sizes = [8, 16, 24, 32, 40, 48, 64, 96, 128];
        double[] rates = [.. bench.Cycles(sizes.Select(static size => Chains.Read(size * 1024))).Zip(sizes, static (cycles, size) => size * 1024 / cycles)];
        int last = Enumerable.Range(0, sizes.Length).TakeWhile(i => rates[i] >= SameLevel * rates.Max()).Last();
        return FormattableString.Invariant($"{sizes[last]} KB at {rates[last]:0} bytes a cycle, then {rates[Math.Min(last + 1, sizes.Length - 1)]:0}");
    }

    private static string Inference(Bench bench, int[] sizes, params int[] rows) => Inference(bench, sizes, false, rows);

    private static string Inference(Bench bench, int[] sizes, bool scalar, params int[] rows)
    {
        Variant[] variants = Bench.Networks(sizes, scalar, [new Forced(), .. rows.Select(static count => new Forced { InferenceRows = count })]);
        return Chunks(bench, sizes, variants, static variant => variant.Plan.Inference.ChunkRows, Touched, Bench.Forward);

        static int Touched(Variant variant) => variant.Plan.Inference.Memory.RowSize + variant.Plan.Graph.Input.Shape.Count + variant.Plan.Graph.Output.Shape.Count;
    }

    private static string Training(Bench bench, int[] sizes, params int[] rows) => Training(bench, sizes, false, rows);

    private static string Training(Bench bench, int[] sizes, bool scalar, params int[] rows)
    {
        Variant[] variants = Bench.Networks(sizes, scalar, [new Forced(), .. rows.Select(static count => new Forced { TrainingRows = count })]);
        return Chunks(
            bench,
            sizes,
            variants,
            static variant => variant.Plan.Training!.ChunkRows,
            static variant => variant.Plan.Training!.Memory.RowSize + variant.Plan.Graph.Input.Shape.Count,
            Bench.Step);
    }

    /// <summary>"64-32: 48 rows (12 KB), × 1.02 of the best, 64 rows".</summary>
    private static string Chunks(
        Bench bench, int[] sizes, Variant[] variants, Func<Variant, int> rows, Func<Variant, int> elements, Func<Variant, int, Action<int>> loop)
    {
        // What comes out as the plan's own choice is timed once.
        variants = [.. variants.Distinct()];
        double[] times = bench.Nanoseconds(variants.Select(variant => loop(variant, BatchSize)));
        int best = Array.IndexOf(times, times.Min());
        string bytes = (rows(variants[0]) * (long)elements(variants[0]) * sizeof(float) / 1024.0).ToString("#,0", CultureInfo.InvariantCulture);
        return FormattableString.Invariant($"{string.Join('-', sizes)}: {rows(variants[0])} rows ({bytes} KB), ")
            + (best == 0 ? "none better" : FormattableString.Invariant($"× {Format.Ratio(times[0] / times[best])} of the best, {rows(variants[best])} rows"));
    }
}
