namespace GeneratedNetworks.Import.Keras.Layers;

/// <summary>How a layer of one class becomes part of the chain.</summary>
/// <param name="Class">Its class in Keras.</param>
/// <param name="Add">Adds it, or throws <see cref="ModelFileException"/> where it is no case that can be expressed.</param>
/// <param name="IsActivation">Whether it may stand for an activation.</param>
internal sealed record LayerRule(string Class, Action<LayerScope> Add, bool IsActivation = false);

/// <summary>Every supported class of layers, one line each.</summary>
internal static class LayerTable
{
    private static readonly LayerRule[] Rules =
    [
        new("Activation", scope => KerasActivations.Add(scope, scope.Setting("activation"))),
        new("BatchNormalization", BatchNormalizationLayer.Add),
        new("Dense", DenseLayer.Add),
        new("Dropout", scope => scope.Chain.Dropout(scope.Layer.Name, scope.Number("rate", 0))),
        new("ELU", ActivationLayers.AddElu, IsActivation: true),
        new("Flatten", ShapeLayers.AddFlatten),
        new("LeakyReLU", ActivationLayers.AddLeakyRelu, IsActivation: true),
        new("Normalization", NormalizationLayer.Add),
        new("ReLU", ActivationLayers.AddRelu, IsActivation: true),
        new("Rescaling", RescalingLayer.Add),
        new("Reshape", ShapeLayers.AddReshape),
        new("Softmax", ActivationLayers.AddSoftmax, IsActivation: true),
    ];

    public static string Supported { get; } = string.Join(", ", Rules.Select(rule => rule.Class).Append("InputLayer").Order(StringComparer.Ordinal));

    public static LayerRule Find(ModelSource source, KerasLayer layer) =>
        Array.Find(Rules, rule => rule.Class == layer.Class)
            ?? throw source.Error($"{layer.Describe()} is not supported; supported are {Supported}.");
}
