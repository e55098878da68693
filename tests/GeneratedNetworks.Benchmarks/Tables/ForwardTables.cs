using GeneratedNetworks.Benchmarks.Peers;

namespace GeneratedNetworks.Benchmarks.Tables;

/// <summary>Forward passes against ONNX Runtime.</summary>
internal sealed class ForwardTables : ITable
{
    public string Name => "forward";

    public void Run(TableContext context)
    {
        new PeerTable("Forward, batch 1", Work.Forward, 1, static network => network.Forward)
        {
            Peer = context.Onnx,
            Goals = Goals.Forward1,
            Others = [context.Naive, context.Fann, context.Torch],
        }.Run(context);
        new PeerTable("Forward, batch 64", Work.Forward, 64, static network => network.Forward)
        {
            Peer = context.Onnx,
            Goals = Goals.Forward64,
            Others = [context.Naive, context.Torch],
        }.Run(context);
    }
}
