using GeneratedNetworks.Benchmarks.Measurement;
using GeneratedNetworks.Benchmarks.Networks;
using GeneratedNetworks.Benchmarks.Output;

namespace GeneratedNetworks.Benchmarks.Tables;

/// <summary>The double-precision classes against the single-precision ones.</summary>
internal sealed class PrecisionTable : ITable
{
    public string Name => "double";

    public void Run(TableContext context)
    {
        ReportTable table = new("Double precision against single", ["network", "work", "single", "double", "rate", "goal", ""])
        {
            Note = "Nanoseconds per sample.",
        };
        foreach (NetworkCase network in NetworkCases.All)
        {
            if (network.DoubleForward is { } forward && network.DoubleSgd is { } sgd)
            {
                Add(context, table, network, "forward, batch 1", 1, network.Forward, forward);
                Add(context, table, network, "forward, batch 64", 64, network.Forward, forward);
                Add(context, table, network, "SGD step, batch 32", 32, network.Sgd, sgd);
            }
        }

        context.Report.Add(table);
    }

    private static void Add(
        TableContext context, ReportTable table, NetworkCase network, string work, int batch, LoopFactory single, LoopFactory twice)
    {
        double[] times = Race.Run(context.Rounds, [new LocalCandidate(single(batch)), new LocalCandidate(twice(batch))]);
        double rate = times[0] / times[1];
        table.Rows.Add(
        [
            network.Name, work, Format.Nanoseconds(times[0] / batch), Format.Nanoseconds(times[1] / batch),
            Format.Percent(rate), Format.Percent(Goals.DoubleOfSingle), table.Judge(rate, Goals.DoubleOfSingle),
        ]);
    }
}
