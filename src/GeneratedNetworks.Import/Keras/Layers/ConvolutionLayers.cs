namespace GeneratedNetworks.Import.Keras.Layers;

/// <summary>Convolutions, whose weights Keras has in our order: [k.., in/groups, out], and [k.., in, multiplier] of those that see one channel.</summary>
internal static class ConvolutionLayers
{
    public static void AddFull(LayerScope scope, int axes)
    {
        WindowShape window = Windows.Read(scope, axes, "kernel_size", 0, isPool: false);
        int channels = scope.Chain.Shape[^1];
        int filters = scope.Count("filters");
        int groups = scope.Count("groups", 1);
        if (channels % groups != 0 || filters % groups != 0)
            throw scope.Error($"divides {channels} channels and {filters} filters into {groups} groups, which leaves a rest.");
        Convolution form = new(ConvolutionKind.Full, window, channels, filters, groups);
        double[] kernel = scope.Read("kernel", 0, form.WeightShape);
        scope.Chain.Convolve(scope.Layer.Name, form, kernel, Bias(scope, 1, filters), scope.Origin("kernel"));
        KerasActivations.Add(scope, scope.Setting("activation"));
    }

    public static void AddDepthwise(LayerScope scope, int axes)
    {
        (Convolution form, double[] kernel) = Depthwise(scope, axes, "kernel");
        scope.Chain.Convolve(scope.Layer.Name, form, kernel, Bias(scope, 1, form.Outputs), scope.Origin("depthwise_kernel"));
        KerasActivations.Add(scope, scope.Setting("activation"));
    }

    /// <summary>Each channel by itself, then all of them at each position; between both stands nothing.</summary>
    public static void AddSeparable(LayerScope scope, int axes)
    {
        (Convolution form, double[] kernel) = Depthwise(scope, axes, null);
        scope.Chain.Convolve($"{scope.Layer.Name}_depthwise", form, kernel, null, scope.Origin("depthwise_kernel"));
        int filters = scope.Count("filters");
        Convolution point = new(ConvolutionKind.Full, WindowShape.Of([.. Enumerable.Repeat(1, axes)]), form.Outputs, filters);
        double[] pointwise = scope.Read("pointwise_kernel", 1, point.WeightShape);
        scope.Chain.Convolve(scope.Layer.Name, point, pointwise, Bias(scope, 2, filters), scope.Origin("pointwise_kernel"));
        KerasActivations.Add(scope, scope.Setting("activation"));
    }

    public static double[]? Bias(LayerScope scope, int index, int outputs) => scope.Flag("use_bias", true) ? scope.Read("bias", index, [outputs]) : null;

    /// <param name="scope">The layer.</param>
    /// <param name="axes">1 for signals, 2 for images.</param>
    /// <param name="otherName">What other versions call its weights.</param>
    private static (Convolution Form, double[] Kernel) Depthwise(LayerScope scope, int axes, string? otherName)
    {
        WindowShape window = Windows.Read(scope, axes, "kernel_size", 0, isPool: false);
        int channels = scope.Chain.Shape[^1];
        int multiplier = scope.Count("depth_multiplier", 1);

        // As many weights are there before their number is computed with.
        double[] kernel = scope.Read("depthwise_kernel", 0, [.. window.Kernel, channels, multiplier], otherName);
        return (new Convolution(ConvolutionKind.Depthwise, window, channels, channels * multiplier), kernel);
    }
}
