using System;
using System.Linq;
using GeneratedNetworks.Benchmarks.Measurement;
using GeneratedNetworks.Benchmarks.Networks;
using GeneratedNetworks.Benchmarks.Output;

namespace GeneratedNetworks.Benchmarks.Tables;

/// <summary>Ours against what the processor can do at all, measured in turns with it.</summary>
internal sealed class LimitsTable : ITable
{
    private const int StepBatch = 128;

    public string Name => "limits";

    public void Run(TableContext context)
    {
        NetworkCase narrow = NetworkCases.Narrow, wide = NetworkCases.Wide;
        double[] times = Race.Run(Method.LimitRounds,
        [
            FmaPeak.Width256(), FmaPeak.Width512(), L2Bandwidth.Width256(), L2Bandwidth.Width512(),
            Short(narrow.Forward(1)), Short(wide.Forward(1)), Short(wide.Sgd(StepBatch)),
        ]);
        double peak256 = FmaPeak.MultiplyAdds(8) / times[0], peak512 = FmaPeak.MultiplyAdds(16) / times[1];
        double read256 = L2Bandwidth.Bytes / times[2], read512 = L2Bandwidth.Bytes / times[3];
        double weightBytes = wide.ForwardMultiplyAdds * sizeof(float);

        ReportTable table = new("Of the machine's measured limits", ["", "reached", "limit (Vector256)", "limit (Vector512)", "share", "goal", ""])
        {
            Note = "Shares are of the higher limit. A multiply-add is one fused multiply and add of floats; a training step counts " +
                $"forward, weight gradients, and input gradients above the first layer. Samples of 20 µs, minimum of {Method.LimitRounds}.",
        };
        table.Rows.Add(Row(table, $"{narrow.Name} forward, batch 1, multiply-adds/ns",
            narrow.ForwardMultiplyAdds / times[4], peak256, peak512, Goals.NarrowForwardOfPeak));
        table.Rows.Add(Row(table, $"{wide.Name} forward, batch 1, GB/s of {weightBytes / 1000:0} KB weights",
            weightBytes / times[5], read256, read512, Goals.WideForwardOfBandwidth));
        table.Rows.Add(Row(table, $"{wide.Name} SGD step, batch {StepBatch}, multiply-adds/ns",
            wide.StepMultiplyAdds * StepBatch / times[6], peak256, peak512, Goals.WideStepOfPeak));
        context.Report.Add(table);
    }

    private static LocalCandidate Short(Action<int> loop) => new(loop, Method.LimitSampleNanoseconds);

    private static string[] Row(ReportTable table, string name, double reached, double limit256, double limit512, double goal)
    {
        double share = reached / new[] { limit256, limit512 }.Where(static limit => !double.IsNaN(limit)).Max();
        return
        [
            name, Format.Ratio(reached), Format.Ratio(limit256), Format.Ratio(limit512),
            Format.Percent(share), Format.Percent(goal), table.Judge(share, goal),
        ];
    }
}
