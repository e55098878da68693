namespace GeneratedNetworks.Import.Onnx.Operators;

/// <summary>Pools over windows, and over all positions.</summary>
internal static class PoolOperators
{
    public static void Max(OnnxNode node, OnnxChain chain)
    {
        node.AllowAttributes("auto_pad", "ceil_mode", "dilations", "kernel_shape", "pads", "storage_order", "strides");
        Slide(node, chain, isMax: true, countPadding: false);
    }

    public static void Average(OnnxNode node, OnnxChain chain)
    {
        node.AllowAttributes("auto_pad", "ceil_mode", "count_include_pad", "dilations", "kernel_shape", "pads", "strides");
        Slide(node, chain, isMax: false, countPadding: node.Int("count_include_pad", 0) != 0);
    }

    public static void GlobalMax(OnnxNode node, OnnxChain chain)
    {
        node.AllowAttributes();
        chain.GlobalPool(node, isMax: true, keepAxes: true);
    }

    public static void GlobalAverage(OnnxNode node, OnnxChain chain)
    {
        node.AllowAttributes();
        chain.GlobalPool(node, isMax: false, keepAxes: true);
    }

    public static void ReduceMax(OnnxNode node, OnnxChain chain) => Reduce(node, chain, isMax: true);

    public static void ReduceMean(OnnxNode node, OnnxChain chain) => Reduce(node, chain, isMax: false);

    private static void Slide(OnnxNode node, OnnxChain chain, bool isMax, bool countPadding)
    {
        chain.RequireChannelsLast(node, null);
        if (chain.Shape.Sample.Length is not (2 or 3))
            throw node.Error($"its input has the shape {chain.Shape.Text}; pools over one or two axes are supported");
        chain.Pool(node, isMax, WindowAttributes.Read(node, chain, null), node.Int("ceil_mode", 0) != 0, countPadding);
    }

    /// <summary>Over all axes but the channels, where it is a global pool.</summary>
    private static void Reduce(OnnxNode node, OnnxChain chain, bool isMax)
    {
        node.AllowAttributes("axes", "keepdims", "noop_with_empty_axes");
        int rank = chain.Shape.Rank;
        long[] axes = node.IntsOrInput("axes", 1) ?? [.. Enumerable.Range(0, rank).Select(axis => (long)axis)];
        int[] reduced = [.. axes.Select(axis => chain.Shape.Axis(node, axis)).Order()];
        bool isPositions = chain.Shape.Leading == 1 && rank > 2 && reduced.SequenceEqual(Enumerable.Range(2, rank - 2));
        if (!isPositions || !chain.TryChannelsLast(node))
        {
            throw node.Error(
                $"it reduces a value of shape {chain.Shape.Text} over the axes {string.Join(", ", reduced)}; all axes behind the channels, which is a global pool, are supported");
        }

        chain.GlobalPool(node, isMax, keepAxes: node.Int("keepdims", 1) != 0);
    }
}
