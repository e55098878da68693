using GeneratedNetworks.Import.Reading.Functions;

namespace GeneratedNetworks.Import.Reading.Onnx;

/// <summary>Pools of values [samples, channels, positions…], along any number of axes.</summary>
internal static class PoolRules
{
    public static readonly IReadOnlyDictionary<string, OnnxRule> Table = new Dictionary<string, OnnxRule>(StringComparer.Ordinal)
    {
        ["MaxPool"] = OnnxRule.Of(call => Pool(call, Pools.Max)),
        ["AveragePool"] = OnnxRule.Of(call => Pool(call, Pools.Average(call.Scope, call.Int("count_include_pad", 0) != 0))),
        ["GlobalMaxPool"] = OnnxRule.Of(call => Global(call, Reductions.Table["Max"])),
        ["GlobalAveragePool"] = OnnxRule.Of(call => Global(call, Reductions.Table["Mean"])),
    };

    private static Tensor Pool(OnnxCall call, PoolFunction function)
    {
        Tensor value = call.Input(0);
        long[] kernel = [.. call.Ints("kernel_shape") ?? throw call.Error("it names no kernel_shape")];
        if (value.Rank < 3 || kernel.Length != value.Rank - 2)
            throw call.Error($"a window of shape [{string.Join(", ", kernel.Take(16))}] does not fit a value of shape {value.ShapeText}");
        return Pools.Apply(call.Scope, value, OnnxWindows.Of(call, value.Shape[2..], kernel, mustReach: true), channelsLast: false, function);
    }

    /// <summary>Over all positions, whose axes stay.</summary>
    private static Tensor Global(OnnxCall call, Func<double[], double> function)
    {
        Tensor value = call.Input(0);
        return value.Rank < 3
            ? throw call.Error($"a value of shape {value.ShapeText} has no positions")
            : Reductions.Apply(call.Scope, value, Enumerable.Range(2, value.Rank - 2).ToHashSet(), keeps: true, function);
    }
}
