namespace GeneratedNetworks.Import.Onnx.Operators;

/// <summary>Elementwise arithmetic with a constant: the bias of the MatMul before it, or a normalization.</summary>
internal static class ArithmeticOperators
{
    public static void Add(OnnxNode node, OnnxChain chain) => Read(node, chain, (constant, _) => (1, constant, 1));

    public static void Sub(OnnxNode node, OnnxChain chain) => Read(node, chain, (constant, first) => first ? (-1, constant, 1) : (1, -constant, 1));

    public static void Mul(OnnxNode node, OnnxChain chain) => Read(node, chain, (constant, _) => (constant, 0, 1));

    public static void Div(OnnxNode node, OnnxChain chain) => Read(node, chain, (constant, first) =>
    {
        if (first)
            throw node.Error("it divides a constant by the network's value, which no layer does");
        return constant != 0 ? (1, 0, constant) : throw node.Error("it divides by 0");
    });

    public static void Neg(OnnxNode node, OnnxChain chain)
    {
        node.AllowAttributes();
        chain.Scale(node, -1, 0);
    }

    /// <param name="node">The node.</param>
    /// <param name="chain">What it is added to.</param>
    /// <param name="line">
    /// Factor, summand and divisor for one number of the constant; its second argument tells whether the constant is the first operand.
    /// </param>
    private static void Read(OnnxNode node, OnnxChain chain, Func<double, bool, (double Scale, double Shift, double Divisor)> line)
    {
        if (node.Opset < OldBroadcast.FirstWithout)
            node.AllowAttributes("axis", "broadcast");
        else
            node.AllowAttributes();
        bool first = node.TryConstant(0) is not null;
        if (!first && node.TryConstant(1) is null)
            throw node.Error("both of its operands are computed; one must be a constant, apart from the known expansions of activations");
        OnnxConstant constant = node.Constant(first ? 0 : 1, "the constant operand");
        if (node.Opset < OldBroadcast.FirstWithout)
            constant = OldBroadcast.Align(node, chain, constant, first);
        double[] values = Broadcasting.Repeat(node, chain.Shape, constant, "the constant operand");
        double[] scale = new double[values.Length];
        double[] shift = new double[values.Length];
        double[] divisor = new double[values.Length];
        for (int i = 0; i < values.Length; i++)
            (scale[i], shift[i], divisor[i]) = line(values[i], first);
        chain.Scale(node, scale, shift, divisor);
    }
}
