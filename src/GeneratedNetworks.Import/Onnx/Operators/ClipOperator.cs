namespace GeneratedNetworks.Import.Onnx.Operators;

/// <summary>x clipped to an interval: ours are Relu, Relu6 and HardTanh; any other interval is one of them, shifted and scaled.</summary>
internal static class ClipOperator
{
    /// <summary>
    /// The largest bound that is shifted: the digits lost to a shift grow with it, and in single precision this is where 1e-5 is kept with room to
    /// spare.
    /// </summary>
    private const double LargestShift = 16;

    public static void Read(OnnxNode node, OnnxChain chain)
    {
        node.AllowAttributes("min", "max");
        (double low, double high) = Bounds(node);
        if (!(low < high))
            throw node.Error($"it clips to [{low}, {high}], which leaves no interval");
        foreach (double bound in new[] { low, high })
        {
            bool shifted = (low, high) is not ((0, 6) or (-1, 1)) && double.IsFinite(bound) && Math.Abs(bound) > LargestShift;
            if (shifted)
                throw node.Error($"it clips to [{low}, {high}]; bounds are supported up to ±{LargestShift}, since beyond that digits would be lost");
        }

        switch (low, high)
        {
            case (0, 6):
                chain.Activate(node, Activation.Relu6);
                break;
            case (-1, 1):
                chain.Activate(node, Activation.HardTanh);
                break;
            case (double.NegativeInfinity, double.PositiveInfinity):
                break;
            case (_, double.PositiveInfinity):
                Shifted(node, chain, Activation.Relu, 1, low);
                break;
            case (double.NegativeInfinity, _):
                Shifted(node, chain, Activation.Relu, -1, high);
                break;
            default:
                Shifted(node, chain, Activation.HardTanh, (high - low) / 2, (high + low) / 2);
                break;
        }
    }

    /// <summary>The interval; an end that is left out is infinite.</summary>
    public static (double Low, double High) Bounds(OnnxNode node) => (Bound(node, 1, "min", -1), Bound(node, 2, "max", 1));

    /// <summary>y = f((x − offset)/width)·width + offset.</summary>
    private static void Shifted(OnnxNode node, OnnxChain chain, Activation function, double width, double offset)
    {
        chain.Scale(node, 1 / width, -offset / width);
        chain.Activate(node, function);
        chain.Scale(node, width, offset);
    }

    /// <summary>An attribute up to opset 10, an input from 11 on; the largest float stands for no bound.</summary>
    private static double Bound(OnnxNode node, int input, string name, int sign)
    {
        double value = node.Float(name, node.Scalar(input, name, sign * double.PositiveInfinity));
        return Math.Abs(value) >= float.MaxValue && Math.Sign(value) == sign ? sign * double.PositiveInfinity : value;
    }
}
