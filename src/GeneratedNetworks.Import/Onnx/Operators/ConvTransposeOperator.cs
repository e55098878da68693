namespace GeneratedNetworks.Import.Onnx.Operators;

/// <summary>ConvTranspose: weights [in, out, k..] become [k.., out, in]; pads are cropped from the result.</summary>
internal static class ConvTransposeOperator
{
    public static void Read(OnnxNode node, OnnxChain chain)
    {
        node.AllowAttributes("auto_pad", "dilations", "group", "kernel_shape", "output_padding", "output_shape", "pads", "strides");
        (OnnxConstant weight, double[] values) = ConvOperator.Weights(node, chain);
        int[] shape = weight.Shape;
        int axes = shape.Length - 2;
        if (node.Int("group", 1) != 1)
            throw node.Error($"it has {node.Int("group", 1)} groups, and one is supported");
        if (shape[0] != chain.Shape.Sample[0])
            throw node.Error($"its weights of shape {weight.ShapeText} do not fit {chain.Shape.Sample[0]} channels");
        int[] size = shape[2..];
        if (WindowAttributes.Sizes(node, "kernel_shape", axes, size, 1) is { } said && !said.SequenceEqual(size))
            throw node.Error($"its kernel_shape is [{string.Join(", ", said)}], and its weights have [{string.Join(", ", size)}]");
        int[] ones = [.. Enumerable.Repeat(1, axes)];
        WindowShape window = WindowShape.Of(size, WindowAttributes.Sizes(node, "strides", axes, ones, 1), WindowAttributes.Sizes(node, "dilations", axes, ones, 1));
        int[] more = WindowAttributes.Sizes(node, "output_padding", axes, new int[axes], 0)!;
        window = window with { Pads = Crop(node, chain.Shape.Sample[1..], window, more) };
        int padding = more.Max();

        // One number for all axes here: what is less along one axis is cropped there.
        int[] pads = [.. window.Pads];
        for (int axis = 0; axis < axes; axis++)
            pads[axis + axes] += padding - more[axis];
        Convolution form = new(ConvolutionKind.Transposed, window with { Pads = pads }, shape[0], shape[1], OutputPadding: padding);
        double[] moved = ConvOperator.Moved(node, values, shape, [.. Enumerable.Range(2, axes), 1, 0]);
        chain.Convolve(node, OnnxNaming.Layer(node, weight, node.TryConstant(2)), form, moved, ConvOperator.Bias(node, shape[1]), weight.Name);
    }

    /// <summary>What is cropped, said by pads, by the result's shape, or by an automatism; a longer result has more output padding.</summary>
    private static int[] Crop(OnnxNode node, int[] extents, WindowShape window, int[] more)
    {
        int axes = extents.Length;
        string automatic = node.Text("auto_pad", "NOTSET");
        int[]? shape = node.Ints("output_shape") is { Count: > 0 } given
            ? given.Count >= axes && given.All(extent => extent is > 0 and <= int.MaxValue / 4) ? [.. given.TakeLast(axes).Select(extent => (int)extent)] : throw node.Error("its output_shape must have one extent above 0 for each axis")
            : null;
        if (shape is null && automatic is "SAME_UPPER" or "SAME_LOWER")
            shape = [.. extents.Select((extent, axis) => extent * window.Strides[axis])];
        if (shape is null)
        {
            return automatic is "NOTSET" or "" or "VALID"
                ? automatic == "VALID" ? new int[2 * axes] : WindowAttributes.Sizes(node, "pads", 2 * axes, new int[2 * axes], 0)!
                : throw node.Error($"its auto_pad is '{OnnxNode.Shorten(automatic)}', which the format does not have");
        }

        int[] crop = new int[2 * axes];
        for (int axis = 0; axis < axes; axis++)
        {
            long total = ((extents[axis] - 1L) * window.Strides[axis]) + window.Span(axis) + more[axis] - shape[axis];
            if (Math.Abs(total) > int.MaxValue / 4)
                throw node.Error($"its result of {shape[axis]} elements along axis {axis} is longer than its weights reach");
            if (total < 0)
            {
                // Nothing reaches what is behind: it is output padding under another name.
                more[axis] -= (int)total;
                continue;
            }

            // The larger half is in front but for SAME_UPPER.
            int half = (int)(total / 2);
            (crop[axis], crop[axis + axes]) = automatic == "SAME_UPPER" ? (half, (int)total - half) : ((int)total - half, half);
        }

        return crop;
    }
}
