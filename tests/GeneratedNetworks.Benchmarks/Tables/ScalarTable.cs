using GeneratedNetworks.Benchmarks.Measurement;
using GeneratedNetworks.Benchmarks.Networks;
using GeneratedNetworks.Benchmarks.Output;
using GeneratedNetworks.Benchmarks.Peers;

namespace GeneratedNetworks.Benchmarks.Tables;

/// <summary>The Scalar profile, as Unity and netstandard get it, against plain loops.</summary>
internal sealed class ScalarTable : ITable
{
    public string Name => "scalar";

    public void Run(TableContext context)
    {
        ReportTable table = new("Scalar profile against a naive loop, forward, batch 1", ["network", "Scalar", "naive C#", "× faster", "goal", ""])
        {
            Note = "Nanoseconds per sample. The goal is set for the last two networks.",
        };
        foreach (NetworkCase network in NetworkCases.All)
        {
            if (network.ScalarForward is { } forward)
            {
                double[] times = Race.Run(context.Rounds, [new LocalCandidate(forward(1)), context.Naive.Create(network, Work.Forward, 1)]);
                double ratio = times[1] / times[0];
                bool counts = network == NetworkCases.Narrow || network == NetworkCases.Wide;
                table.Rows.Add(
                [
                    network.Name, Format.Nanoseconds(times[0]), Format.Nanoseconds(times[1]), Format.Ratio(ratio),
                    counts ? Format.Ratio(Goals.ScalarOverNaive) : "", counts ? table.Judge(ratio, Goals.ScalarOverNaive) : "",
                ]);
            }
        }

        context.Report.Add(table);
    }
}
