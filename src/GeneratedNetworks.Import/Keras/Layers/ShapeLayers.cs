using System.Text.Json;

namespace GeneratedNetworks.Import.Keras.Layers;

/// <summary>Flatten and Reshape: the same elements in another shape.</summary>
internal static class ShapeLayers
{
    public static void AddFlatten(LayerScope scope)
    {
        scope.RequireChannelsLast();
        scope.Chain.Reshape(scope.Layer.Name, [scope.Chain.Size]);
    }

    public static void AddReshape(LayerScope scope)
    {
        JsonElement setting = scope.Setting("target_shape") ?? throw scope.Error("names no target_shape.");
        JsonElement list = setting.Member("items") ?? setting;
        int[] shape = list.ValueKind == JsonValueKind.Array && list.GetArrayLength() <= 16
            ? [.. list.EnumerateArray().Select(extent => extent.Integer() ?? 0)]
            : [];
        int open = Array.IndexOf(shape, -1);
        if (open >= 0)
        {
            long others = 1;
            for (int i = 0; i < shape.Length; i++)
                others = i == open || others > int.MaxValue ? others : others * shape[i];
            if (others < 1 || scope.Chain.Size % others != 0)
                throw scope.Error($"makes the shape {setting.Show()} of {scope.Chain.Size} elements.");
            shape[open] = (int)(scope.Chain.Size / others);
        }

        scope.Chain.Reshape(scope.Layer.Name, shape);
    }

    /// <summary>Other places for axes of extent 1 move no element; any other order does.</summary>
    public static void AddPermute(LayerScope scope)
    {
        IReadOnlyList<int> shape = scope.Chain.Shape;
        int[] axes = [.. scope.Integers("dims", shape.Count, []).Select(axis => axis - 1)];
        if (!axes.Order().SequenceEqual(Enumerable.Range(0, shape.Count)))
            throw scope.Error($"names no order of the {shape.Count} axes of its value.");
        int[] extended = [.. axes.Where(axis => shape[axis] > 1)];
        if (!extended.SequenceEqual(extended.Order()))
            throw scope.Error($"gives the axes of a value of shape [{string.Join(", ", shape)}] the order {scope.Setting("dims")!.Value.Show()}, which moves elements; only axes of extent 1 can move.");
        scope.Chain.Reshape(scope.Layer.Name, [.. axes.Select(axis => shape[axis])]);
    }
}
