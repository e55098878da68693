namespace GeneratedNetworks.Import.Onnx.Operators;

/// <summary>What the attributes of convolutions and pools say of their windows.</summary>
internal static class WindowAttributes
{
    /// <summary>The window of a node over the value's axes behind its channels.</summary>
    /// <param name="node">The node.</param>
    /// <param name="chain">What it reads, its channels last.</param>
    /// <param name="kernel">Its size where the weights say it, or null.</param>
    public static WindowShape Read(OnnxNode node, OnnxChain chain, int[]? kernel)
    {
        int axes = chain.Shape.Sample.Length - 1;
        int[] size = Sizes(node, "kernel_shape", axes, kernel, 1) ?? throw node.Error("its kernel_shape is missing");
        if (kernel is not null && !size.SequenceEqual(kernel))
            throw node.Error($"its kernel_shape is [{string.Join(", ", size)}], and its weights have [{string.Join(", ", kernel)}]");
        int[] ones = [.. Enumerable.Repeat(1, axes)];
        WindowShape window = WindowShape.Of(size, Sizes(node, "strides", axes, ones, 1), Sizes(node, "dilations", axes, ones, 1));
        int[] pads = Sizes(node, "pads", 2 * axes, new int[2 * axes], 0)!;
        int[] extents = chain.Shape.Sample[1..];
        return node.Text("auto_pad", "NOTSET") switch
        {
            "NOTSET" or "" => window with { Pads = pads },
            "VALID" => window,
            "SAME_UPPER" => window.Same(extents),
            "SAME_LOWER" => window.Same(extents, oddBefore: true),
            var other => throw node.Error($"its auto_pad is '{OnnxNode.Shorten(other)}', which the format does not have"),
        };
    }

    /// <summary>Whole numbers, one for each axis.</summary>
    public static int[]? Sizes(OnnxNode node, string name, int count, int[]? otherwise, int least)
    {
        if (node.Ints(name) is not { Count: > 0 } given)
            return otherwise;
        if (given.Count != count)
            throw node.Error($"its {name} has {given.Count} numbers, and {count} are expected");
        return given.All(number => number >= least && number <= int.MaxValue / 4)
            ? [.. given.Select(number => (int)number)]
            : throw node.Error($"its {name} is [{string.Join(", ", given)}], and numbers from {least} on are supported");
    }
}
