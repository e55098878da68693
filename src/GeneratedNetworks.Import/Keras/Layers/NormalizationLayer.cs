using System.Text.Json;

namespace GeneratedNetworks.Import.Keras.Layers;

/// <summary>
/// Normalization: y = (x − μ)/max(σ, 1e-7) over the last axis or, without an axis, with two numbers for all; with invert, y = μ + x·max(σ, 1e-7). The
/// statistics are weights, or numbers of the configuration.
/// </summary>
internal static class NormalizationLayer
{
    // Keras's own, unless it is told otherwise at run time, which no file says.
    private const double SmallestDeviation = 1e-7;

    public static void Add(LayerScope scope)
    {
        bool hasAxis = scope.Setting("axis") is { } axis && (axis.ValueKind != JsonValueKind.Array || axis.GetArrayLength() > 0);
        if (hasAxis)
            scope.RequireLastAxis("axis");
        int width = scope.Chain.Shape[^1];
        int features = hasAxis ? width : 1;
        int[] shape = hasAxis ? [features] : [];
        double[] mean = Numbers("mean") ?? scope.Weights.Read(scope.Layer, "mean", 0, shape);
        double[] variance = Numbers("variance") ?? scope.Weights.Read(scope.Layer, "variance", 1, shape);
        if (Array.FindIndex(variance, value => !(value >= 0)) is >= 0 and int at)
            throw scope.Error($"has the variance {variance[at]} for feature {at}.");
        double[] deviation = [.. variance.Select(value => Math.Max(Math.Sqrt(value), SmallestDeviation))];
        if (mean.Length != deviation.Length)
            (mean, deviation) = (Wide(mean), Wide(deviation));
        if (scope.Flag("invert", false))
            scope.Chain.Scale(scope.Layer.Name, deviation, mean);
        else
            scope.Chain.Normalize(scope.Layer.Name, mean, deviation);

        double[] Wide(double[] values) => values.Length == width ? values : [.. Enumerable.Repeat(values[0], width)];

        // A number for all, or a list of as many as there are features.
        double[]? Numbers(string name)
        {
            if (scope.Setting(name) is not { } setting)
                return null;
            if (setting.Number() is { } single)
                return [single];
            JsonElement list = setting;
            while (list.ValueKind == JsonValueKind.Array && list.GetArrayLength() == 1 && list[0].ValueKind == JsonValueKind.Array)
                list = list[0];
            double?[] values = list.ValueKind == JsonValueKind.Array && list.GetArrayLength() <= width ? [.. list.EnumerateArray().Select(item => item.Number())] : [];
            return values.Length is var count && (count == 1 || count == features) && Array.TrueForAll(values, value => value is not null)
                ? Array.ConvertAll(values, value => value!.Value)
                : throw scope.Error($"has {name} = {setting.Show()}; one number or {features} are expected.");
        }
    }
}
