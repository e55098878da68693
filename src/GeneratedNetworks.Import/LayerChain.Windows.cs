namespace GeneratedNetworks.Import;

/// <content>Layers that slide over images and signals, and norms.</content>
public sealed partial class LayerChain
{
    /// <summary>A convolution of any kind.</summary>
    /// <param name="name">What the file calls the layer, or null.</param>
    /// <param name="convolution">Its form; zeros that were put around the value before it widen its window.</param>
    /// <param name="weight">In the order of <see cref="Convolution.WeightShape"/>.</param>
    /// <param name="bias">One number for each output, or null.</param>
    /// <param name="origin">See <see cref="Dense"/>.</param>
    public void Convolve(string? name, Convolution convolution, double[] weight, double[]? bias, string? origin = null)
    {
        WindowShape window = convolution.Window;
        RequireAxes(name, window.Axes);
        if (convolution.Kind != ConvolutionKind.Transposed)
            convolution = convolution with { Window = window = TakePads(window) };
        bool dividesGroups = convolution.Groups >= 1 && convolution.Inputs % convolution.Groups == 0 && convolution.Outputs % convolution.Groups == 0
            && (convolution.Kind != ConvolutionKind.Depthwise || convolution.Outputs % convolution.Inputs == 0);
        if (convolution.Inputs != Shape[^1] || convolution.Outputs < 1 || !dividesGroups)
        {
            throw Source.Error(
                $"{Describe(name)}: a convolution of {convolution.Inputs} to {convolution.Outputs} channels in {convolution.Groups} groups does not fit a value of shape [{string.Join(", ", Shape)}].");
        }

        CheckWindow(name, window);
        long weights = convolution.WeightShape.Aggregate(1L, (product, extent) => product * extent);
        if (weight.Length != weights)
            throw Source.Error($"{Describe(name)}: {weight.Length} weights do not fit the shape [{string.Join(", ", convolution.WeightShape)}].");
        RequireBias(name, bias, convolution.Outputs);
        ConvolutionStep step = new(name, convolution, [.. weight], bias is null ? null : [.. bias]) { Origin = origin };
        AddAffine(step, Slid(name, axis => convolution.Extent(axis, Shape[axis]), convolution.Outputs), readsZeros: window.Pads.Any(pad => pad > 0) || convolution.Kind == ConvolutionKind.Transposed);
    }

    /// <summary>The greatest or the mean of the elements that a window sees.</summary>
    /// <param name="name">What the file calls the layer, or null.</param>
    /// <param name="isMax">The greatest, not the mean.</param>
    /// <param name="window">Without dilations. Zeros that were put around the value before it widen it where that computes the same.</param>
    /// <param name="ceilMode">Whether a last position that is not whole counts.</param>
    /// <param name="countPadding">Whether a mean counts the zeros beyond the value.</param>
    public void Pool(string? name, bool isMax, WindowShape window, bool ceilMode = false, bool countPadding = false)
    {
        RequireAxes(name, window.Axes);
        CheckWindow(name, window);
        if (window.Dilations.Any(dilation => dilation != 1))
            throw Source.Error($"{Describe(name)}: a pool with dilations is not supported.");
        if (Node.Step is PadStep)
        {
            // A mean over zeros counts them. The greatest of what is not below 0 does not change by zeros, which no window may see alone.
            bool hasOwn = window.Pads.Any(pad => pad > 0);
            bool isSame = isMax ? _interval.Low >= 0 : !hasOwn && !ceilMode;
            if (!isSame)
                throw Source.Error($"{Describe(name)}: zeros were put around its value before it, which is supported for {(isMax ? "values that cannot be below 0" : "a mean without a border of its own")}.");
            window = TakePads(window);
            countPadding = !isMax;
        }

        for (int axis = 0; axis < window.Axes; axis++)
        {
            if (window.Pads[axis] >= window.Kernel[axis] || window.Pads[axis + window.Axes] >= window.Kernel[axis])
                throw Source.Error($"{Describe(name)}: a window of {window.Kernel[axis]} reaches {window.Pads[axis]} and {window.Pads[axis + window.Axes]} beyond its value, so that one sees no element of it.");
        }

        Add(new PoolStep(name, isMax, window, ceilMode, countPadding), Slid(name, axis => window.Positions(axis, Shape[axis], ceilMode), Shape[^1]));
        _interval = countPadding ? _interval.With(0) : _interval;
    }

    /// <summary>The greatest or the mean over all positions: one number for each channel.</summary>
    public void GlobalPool(string? name, bool isMax)
    {
        if (Shape.Count > 1)
            Add(new GlobalPoolStep(name, isMax), [Shape[^1]]);
    }

    /// <summary>y = (x − mean)/√(variance + epsilon)·gamma + beta over the last axis; training takes both from its batches.</summary>
    /// <param name="name">What the file calls the layer, or null.</param>
    /// <param name="gamma">One for each of the last axis, or null: 1.</param>
    /// <param name="beta">As many, or null: 0.</param>
    /// <param name="mean">As many.</param>
    /// <param name="variance">As many; none of them below −epsilon.</param>
    /// <param name="epsilon">What is added to a variance.</param>
    /// <param name="momentum">The share of the running statistics that a batch leaves, in [0, 1).</param>
    /// <param name="unbiasedVariance">Whether the running variance takes n/(n − 1) of a batch's.</param>
    /// <param name="frozen">Whether all of them stay as they are and are used in training too.</param>
    public void BatchNorm(
        string? name, double[]? gamma, double[]? beta, double[] mean, double[] variance, double epsilon, double momentum = 0.9, bool unbiasedVariance = true,
        bool frozen = false)
    {
        int channels = Shape[^1];
        foreach (double[]? numbers in new[] { gamma, beta, mean, variance })
        {
            if (numbers is not null && numbers.Length != channels)
                throw Source.Error($"{Describe(name)}: {numbers.Length} numbers do not fit the {channels} channels of a value of shape [{string.Join(", ", Shape)}].");
        }

        if (!(epsilon >= 0 && double.IsFinite(epsilon)))
            throw Source.Error($"{Describe(name)}: its epsilon is {epsilon}, and must be a number from 0 on.");
        if (Array.FindIndex(variance, value => !(value + epsilon > 0)) is >= 0 and int at)
            throw Source.Error($"{Describe(name)}: its variance of channel {at} is {variance[at]}, and it would divide by the root of {variance[at] + epsilon}.");
        BatchNormStep step = new(name, gamma, beta, mean, variance, epsilon) { Momentum = momentum, UnbiasedVariance = unbiasedVariance, Frozen = frozen };
        Graph.Budget.Take(4L * channels, Describe(name));
        Add(step);
        _interval = _interval.Scaled(ScaleFolding.ScaleOf(step));
    }

    /// <summary>y = (x − mean)/√(variance + epsilon)·gamma + beta with the mean and variance of the last axes of each sample.</summary>
    /// <param name="name">What the file calls the layer, or null.</param>
    /// <param name="gamma">One for each element of these axes, or null: 1.</param>
    /// <param name="beta">As many, or null: 0.</param>
    /// <param name="epsilon">What is added to a variance.</param>
    /// <param name="lastAxes">How many axes, 1 or more.</param>
    public void LayerNorm(string? name, double[]? gamma, double[]? beta, double epsilon, int lastAxes = 1)
    {
        if (lastAxes < 1 || lastAxes > Shape.Count)
            throw Source.Error($"{Describe(name)}: it works over the last {lastAxes} axes of a value of shape [{string.Join(", ", Shape)}].");
        int[] extents = [.. Shape.TakeLast(lastAxes)];
        foreach (double[]? numbers in new[] { gamma, beta })
        {
            if (numbers is not null && numbers.Length != Count(extents))
                throw Source.Error($"{Describe(name)}: {numbers.Length} numbers do not fit the last axes, [{string.Join(", ", extents)}].");
        }

        Add(new LayerNormStep(name, gamma, beta, epsilon, lastAxes, extents));
        _interval = Interval.Everything;
    }

    /// <summary>y = x, or slope·x below 0.</summary>
    /// <param name="name">What the file calls the layer, or null.</param>
    /// <param name="slope">One for each of the last axis, or one.</param>
    public void PRelu(string? name, double[] slope)
    {
        if (slope.Length != 1 && slope.Length != Shape[^1])
            throw Source.Error($"{Describe(name)}: {slope.Length} slopes do not fit the last axis of a value of shape [{string.Join(", ", Shape)}].");
        Add(new PReluStep(name, [.. slope], slope.Length == 1));
        _interval = Interval.Everything;
    }

    /// <summary>Zeros around a value, which the convolution or pool behind it takes up. Those around zeros are as one.</summary>
    /// <param name="name">What the file calls the operation, or null.</param>
    /// <param name="pads">Before, then after, for each axis.</param>
    public void Pad(string? name, IReadOnlyList<int> pads)
    {
        if (pads.All(pad => pad == 0))
            return;
        int axes = Shape.Count;
        if (pads.Count != 2 * axes || pads.Any(pad => pad < 0))
            throw Source.Error($"{Describe(name)}: the pads [{string.Join(", ", pads)}] do not fit a value of shape [{string.Join(", ", Shape)}].");
        long[] shape = [.. Shape.Select((extent, axis) => extent + (long)pads[axis] + pads[axis + axes])];
        if (shape.Any(extent => extent > int.MaxValue))
            throw Source.Error($"{Describe(name)}: the pads [{string.Join(", ", pads)}] are too large.");
        int[] before = [.. pads.Take(axes)], after = [.. pads.Skip(axes)];
        if (Node.Step is PadStep inner)
        {
            // Each sum is at most the extent, which is checked.
            (before, after) = ([.. inner.Before.Zip(before, (own, more) => own + more)], [.. inner.After.Zip(after, (own, more) => own + more)]);
            Node = Node.Inputs[0];
        }

        Add(new PadStep(name, before, after), Check(Source, [.. shape.Select(extent => (int)extent)]));
    }

    private void RequireAxes(string? name, int axes)
    {
        if (axes is not (1 or 2) || Shape.Count != axes + 1)
            throw Source.Error($"{Describe(name)}: its window has {axes} axes and its value the shape [{string.Join(", ", Shape)}]; images, [height, width, channels], and signals, [time, features], are supported.");
    }

    private void CheckWindow(string? name, WindowShape window)
    {
        bool fits = window.Strides.Count == window.Axes && window.Dilations.Count == window.Axes && window.Pads.Count == 2 * window.Axes
            && window.Kernel.Concat(window.Strides).Concat(window.Dilations).All(number => number >= 1) && window.Pads.All(pad => pad >= 0);
        if (!fits)
            throw Source.Error($"{Describe(name)}: its window has a size, stride or dilation below 1, or a border below 0, or not one for each axis.");
    }

    /// <summary>The window with the zeros that were put around the value, which is then the one before them.</summary>
    private WindowShape TakePads(WindowShape window)
    {
        if (Node.Step is not PadStep pad)
            return window;
        if (pad.Before[^1] > 0 || pad.After[^1] > 0)
            throw Source.Error($"{Describe(pad.Name)}: it puts zeros around its last axis, the channels; only zeros around an image or signal are supported.");
        Node = Node.Inputs[0];
        return window.Wider([.. pad.Before.SkipLast(1), .. pad.After.SkipLast(1)]);
    }

    private int[] Slid(string? name, Func<int, long> extent, int channels)
    {
        long[] extents = [.. Enumerable.Range(0, Shape.Count - 1).Select(extent)];
        if (Array.FindIndex(extents, length => length is < 1 or > int.MaxValue) is >= 0 and int axis)
            throw Source.Error($"{Describe(name)}: its window does not fit axis {axis} of a value of shape [{string.Join(", ", Shape)}].");
        return Check(Source, [.. extents.Select(length => (int)length), channels]);
    }
}
