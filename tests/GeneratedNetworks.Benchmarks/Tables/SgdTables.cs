using GeneratedNetworks.Benchmarks.Peers;

namespace GeneratedNetworks.Benchmarks.Tables;

/// <summary>Steps of gradient descent against FANN (one sample) and libtorch (batches).</summary>
internal sealed class SgdTables : ITable
{
    public string Name => "sgd";

    public void Run(TableContext context)
    {
        new PeerTable("SGD step, batch 1", Work.Sgd, 1, static network => network.Sgd)
        {
            Peer = context.Fann,
            Goals = Goals.Sgd1,
            Others = [context.Torch],
        }.Run(context);
        new PeerTable("SGD step, batch 32", Work.Sgd, 32, static network => network.Sgd)
        {
            Peer = context.Torch,
            Goals = Goals.Sgd32,
        }.Run(context);
        new PeerTable("SGD step, batch 128", Work.Sgd, 128, static network => network.Sgd)
        {
            Peer = context.Torch,
            Goals = Goals.Sgd128,
        }.Run(context);
    }
}
