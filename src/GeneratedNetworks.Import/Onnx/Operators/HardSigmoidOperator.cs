namespace GeneratedNetworks.Import.Onnx.Operators;

/// <summary>
/// clip(alpha·x + beta, 0, 1). Ours has 1/6 and 1/2; with z = 6·alpha·x + 6·beta − 3 any other is clip(z/6 + 1/2, 0, 1), and the line in front folds
/// away.
/// </summary>
internal static class HardSigmoidOperator
{
    public static void Read(OnnxNode node, OnnxChain chain)
    {
        node.AllowAttributes("alpha", "beta");
        double alpha = node.Float("alpha", 0.2f);
        double beta = node.Float("beta", 0.5f);
        if (!double.IsFinite(alpha) || !double.IsFinite(beta))
            throw node.Error($"alpha and beta are {alpha} and {beta}, and must be finite");
        if (alpha != 1f / 6 || beta != 0.5)
            chain.Scale(node, 6 * alpha, (6 * beta) - 3);
        chain.Activate(node, Activation.HardSigmoid);
    }
}
