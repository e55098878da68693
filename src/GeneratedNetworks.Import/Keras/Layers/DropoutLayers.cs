namespace GeneratedNetworks.Import.Keras.Layers;

/// <summary>Layers that change values in training alone.</summary>
internal static class DropoutLayers
{
    public static void Add(LayerScope scope)
    {
        if (scope.Setting("noise_shape") is null)
            scope.Chain.Dropout(scope.Layer.Name, scope.Number("rate", 0));
        else
            AddOther(scope);
    }

    /// <summary>Whole channels that are dropped, or noise.</summary>
    public static void AddOther(LayerScope scope) =>
        scope.Chain.Note($"{scope.Layer.Describe()} changes values in training alone, as no layer here does; it is left out.");
}
