namespace GeneratedNetworks.Import.Keras.Layers;

/// <summary>What Keras says of a window.</summary>
internal static class Windows
{
    /// <summary>The window of a convolution or pool, with the border that its padding makes around the value that it reads.</summary>
    /// <param name="scope">The layer.</param>
    /// <param name="axes">1 for signals, 2 for images.</param>
    /// <param name="size">The setting that is its size.</param>
    /// <param name="usual">Its size where that is left out.</param>
    /// <param name="isPool">Whether it goes on by its size where no stride is said.</param>
    public static WindowShape Read(LayerScope scope, int axes, string size, int usual, bool isPool)
    {
        scope.RequirePositions(axes);
        int[] kernel = scope.Integers(size, axes, Enumerable.Repeat(usual, axes));
        int[] ones = [.. Enumerable.Repeat(1, axes)];
        int[] strides = scope.Integers("strides", axes, isPool ? kernel : ones);
        WindowShape window = WindowShape.Of(kernel, strides, isPool ? ones : scope.Integers("dilation_rate", axes, ones));
        return (axes == 1 && !isPool ? scope.Word("padding", "valid", "same", "causal") : scope.Word("padding", "valid", "same")) switch
        {
            "same" => window.Same(scope.Chain.Shape),
            "causal" => window with { Pads = [(int)Math.Min(window.Span(0) - 1, int.MaxValue), 0] },
            _ => window,
        };
    }
}
