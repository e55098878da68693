namespace GeneratedNetworks.Import.Keras.Layers;

/// <summary>Pools. A mean is one of the elements inside of the value, as here.</summary>
internal static class PoolLayers
{
    public static void Add(LayerScope scope, int axes, bool isMax) =>
        scope.Chain.Pool(scope.Layer.Name, isMax, Windows.Read(scope, axes, "pool_size", 2, isPool: true));

    public static void AddGlobal(LayerScope scope, int axes, bool isMax)
    {
        scope.RequirePositions(axes);
        int channels = scope.Chain.Shape[^1];
        scope.Chain.GlobalPool(scope.Layer.Name, isMax);
        if (scope.Flag("keepdims", false))
            scope.Chain.Reshape(scope.Layer.Name, [.. Enumerable.Repeat(1, axes), channels]);
    }
}
