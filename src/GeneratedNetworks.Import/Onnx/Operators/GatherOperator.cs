namespace GeneratedNetworks.Import.Onnx.Operators;

/// <summary>Gather: rows of a constant table, or one element along an axis of the value.</summary>
internal static class GatherOperator
{
    public static void Read(OnnxNode node, OnnxChain chain)
    {
        node.AllowAttributes("axis");
        if (node.TryConstant(0) is { } table)
        {
            Embed(node, chain, table);
            return;
        }

        if (chain.IsInteger)
            throw node.Error("it takes elements out of an input of whole numbers, which no layer does");
        OnnxConstant index = node.Constant(1, "the indices");
        long[] places = index.Integers(node, "the indices");
        if (places.Length != 1 || index.Shape.Length > 1)
            throw node.Error($"it takes {places.Length} elements out of a value of shape {chain.Shape.Text}, and one is supported: the last step of a sequence");
        int axis = chain.Shape.Axis(node, node.Int("axis", 0));
        chain.Pick(node, axis, places[0], keepsAxis: index.Shape.Length == 1);
    }

    private static void Embed(OnnxNode node, OnnxChain chain, OnnxConstant table)
    {
        if (node.Int("axis", 0) is not 0 and not -2 || table.Shape.Length != 2 || table.Shape[0] < 1 || table.Shape[1] < 1)
            throw node.Error($"it takes elements of a constant of shape {table.ShapeText} along axis {node.Int("axis", 0)}; rows of a table are supported");
        if (chain.Shape.Sample.Length != 1)
            throw node.Error($"it takes rows of a table by numbers of shape {chain.Shape.Text}; [batch, time] is supported");
        chain.Embed(node, OnnxNaming.Layer(node, table, null), table.Floats(node, "the table"), table.Shape[1], table.Name);
    }
}
