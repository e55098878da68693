using System;
using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Benchmarks.Measurement;
using GeneratedNetworks.Benchmarks.Networks;
using GeneratedNetworks.Benchmarks.Output;
using GeneratedNetworks.Benchmarks.Peers;

namespace GeneratedNetworks.Benchmarks.Tables;

/// <summary>One kind of work at one batch size over all shapes: ours against the peer that the goals name, others for information.</summary>
internal sealed class PeerTable(string title, Work work, int batch, Func<NetworkCase, LoopFactory> ours)
{
    /// <summary>The peer that counts.</summary>
    public required IPeer Peer { get; init; }

    /// <summary>Times faster than the peer that a shape must be; a shape without an entry is left out.</summary>
    public required IReadOnlyDictionary<string, double> Goals { get; init; }

    /// <summary>Peers without goals, left out of a quick run.</summary>
    public IReadOnlyList<IPeer> Others { get; init; } = [];

    public void Run(TableContext context)
    {
        IReadOnlyList<IPeer> others = context.Quick ? [] : Others;
        ReportTable table = new(title, ["network", "ours", Peer.Name, "× faster", "goal", "", .. others.Select(static peer => peer.Name)])
        {
            Note = "Nanoseconds per sample.",
        };
        foreach (NetworkCase network in NetworkCases.All)
        {
            if (Goals.TryGetValue(network.Name.Split(' ')[0], out double goal))
            {
                table.Rows.Add(Row(context, table, network, goal, others));
            }
        }

        context.Report.Add(table);
    }

    private string[] Row(TableContext context, ReportTable table, NetworkCase network, double goal, IReadOnlyList<IPeer> others)
    {
        IPeer[] peers = [Peer, .. others];
        List<ICandidate?> candidates = [new LocalCandidate(ours(network)(batch)), .. peers.Select(peer => peer.Create(network, work, batch))];
        double[] times = [.. Race.Run(context.Rounds, candidates).Select(time => time / batch)];
        double multiplyAdds = work == Work.Forward ? network.ForwardMultiplyAdds : network.StepMultiplyAdds;
        context.Chart.Add(title, "GeneratedNetworks", multiplyAdds, times[0]);
        for (int i = 0; i < peers.Length; i++)
        {
            context.Chart.Add(title, peers[i].Name, multiplyAdds, times[i + 1]);
        }

        double ratio = times[1] / times[0];
        return
        [
            network.Name,
            Format.Nanoseconds(times[0]),
            Format.Nanoseconds(times[1]),
            Format.Ratio(ratio),
            Format.Ratio(goal),
            table.Judge(ratio, goal),
            .. times.Skip(2).Select(Format.Nanoseconds),
        ];
    }
}
