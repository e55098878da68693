namespace GeneratedNetworks.Import.Onnx.Operators;

/// <summary>x·σ(alpha·x).</summary>
internal static class SwishOperator
{
    public static void Read(OnnxNode node, OnnxChain chain)
    {
        node.AllowAttributes("alpha");
        double alpha = node.Float("alpha", 1);
        if (alpha != 1)
            throw node.Error($"alpha is {alpha}; only 1 (Silu) is supported");
        chain.Activate(node, Activation.Silu);
    }
}
