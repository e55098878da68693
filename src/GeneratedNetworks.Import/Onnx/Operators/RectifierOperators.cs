namespace GeneratedNetworks.Import.Onnx.Operators;

/// <summary>Rectifiers with settings. Ours have those of the literature; others are refused, since no scaling turns one into the other.</summary>
internal static class RectifierOperators
{
    private const double SeluAlpha = 1.6732632423543772848;
    private const double SeluGamma = 1.0507009873554804934;

    public static void LeakyRelu(OnnxNode node, OnnxChain chain)
    {
        node.AllowAttributes("alpha");
        Leaky(node, chain, node.Float("alpha", 0.01f));
    }

    public static void PRelu(OnnxNode node, OnnxChain chain)
    {
        node.AllowAttributes();
        OnnxConstant slope = node.Constant(1, "the slope");
        double[] slopes = Broadcasting.Repeat(node, chain.Shape, slope, "the slope");
        if (slopes.AsSpan().ContainsAnyExcept(slopes[0]))
            chain.PRelu(node, OnnxNaming.Layer(node, slope, null), slopes);
        else
            Leaky(node, chain, slopes[0]);
    }

    public static void ThresholdedRelu(OnnxNode node, OnnxChain chain)
    {
        node.AllowAttributes("alpha");
        double alpha = node.Float("alpha", 1);
        if (alpha != 0)
            throw node.Error($"alpha is {alpha}; only 0, which is Relu, is supported");
        chain.Activate(node, Activation.Relu);
    }

    public static void Elu(OnnxNode node, OnnxChain chain)
    {
        node.AllowAttributes("alpha");
        double alpha = node.Float("alpha", 1);
        if (alpha != 1)
            throw node.Error($"alpha is {alpha}; only 1 is supported");
        chain.Activate(node, Activation.Elu);
    }

    /// <summary>max(0, x) + min(0, α·(exp(x/α) − 1)), which is α·Elu(x/α).</summary>
    public static void Celu(OnnxNode node, OnnxChain chain)
    {
        node.AllowAttributes("alpha");
        double alpha = node.Float("alpha", 1);
        if (!(alpha > 0 && double.IsFinite(alpha)))
            throw node.Error($"alpha is {alpha}, and must be finite and above 0");
        chain.Scale(node, 1 / alpha, 0);
        chain.Activate(node, Activation.Elu);
        chain.Scale(node, alpha, 0);
    }

    public static void Selu(OnnxNode node, OnnxChain chain)
    {
        node.AllowAttributes("alpha", "gamma");

        // The first version had these defaults with fewer digits.
        double alpha = node.Float("alpha", node.Opset < 6 ? 1.6732 : SeluAlpha);
        double gamma = node.Float("gamma", node.Opset < 6 ? 1.0507 : SeluGamma);
        if (!IsClose(alpha, SeluAlpha) || !IsClose(gamma, SeluGamma))
            throw node.Error($"alpha and gamma are {alpha} and {gamma}; only Selu's own, {SeluAlpha:F6} and {SeluGamma:F6}, are supported");
        chain.Activate(node, Activation.Selu);
    }

    private static void Leaky(OnnxNode node, OnnxChain chain, double slope)
    {
        if (slope is 0 or 1 || IsClose(slope, 0.01))
        {
            chain.Activate(node, slope switch { 0 => Activation.Relu, 1 => Activation.Identity, _ => Activation.LeakyRelu });
            return;
        }

        if (!double.IsFinite(slope))
            throw node.Error($"its slope is {slope}");
        chain.PRelu(node, OnnxNaming.Path(node), slope);
    }

    // Attributes are 32-bit numbers, and files write the constants with various numbers of digits.
    private static bool IsClose(double value, double expected) => Math.Abs(value - expected) <= 1e-6 * Math.Abs(expected);
}
