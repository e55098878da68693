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
}
