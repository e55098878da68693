namespace GeneratedNetworks.Import.Onnx.Operators;

/// <summary>x limited to an interval.</summary>
internal static class ClipOperator
{
    public static void Read(OnnxNode node, OnnxChain chain)
    {
        node.AllowAttributes("min", "max");
        (double low, double high) = Bounds(node);
        chain.Clip(node, low, high);
    }

    /// <summary>The interval; an end that is left out is infinite.</summary>
    public static (double Low, double High) Bounds(OnnxNode node) => (Bound(node, 1, "min", -1), Bound(node, 2, "max", 1));

    /// <summary>An attribute up to opset 10, an input from 11 on; the largest float stands for no bound.</summary>
    private static double Bound(OnnxNode node, int input, string name, int sign)
    {
        double value = node.Float(name, node.Scalar(input, name, sign * double.PositiveInfinity));
        return Math.Abs(value) >= float.MaxValue && Math.Sign(value) == sign ? sign * double.PositiveInfinity : value;
    }
}
