using System.Text.Json;

namespace GeneratedNetworks.Import.Keras.Layers;

/// <summary>LayerNormalization over the last axes: y = γ·(x − μ)/√(σ² + ε) + β with the mean and variance of each sample.</summary>
internal static class LayerNormalizationLayer
{
    private const double DefaultEpsilon = 1e-3;

    public static void Add(LayerScope scope)
    {
        if (scope.Flag("rms_scaling", false))
            throw scope.Error("has rms_scaling, which takes no mean off; that is not supported.");
        IReadOnlyList<int> shape = scope.Chain.Shape;
        int axes = LastAxes(scope, shape);
        int[] extents = [.. shape.TakeLast(axes)];
        double epsilon = scope.Number("epsilon", DefaultEpsilon);
        if (!(epsilon > 0))
            throw scope.Error($"has epsilon = {epsilon}; a positive number is expected.");
        int index = 0;
        double[]? gamma = scope.Flag("scale", true) ? scope.Read("gamma", index++, extents) : null;
        double[]? beta = scope.Flag("center", true) ? scope.Read("beta", index, extents) : null;
        scope.Chain.LayerNorm(scope.Layer.Name, gamma, beta, epsilon, axes);
    }

    /// <summary>How many axes it runs over; they must be the last ones, in order.</summary>
    private static int LastAxes(LayerScope scope, IReadOnlyList<int> shape)
    {
        if (scope.Setting("axis") is not { } setting)
            return 1;
        JsonElement list = setting.Member("items") ?? setting;
        int?[] axes = list.ValueKind == JsonValueKind.Array && list.GetArrayLength() <= shape.Count ? [.. list.EnumerateArray().Select(axis => axis.Integer())] : [list.Integer()];
        int[] places = [.. axes.Select(axis => axis switch { null => -1, < 0 => axis.Value + shape.Count, _ => axis.Value - 1 })];
        return places.Length > 0 && places.SequenceEqual(Enumerable.Range(shape.Count - places.Length, places.Length))
            ? places.Length
            : throw scope.Error($"runs over the axis {setting.Show()} of a value of shape [{string.Join(", ", shape)}] behind the batch; the last ones are supported.");
    }
}
