namespace GeneratedNetworks.Import.Onnx.Operators;

/// <summary>LayerNormalization over the axes from one on.</summary>
internal static class LayerNormalizationOperator
{
    public static void Read(OnnxNode node, OnnxChain chain)
    {
        node.AllowAttributes("axis", "epsilon", "stash_type");
        int first = chain.Shape.Axis(node, node.Int("axis", -1));
        int axis = chain.Shape.OfSample(first);
        if (axis < 0 || first < chain.Shape.BatchAxis)
            throw node.Error("it runs over the batch axis, so that samples would influence each other");
        int[] extents = chain.Shape.Sample[axis..];
        OnnxConstant scale = node.Constant(1, "the scale");
        chain.LayerNorm(node, OnnxNaming.Layer(node, scale, null), Numbers(node, chain, scale, "the scale", extents), node.Has(2) ? Numbers(node, chain, node.Constant(2, "the offset"), "the offset", extents) : null,
            node.Float("epsilon", 1e-5f), extents.Length);
    }

    private static double[] Numbers(OnnxNode node, OnnxChain chain, OnnxConstant constant, string role, int[] extents) =>
        Broadcasting.Repeat(node, (chain.Shape with { Sample = extents }).WithBatchAt(0), constant, role);
}
