using System.Text.Json;

namespace GeneratedNetworks.Import.Keras.Layers;

/// <summary>PReLU: y = x, or α·x below 0. Some axes share their α.</summary>
internal static class PReluLayer
{
    private const int MostAxes = 16;

    public static void Add(LayerScope scope)
    {
        LayerChain chain = scope.Chain;
        IReadOnlyList<int> shape = chain.Shape;
        int[] slopes = [.. shape];
        foreach (int axis in Shared(scope))
        {
            if (axis < 1 || axis > slopes.Length)
                throw scope.Error($"shares its slopes over axis {axis}, the batch being 0; its value has the shape [{string.Join(", ", shape)}].");
            slopes[axis - 1] = 1;
        }

        bool isForChannels = slopes.SkipLast(1).All(extent => extent == 1);
        if (!isForChannels && !slopes.SequenceEqual(shape))
        {
            throw scope.Error(
                $"has slopes of shape [{string.Join(", ", slopes)}] for a value of shape [{string.Join(", ", shape)}]; one for all, for each channel or for each element is supported.");
        }

        // One slope for each element: there is one axis where they lie flat.
        double[] alpha = scope.Read("alpha", 0, slopes);
        if (!isForChannels)
            chain.Reshape(null, [chain.Size]);
        chain.PRelu(scope.Layer.Name, alpha);
        if (!isForChannels)
            chain.Reshape(null, shape);
    }

    private static int[] Shared(LayerScope scope)
    {
        if (scope.Setting("shared_axes") is not { } setting)
            return [];
        JsonElement list = setting.Member("items") ?? setting;
        return list.ValueKind == JsonValueKind.Array && list.GetArrayLength() <= MostAxes
            ? [.. list.EnumerateArray().Select(axis => axis.Integer() ?? 0)]
            : throw scope.Error($"has shared_axes = {setting.Show()}; a list of axes is expected.");
    }
}
