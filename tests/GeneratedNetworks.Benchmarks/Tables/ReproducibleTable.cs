using System.Runtime.Intrinsics;
using GeneratedNetworks.Benchmarks.Measurement;
using GeneratedNetworks.Benchmarks.Networks;
using GeneratedNetworks.Benchmarks.Output;

namespace GeneratedNetworks.Benchmarks.Tables;

/// <summary>What the same bits on every machine cost: classes of Numerics.Reproducible against those of Numerics.Fast.</summary>
internal sealed class ReproducibleTable : ITable
{
    public string Name => "reproducible";

    public void Run(TableContext context)
    {
        ReportTable table = new("Reproducible against Fast", ["network", "work", "Fast", "Reproducible", "× the time", "goal", ""])
        {
            Note = "Nanoseconds per sample. Goals are set for vectors of 256 bits (DOTNET_EnableAVX512=0).",
        };
        foreach (NetworkCase network in NetworkCases.All)
        {
            if (network is { ReproducibleForward: { } forward, ReproducibleSgd: { } sgd, ReproducibleAdam: { } adam })
            {
                Add(context, table, network, "forward, batch 1", 1, network.Forward, forward);
                Add(context, table, network, "forward, batch 64", 64, network.Forward, forward);
                Add(context, table, network, "SGD step, batch 1", 1, network.Sgd, sgd);
                Add(context, table, network, "SGD step, batch 32", 32, network.Sgd, sgd);
                Add(context, table, network, "Adam step, batch 32", 32, network.Adam, adam);
            }
        }

        context.Report.Add(table);
    }

    private static void Add(
        TableContext context, ReportTable table, NetworkCase network, string work, int batch, LoopFactory fast, LoopFactory reproducible)
    {
        double[] times = Race.Run(context.Rounds, [new LocalCandidate(fast(batch)), new LocalCandidate(reproducible(batch))]);
        double ratio = times[1] / times[0];
        double goal = network == NetworkCases.Narrow || network == NetworkCases.Wide ? Goals.ReproducibleOfFast : Goals.TinyReproducibleOfFast;
        bool counts = !Vector512.IsHardwareAccelerated && Vector256.IsHardwareAccelerated;
        table.Rows.Add(
        [
            network.Name, work, Format.Nanoseconds(times[0] / batch), Format.Nanoseconds(times[1] / batch), Format.Ratio(ratio),
            counts ? Format.Ratio(goal) : "", counts ? table.Judge(1 / ratio, 1 / goal) : "",
        ]);
    }
}
