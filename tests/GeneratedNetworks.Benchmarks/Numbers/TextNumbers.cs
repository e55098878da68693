using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.Intrinsics;
using GeneratedNetworks.Benchmarks.Output;
using GeneratedNetworks.Benchmarks.Sweep;
using GeneratedNetworks.Generator.Planning;
using Planned = GeneratedNetworks.Generator.Planning.Machine;

namespace GeneratedNetworks.Benchmarks.Numbers;

/// <summary>How much is written out: what the other form costs on either side of each threshold.</summary>
internal static class TextNumbers
{
    private const string Order = "part of the order of sums that reproducible results depend on: another number is other results";

    private const string JustInTime = "the just-in-time compiler stops optimising methods of 60,000 bytes of IL, 2,000 basic blocks or 1,024 locals";

    public static IReadOnlyList<MachineNumber> All =>
    [
        MachineNumber.Fixed(nameof(Planned.SplitInputs), Order),
        MachineNumber.Fixed(nameof(Planned.SplitOutputs), Order),
        MachineNumber.Fixed(nameof(Planned.OrderedRows), Order),
        MachineNumber.Fixed(nameof(Planned.LeastOrderedRows), Order),
        MachineNumber.Fixed(nameof(Planned.RowSums), Order),
        MachineNumber.Fixed(nameof(Planned.TileSums), "beside two vectors, an element and a product they fill 16 registers"),
        MachineNumber.Fixed(nameof(Planned.ScalarTileRows), "two rows of four sums are the eight that hide the latency of an addition; no switch has others"),
        MachineNumber.Fixed(nameof(Planned.ScalarTileSums), "the same"),
        MachineNumber.Fixed(nameof(Planned.FewElements), "a loop over so few elements is as long as they are"),
        MachineNumber.Fixed(nameof(Planned.LossVectors), "a row that fits the registers beside what the loss needs; no switch has others"),
        new(nameof(Planned.UnrolledInputs), static bench => LoopOverWritten(bench, false, [32, 16], [48, 16]), "one sample, a loop over the same written out, up to the number and beyond"),
        new(nameof(Planned.UnrolledMultiplyAdds), static bench => LoopOverWritten(bench, false, [32, 64], [32, 128]), "one sample, a loop over the same written out, up to the number and beyond"),
        MachineNumber.Fixed(nameof(Planned.MethodMultiplyAdds), JustInTime),
        new(nameof(Planned.UnrolledScalars), static bench => LoopOverWritten(bench, true, [8, 8], [8, 16]), "profile Scalar, one sample, a loop over the same written out, at half the number and at it; beyond it nothing is written out"),
        MachineNumber.Fixed(nameof(Planned.MethodScalars), JustInTime),
        MachineNumber.Fixed(nameof(Planned.MethodVectors), JustInTime),
        new(nameof(Planned.ByOutputs), ByOutputs, "panels over dot products, one sample and batches of 32; beyond 12 outputs the sums no longer fit 16 registers"),
        new(nameof(Planned.StepLayers), static bench => ChunkOverMethod(bench, [8, 8, 8, 8, 8, 8, 8], [8, 8, 8, 8, 8, 8, 8, 8, 8, 8]), "a step of one sample, as a batch of one over one method, up to the number and beyond"),
        new(nameof(Planned.StepMultiplyAdds), static bench => ChunkOverMethod(bench, [64, 128, 64], [96, 192, 64]), "a step of one sample, as a batch of one over one method, up to the number and beyond"),
        new(nameof(Planned.StepBits), static bench => Widest(bench, [2, 16, 16, 2]), "a step of one sample written out for 512 bits over the same for 256"),
        new(nameof(Planned.WideStepMultiplyAdds), static bench => Widest(bench, [8, 24, 24, 4], [8, 32, 32, 4], [64, 32, 10]), "the same, up to the number and beyond"),
    ];

    private static string LoopOverWritten(Bench bench, bool scalar, params int[][] shapes) => string.Join(", ", shapes.Select(sizes =>
    {
        Variant[] forms = Bench.Networks(sizes, scalar, [new Forced { Sample = SampleForm.WrittenOut, SampleText = true }, new Forced { Sample = SampleForm.Loop, SampleText = true }]);
        return bench.Ratio(string.Join('-', sizes), Bench.Forward(forms[0], 1), Bench.Forward(forms[1], 1));
    }));

    private static string Widest(Bench bench, params int[][] shapes) => !Vector512.IsHardwareAccelerated ? Format.Missing : string.Join(", ", shapes.Select(sizes =>
    {
        Variant[] widths = Bench.Networks(sizes, new Forced { StepBits = 256 }, new Forced { StepBits = 512 });
        return bench.Ratio(string.Join('-', sizes), Bench.Step(widths[0], 1), Bench.Step(widths[1], 1));
    }));

    private static string ByOutputs(Bench bench) => string.Join(", ", new[] { 4, 8, Planned.ByOutputs }.SelectMany(outputs =>
    {
        Variant[] orders = Bench.Networks([64, outputs], new Forced { Order = Generator.Planning.WeightOrder.ByOutput }, new Forced { Order = Generator.Planning.WeightOrder.Panels });
        return new[] { 1, 32 }.Select(batch =>
            bench.Ratio(FormattableString.Invariant($"64-{outputs}, {batch}"), Bench.Forward(orders[0], batch), Bench.Forward(orders[1], batch)));
    }));

    private static string ChunkOverMethod(Bench bench, params int[][] shapes) => string.Join(", ", shapes.Select(sizes =>
    {
        Variant[] forms = Bench.Networks(
            sizes,
            new Forced { Sample = SampleForm.Loop, SampleText = true, Step = StepForm.OneMethod },
            new Forced { Sample = SampleForm.Chunk, Step = StepForm.Chunk });
        return bench.Ratio(string.Join('-', sizes), Bench.Step(forms[0], 1), Bench.Step(forms[1], 1));
    }));
}
