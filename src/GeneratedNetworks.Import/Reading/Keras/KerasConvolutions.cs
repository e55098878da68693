using GeneratedNetworks.Import.Reading.Functions;

namespace GeneratedNetworks.Import.Reading.Keras;

/// <summary>Convolutions along one axis of positions or more, with the channels last.</summary>
internal static class KerasConvolutions
{
    /// <summary>Kernel [taps…, channels of a group, filters].</summary>
    public static Tensor Convolution(KerasCall call, int rank)
    {
        KerasWindows.Check(call, rank);
        long[] taps = Taps(call, rank);
        int filters = call.Integer("filters", 0);
        int groups = call.Integer("groups", 1);
        int channels = call.Value.Shape[^1];
        if (filters < 1 || groups < 1 || channels % groups != 0)
            throw call.Error($"{filters} filters in {groups} groups do not fit a value of shape {call.Value.ShapeText}");
        Tensor kernel = call.Weights("kernel", 0, [.. taps.Select(extent => (int)extent), channels / groups, filters]);
        return Finish(call, Convolutions.Apply(call.Scope, call.Value, kernel, Axes(call, taps, rank), groups, channelsLast: true), 1);
    }

    /// <summary>Kernel [taps…, channels, multiplier]: the results of a channel lie side by side.</summary>
    public static Tensor Depthwise(KerasCall call, int rank)
    {
        KerasWindows.Check(call, rank);
        return Finish(call, EachChannel(call, rank), 1);
    }

    /// <summary>One for each channel, then one of a single tap over all that these gave.</summary>
    public static Tensor Separable(KerasCall call, int rank)
    {
        KerasWindows.Check(call, rank);
        Tensor each = EachChannel(call, rank);
        int filters = call.Integer("filters", 0);
        if (filters < 1)
            throw call.Error($"it has {filters} filters");
        Tensor kernel = call.Weights("pointwise_kernel", 1, [.. Enumerable.Repeat(1, rank), each.Shape[^1], filters]);
        WindowAxis[] single = [.. each.Shape[1..^1].Select(extent => WindowAxis.Padded(call.Scope, extent, new WindowSteps(1, 1, 1), 0, 0))];
        return Finish(call, Convolutions.Apply(call.Scope, each, kernel, single, 1, channelsLast: true), 2);
    }

    /// <summary>Kernel [taps…, filters, channels].</summary>
    public static Tensor Transposed(KerasCall call, int rank)
    {
        KerasWindows.Check(call, rank);
        long[] taps = Taps(call, rank);
        int filters = call.Integer("filters", 0);
        int channels = call.Value.Shape[^1];
        if (filters < 1 || call.Integer("groups", 1) != 1)
            throw call.Error($"{filters} filters in {call.Integer("groups", 1)} groups are not executed");
        Tensor stored = call.Weights("kernel", 0, [.. taps.Select(extent => (int)extent), filters, channels]);
        Tensor kernel = Shapes.Transpose(call.Scope, stored, [.. Enumerable.Range(0, rank), rank + 1, rank]);
        WindowAxis[] axes = KerasWindows.Transposed(
            call, taps, KerasWindows.PerAxis(call, "strides", rank, 1), KerasWindows.PerAxis(call, "dilation_rate", rank, 1));
        return Finish(call, Convolutions.Transposed(call.Scope, call.Value, kernel, axes, 1, channelsLast: true), 1);
    }

    private static Tensor EachChannel(KerasCall call, int rank)
    {
        long[] taps = Taps(call, rank);
        int multiplier = call.Integer("depth_multiplier", 1);
        int channels = call.Value.Shape[^1];
        if (multiplier < 1 || (long)multiplier * channels > int.MaxValue)
            throw call.Error($"its depth_multiplier is {multiplier}");
        Tensor stored = call.Weights("depthwise_kernel", 0, [.. taps.Select(extent => (int)extent), channels, multiplier]);
        Tensor kernel = stored.WithShape([.. stored.Shape[..^2], 1, channels * multiplier]);
        return Convolutions.Apply(call.Scope, call.Value, kernel, Axes(call, taps, rank), channels, channelsLast: true);
    }

    private static long[] Taps(KerasCall call, int rank)
    {
        long[] taps = KerasWindows.PerAxis(call, "kernel_size", rank, null);
        return Array.TrueForAll(taps, extent => extent >= 1) ? taps : throw call.Error($"its kernel_size is [{string.Join(", ", taps)}]");
    }

    private static WindowAxis[] Axes(KerasCall call, long[] taps, int rank) => KerasWindows.Axes(
        call, taps, KerasWindows.PerAxis(call, "strides", rank, 1), KerasWindows.PerAxis(call, "dilation_rate", rank, 1));

    private static Tensor Finish(KerasCall call, Tensor result, int biasAt)
    {
        if (call.Flag("use_bias", true))
            result = Convolutions.AddBias(call.Scope, result, call.Weights("bias", biasAt, [result.Shape[^1]]), channelsLast: true);
        return KerasRules.Activate(call, result);
    }
}
