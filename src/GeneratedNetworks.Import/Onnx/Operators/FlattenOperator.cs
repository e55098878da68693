namespace GeneratedNetworks.Import.Onnx.Operators;

internal static class FlattenOperator
{
    public static void Read(OnnxNode node, OnnxChain chain)
    {
        node.AllowAttributes("axis");
        long axis = node.Int("axis", 1);
        int rank = chain.Shape.Rank;
        if (axis < -rank || axis > rank)
            throw node.Error($"axis {axis} does not exist in a value of shape {chain.Shape.Text}");
        int at = (int)(axis < 0 ? axis + rank : axis);
        chain.ReshapeAxes(node, shape => [Product(shape[..at]), Product(shape[at..])]);
    }

    /// <summary>A free batch times extents of 1 stays a free batch; times anything else it is refused by its sign.</summary>
    private static int Product(int[] extents) => Axes.Count(extents);
}
