using System.Text.Json;

namespace GeneratedNetworks.Import.Keras.Layers;

/// <summary>Zeros around a signal or an image: one number for all sides, one for each axis, or a pair for each.</summary>
internal static class ZeroPaddingLayers
{
    public static void Add(LayerScope scope, int axes)
    {
        scope.RequirePositions(axes);
        int[] pads = [.. Enumerable.Repeat(1, 2 * axes)];
        if (scope.Setting("padding") is { } setting)
            pads = (axes == 1 ? Pair(setting) : Pairs(setting)) ?? throw scope.Error($"has padding = {setting.Show()}; numbers of zeros, before and behind, are expected.");
        scope.Chain.Pad(scope.Layer.Name, [.. pads[..axes], 0, .. pads[axes..], 0]);
    }

    /// <summary>Before and behind.</summary>
    private static int[]? Pair(JsonElement setting)
    {
        if (setting.Integer() is int both)
            return both >= 0 ? [both, both] : null;
        JsonElement list = setting.Member("items") ?? setting;
        return list.ValueKind == JsonValueKind.Array && list.GetArrayLength() == 2 && list[0].Integer() is int before and >= 0 && list[1].Integer() is int behind and >= 0
            ? [before, behind]
            : null;
    }

    /// <summary>Before both axes, then behind both.</summary>
    private static int[]? Pairs(JsonElement setting)
    {
        JsonElement list = setting.Member("items") ?? setting;
        bool isList = list.ValueKind == JsonValueKind.Array && list.GetArrayLength() == 2;
        return Pair(isList ? list[0] : setting) is { } rows && Pair(isList ? list[1] : setting) is { } columns ? [rows[0], columns[0], rows[1], columns[1]] : null;
    }
}
