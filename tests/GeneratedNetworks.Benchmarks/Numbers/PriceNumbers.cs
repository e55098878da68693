using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Benchmarks.Measurement;
using GeneratedNetworks.Benchmarks.Output;
using GeneratedNetworks.Benchmarks.Sweep;
using GeneratedNetworks.Generator.Planning;
using Planned = GeneratedNetworks.Generator.Planning.Machine;

namespace GeneratedNetworks.Benchmarks.Numbers;

/// <summary>Prices, in cycles: instructions by themselves, and what is left of a layer's time when these are taken away.</summary>
internal static class PriceNumbers
{
    public static IReadOnlyList<MachineNumber> All =>
    [
        new(nameof(Planned.MultiplyAddsPerCycle), static bench => Format.Ratio(MultiplyAdds(bench)), "12 independent sums of 256 bits"),
        new(nameof(Planned.LoadsPerCycle), static bench => Format.Ratio(Chains.Instructions / bench.Cycles(Chains.Load())[0]), "loads of 256 bits from 2 KB"),
        new(nameof(Planned.Latency), static bench => Format.Ratio(Latency(bench)), "sums of 256 bits, each of the one before"),
        new(nameof(Planned.Accumulators), static bench => Format.Ratio(Latency(bench) * MultiplyAdds(bench)), "the latency of a sum times how many begin in a cycle"),
        MachineNumber.Fixed(nameof(Planned.HeldVectors), "half of the 16 registers that AVX2 has; sums and weights need the others"),
        new(nameof(Planned.LaneSums), LaneSums, "dot products of 32 to 128 inputs, one sample, extrapolated to none: 8 outputs less 4"),
        new(nameof(Planned.Turn), Turn, "24-64, one sample: a loop, less the same written out, for each turn"),
        new(nameof(Planned.Call), static bench => Format.Ratio(Columns(bench, 8).Call), "8-32 and 8-64 in batches of 4 to 16, tiles of 4 rows: what more columns cost, extrapolated to no tiles"),
        new(nameof(Planned.Tile), Tile, "tiles of 8, 16, 24 and 32 inputs, extrapolated to none, less 8 sums that are stored"),
        new(nameof(Planned.DivideBySix), Division, "16-32 in batches of 12 to 36, extrapolated to none: tiles of 6 rows less tiles of 4. Both numbers together"),
        new(nameof(Planned.DivideByPowerOfTwo), static _ => "see " + nameof(Planned.DivideBySix) + " in the line above", "only the difference shows from outside"),
        new(nameof(Planned.Sample), OneSample, "4 to 32 inputs, 8 outputs, one sample written out, extrapolated to no inputs. The call through the interface is in it"),
        new(nameof(Planned.Chunk), Chunk, "8-8, a batch of one less a loop, less Call and Tile as they stand here"),
        new(nameof(Planned.Line), static bench => Format.Ratio(OfLines(bench).Many), "64-256, 64 KB of weights, one sample, many panels side by side"),
        new(nameof(Planned.LineOfTwo), static bench => Format.Ratio(OfLines(bench).Two), "the same, two panels at a time"),
        new(nameof(Planned.PanelStart), PanelStart, "17-1024, one sample, what Line as measured does not explain, for each panel"),
        MachineNumber.Fixed(nameof(Planned.FewRows), "one batch that stands for small ones"),
        MachineNumber.Fixed(nameof(Planned.ManyRows), "one batch that stands for large ones"),
    ];

    private static double MultiplyAdds(Bench bench) =>
        FmaPeak.MultiplyAdds(1) / (Race.Run(201, [FmaPeak.Width256()])[0] * bench.Gigahertz);

    private static double Latency(Bench bench) => bench.Cycles(Chains.Add())[0] / Chains.Instructions;

    private static Forced OneSampleAs(SampleForm form) => new() { Order = Generator.Planning.WeightOrder.Panels, Sample = form, SampleText = true };

    private static string Turn(Bench bench)
    {
        const int Inputs = 24, Outputs = 64;
        Variant[] forms = Bench.Networks([Inputs, Outputs], OneSampleAs(SampleForm.WrittenOut), OneSampleAs(SampleForm.Loop));
        double[] cycles = bench.Cycles(forms.Select(static form => Bench.Forward(form, 1)));
        int sums = System.Math.Max(1, Planned.Accumulators / (Outputs / Bench.Lanes));
        return Format.Ratio((cycles[1] - cycles[0]) / Inputs * sums);
    }

    private static string LaneSums(Bench bench)
    {
        int[] inputs = [32, 64, 96, 128];
        double[] start = [.. new[] { 4, 8 }.Select(outputs => Fit(inputs, bench.Cycles(inputs.Select(count => Bench.Forward(
            Bench.Networks([count, outputs], new Forced { Order = Generator.Planning.WeightOrder.ByOutput, SampleText = true })[0], 1)))).Start)];
        return Format.Ratio(start[1] - start[0]);
    }

    /// <summary>What a call for a column of tiles costs, and what each tile in it does.</summary>
    private static (double Call, double Tile) Columns(Bench bench, int inputs)
    {
        // Little enough for half of a first-level cache: another program may have the other half.
        const int Outputs = 32;
        int[] tiles = [1, 2, 3, 4];
        Forced low = new() { Order = Generator.Planning.WeightOrder.Panels, ForwardTile = CostModel.LowTile, InferenceRows = 4 * tiles[^1] };
        Variant narrow = Bench.Networks([inputs, Outputs], low)[0], wide = Bench.Networks([inputs, 2 * Outputs], low)[0];
        double[] cycles = bench.Cycles(tiles.SelectMany(count => new[] { Bench.Forward(narrow, 4 * count), Bench.Forward(wide, 4 * count) }));
        double columns = Outputs / (2.0 * Bench.Lanes);
        (double start, double slope) = Fit(tiles, [.. tiles.Select((_, i) => (cycles[(2 * i) + 1] - cycles[2 * i]) / columns)]);
        return (start, slope);
    }

    private static string Tile(Bench bench)
    {
        int[] inputs = [8, 16, 24, 32];
        return Format.Ratio(Fit(inputs, [.. inputs.Select(count => Columns(bench, count).Tile)]).Start - 8);
    }

    private static string Division(Bench bench)
    {
        int[] batches = [12, 24, 36];
        Variant[] tiles = Bench.Networks([16, 32], new[] { CostModel.WideTile, CostModel.LowTile }
            .Select(static tile => new Forced { Order = Generator.Planning.WeightOrder.Panels, ForwardTile = tile, InferenceRows = 36 }).ToArray());
        double[] cycles = bench.Cycles(tiles.SelectMany(tile => batches.Select(batch => Bench.Forward(tile, batch))));
        double difference = Fit(batches, cycles[..batches.Length]).Start - Fit(batches, cycles[batches.Length..]).Start;
        return $"{Format.Ratio(difference)} more than by shifts; here {Format.Ratio(Planned.DivideBySix - Planned.DivideByPowerOfTwo)}";
    }

    private static string OneSample(Bench bench)
    {
        int[] inputs = [4, 8, 12, 16, 24, 32];
        return Format.Ratio(Fit(inputs, bench.Cycles(inputs.Select(count => Bench.Forward(Bench.Networks([count, 8], OneSampleAs(SampleForm.WrittenOut))[0], 1)))).Start);
    }

    /// <summary>The straight line through points, by least squares.</summary>
    private static (double Start, double Slope) Fit(int[] x, double[] y)
    {
        double meanX = x.Average(), meanY = y.Average();
        double slope = x.Zip(y, (at, value) => (at - meanX) * (value - meanY)).Sum() / x.Sum(at => (at - meanX) * (at - meanX));
        return (meanY - (slope * meanX), slope);
    }

    private static string Chunk(Bench bench)
    {
        Variant[] forms = Bench.Networks([8, 8], OneSampleAs(SampleForm.Loop), OneSampleAs(SampleForm.Chunk));
        double[] cycles = bench.Cycles(forms.Select(static form => Bench.Forward(form, 1)));
        return Format.Ratio(cycles[1] - cycles[0] - Planned.Call - Planned.Tile);
    }

    /// <summary>Cycles for each line of weights that a sample reads.</summary>
    private static (double Many, double Two) OfLines(Bench bench)
    {
        const double Lines = 64 * 256 * sizeof(float) / 64.0;
        Variant[] forms = Bench.Networks([64, 256], OneSampleAs(SampleForm.Loop), OneSampleAs(SampleForm.PairLoop));
        double[] cycles = bench.Cycles(forms.Select(static form => Bench.Forward(form, 1)));
        return (cycles[0] / Lines, cycles[1] / Lines);
    }

    private static string PanelStart(Bench bench)
    {
        const int Inputs = 17, Panels = 1024 / 16;
        Variant wide = Bench.Networks([Inputs, 1024], OneSampleAs(SampleForm.Loop))[0];
        double cycles = bench.Cycles(Bench.Forward(wide, 1))[0];
        return Format.Ratio((cycles - (OfLines(bench).Many * Inputs * Panels)) / Panels);
    }
}
