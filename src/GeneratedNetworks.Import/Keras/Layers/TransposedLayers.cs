namespace GeneratedNetworks.Import.Keras.Layers;

/// <summary>
/// Transposed convolutions, weights [k.., out, in]. Along an axis, n elements spread over (n − 1)·stride + k; padding "same" makes n·stride of them, the smaller
/// half of what is too much cut off in front, and "valid" n·stride + max(k − stride, 0).
/// </summary>
internal static class TransposedLayers
{
    public static void Add(LayerScope scope, int axes)
    {
        scope.RequirePositions(axes);
        LayerChain chain = scope.Chain;
        int[] ones = [.. Enumerable.Repeat(1, axes)];
        WindowShape window = WindowShape.Of(
            scope.Integers("kernel_size", axes, []), scope.Integers("strides", axes, ones), scope.Integers("dilation_rate", axes, ones));
        if (window.Axes != axes)
            throw scope.Error("names no kernel_size.");
        if (scope.Count("groups", 1) != 1)
            throw scope.Error($"is divided into {scope.Count("groups", 1)} groups; one is supported.");
        bool isSame = scope.Word("padding", "valid", "same") == "same";
        int[]? more = scope.Setting("output_padding") is null ? null : scope.Integers("output_padding", axes, [], least: 0);
        long[] before = new long[axes];
        long[] behind = new long[axes];
        for (int axis = 0; axis < axes; axis++)
        {
            (int n, int stride, long span) = (chain.Shape[axis], window.Strides[axis], window.Span(axis));
            if (more is not null && more[axis] >= stride)
                throw scope.Error($"has output_padding = {more[axis]}, which is to be less than its stride, {stride}.");
            long full = ((n - 1L) * stride) + span;
            long length = (isSame, more) switch
            {
                (true, null) => (long)n * stride,
                (false, null) => ((long)n * stride) + Math.Max(span - stride, 0),
                (true, _) => ((n - 1L) * stride) + (span % 2) + more[axis],
                (false, _) => full + more[axis],
            };
            before[axis] = isSame ? Math.Max(full - length, 0) / 2 : 0;
            behind[axis] = full - before[axis] - length;
        }

        // One number of elements that are put on behind serves all axes; where that is too many, they are cut off again.
        long longest = Math.Max(0, -behind.Min());
        long[] pads = [.. before, .. behind.Select(cut => cut + longest)];
        if (longest > int.MaxValue || pads.Any(pad => pad > int.MaxValue))
            throw scope.Error($"makes more than {int.MaxValue} elements of an axis.");
        int filters = scope.Count("filters");
        Convolution form = new(ConvolutionKind.Transposed, window with { Pads = [.. pads.Select(pad => (int)pad)] }, chain.Shape[^1], filters, OutputPadding: (int)longest);
        double[] kernel = scope.Read("kernel", 0, form.WeightShape);
        chain.Convolve(scope.Layer.Name, form, kernel, ConvolutionLayers.Bias(scope, 1, filters), scope.Origin("kernel"));
        KerasActivations.Add(scope, scope.Setting("activation"));
    }
}
