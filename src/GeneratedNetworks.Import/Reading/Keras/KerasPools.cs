using GeneratedNetworks.Import.Reading.Functions;

namespace GeneratedNetworks.Import.Reading.Keras;

/// <summary>Pools, and what is put around positions or cut from them.</summary>
internal static class KerasPools
{
    public static Tensor Max(KerasCall call, int rank) => Pool(call, rank, Pools.Max);

    /// <summary>The mean of the elements inside.</summary>
    public static Tensor Average(KerasCall call, int rank) => Pool(call, rank, Pools.Average(call.Scope, countsPadding: false));

    /// <summary>Over all positions; their axes stay where the layer says so.</summary>
    public static Tensor Global(KerasCall call, int rank, string function)
    {
        KerasWindows.Check(call, rank);
        return Reductions.Apply(call.Scope, call.Value, Enumerable.Range(1, rank).ToHashSet(), call.Flag("keepdims", false), Reductions.Table[function]);
    }

    public static Tensor ZeroPadding(KerasCall call, int rank)
    {
        KerasWindows.Check(call, rank);
        (long Before, long After)[] ends = KerasWindows.Ends(call, "padding", rank);
        return Shapes.Pad(call.Scope, call.Value, [0, .. ends.Select(end => end.Before), 0], [0, .. ends.Select(end => end.After), 0], 0);
    }

    public static Tensor Cropping(KerasCall call, int rank)
    {
        KerasWindows.Check(call, rank);
        (long Before, long After)[] ends = KerasWindows.Ends(call, "cropping", rank);
        if (ends.Where((end, i) => end.Before + end.After >= call.Value.Shape[i + 1]).Any())
            throw call.Error($"it leaves nothing of a value of shape {call.Value.ShapeText}");
        return Shapes.Pad(call.Scope, call.Value, [0, .. ends.Select(end => -end.Before), 0], [0, .. ends.Select(end => -end.After), 0], 0);
    }

    /// <summary>The stride is the window's size where none is named.</summary>
    private static Tensor Pool(KerasCall call, int rank, PoolFunction function)
    {
        KerasWindows.Check(call, rank);
        long[] size = KerasWindows.PerAxis(call, "pool_size", rank, 2);
        long[] strides = call.Setting("strides") is null ? size : KerasWindows.PerAxis(call, "strides", rank, null);
        WindowAxis[] axes = KerasWindows.Axes(call, size, strides, [.. Enumerable.Repeat(1L, rank)]);
        return Pools.Apply(call.Scope, call.Value, axes, channelsLast: true, function);
    }
}
