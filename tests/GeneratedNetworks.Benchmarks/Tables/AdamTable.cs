using GeneratedNetworks.Benchmarks.Peers;

namespace GeneratedNetworks.Benchmarks.Tables;

/// <summary>Adam steps against libtorch.</summary>
internal sealed class AdamTable : ITable
{
    public string Name => "adam";

    public void Run(TableContext context) =>
        new PeerTable("Adam step, batch 32", Work.Adam, 32, static network => network.Adam)
        {
            Peer = context.Torch,
            Goals = Goals.Adam32,
        }.Run(context);
}
