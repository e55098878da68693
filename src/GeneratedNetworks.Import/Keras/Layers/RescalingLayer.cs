namespace GeneratedNetworks.Import.Keras.Layers;

/// <summary>Rescaling: y = x·scale + offset, by numbers of the configuration.</summary>
internal static class RescalingLayer
{
    public static void Add(LayerScope scope) => scope.Chain.Scale(scope.Layer.Name, scope.Number("scale", 1), scope.Number("offset", 0));
}
