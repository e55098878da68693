namespace GeneratedNetworks.Import.Onnx.Operators;

/// <summary>Conv: weights [out, in/groups, k..] become [k.., in/groups, out]; with as many groups as inputs it is depthwise.</summary>
internal static class ConvOperator
{
    public static void Read(OnnxNode node, OnnxChain chain)
    {
        node.AllowAttributes("auto_pad", "dilations", "group", "kernel_shape", "pads", "strides");
        (OnnxConstant weight, double[] values) = Weights(node, chain);
        int[] shape = weight.Shape;
        int inputs = chain.Shape.Sample[0];
        long groups = node.Int("group", 1);
        if (groups < 1 || groups > inputs || inputs % groups != 0 || shape[1] != inputs / groups || shape[0] % groups != 0)
            throw node.Error($"its weights of shape {weight.ShapeText} in {groups} groups do not fit {inputs} channels");
        WindowShape window = WindowAttributes.Read(node, chain, shape[2..]);
        bool isDepthwise = groups == inputs && groups > 1;
        Convolution form = new(isDepthwise ? ConvolutionKind.Depthwise : ConvolutionKind.Full, window, inputs, shape[0], isDepthwise ? 1 : (int)groups);

        // Both orders end in the outputs: of a depthwise one, input by input.
        int[] permutation = [.. Enumerable.Range(2, shape.Length - 2), 1, 0];
        double[] moved = Moved(node, values, shape, permutation);
        chain.Convolve(node, OnnxNaming.Layer(node, weight, node.TryConstant(2)), form, moved, Bias(node, shape[0]), weight.Name);
    }

    /// <summary>The weights of a convolution of signals or images, whose channels are brought to the end.</summary>
    public static (OnnxConstant Weight, double[] Values) Weights(OnnxNode node, OnnxChain chain)
    {
        OnnxConstant weight = node.Constant(1, "the weights");
        if (weight.Shape.Length is not (3 or 4) || weight.Shape.Contains(0))
            throw node.Error($"its weights have the shape {weight.ShapeText}; convolutions over one or two axes are supported");
        chain.RequireChannelsLast(node, weight.Shape.Length - 2);
        return (weight, weight.Floats(node, "the weights"));
    }

    public static double[]? Bias(OnnxNode node, int outputs)
    {
        if (!node.Has(2))
            return null;
        double[] bias = node.Constant(2, "the bias").Floats(node, "the bias");
        return bias.Length == outputs ? bias : throw node.Error($"its bias has {bias.Length} numbers for {outputs} channels");
    }

    public static double[] Moved(OnnxNode node, double[] values, int[] shape, int[] permutation)
    {
        node.Graph.Budget.Take(2L * values.Length, node.Description);
        return Array.ConvertAll(Axes.Transpose(shape, permutation), from => values[from]);
    }
}
