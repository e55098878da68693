using DataType = GeneratedNetworks.Import.Onnx.Schema.TensorProto.Types.DataType;

namespace GeneratedNetworks.Import.Onnx;

/// <summary>
/// Shape nodes, with which exporters of dynamic graphs write x.view(x.shape[0], -1): their result is known as soon as the value's shape is, but for
/// the batch.
/// </summary>
internal static class ShapeNodes
{
    public const string Operator = "Shape";

    public static void Fold(OnnxGraph graph, OnnxChain chain, string value)
    {
        foreach (OnnxNode node in graph.Consumers(value))
        {
            if (node.Operator != Operator || graph.TryConstant(node.Output) is not null)
                continue;
            node.AllowAttributes("start", "end");
            chain.RequireOneBatchAxis(node);
            if (node.Int("start", 0) != 0 || node.Int("end", chain.Rank) != chain.Rank)
                throw node.Error("a part of the shape (attributes start and end) is not supported");
            double[] extents = [.. chain.Sample.Select(extent => (double)extent)];
            if (chain.HasBatch)
                extents = [double.NaN, .. extents];
            graph.SetConstant(node.Output, new OnnxConstant("", DataType.Int64, [extents.Length], extents));
        }
    }
}
