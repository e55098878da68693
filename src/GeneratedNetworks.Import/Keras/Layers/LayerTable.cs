namespace GeneratedNetworks.Import.Keras.Layers;

/// <summary>How a layer of one class becomes part of the graph.</summary>
/// <param name="Class">Its class in Keras.</param>
/// <param name="Add">Adds it, or throws <see cref="ModelFileException"/> where it is no case that can be expressed.</param>
/// <param name="IsActivation">Whether it may stand for an activation.</param>
/// <param name="IsJoin">Whether it reads several values.</param>
/// <param name="HasNumbers">Whether it has numbers that change in training and are no weights.</param>
internal sealed record LayerRule(string Class, Action<LayerScope> Add, bool IsActivation = false, bool IsJoin = false, bool HasNumbers = false);

/// <summary>Every supported class of layers, one line each.</summary>
internal static class LayerTable
{
    private static readonly LayerRule[] Rules =
    [
        new("Activation", scope => KerasActivations.Add(scope, scope.Setting("activation"))),
        new("Add", scope => JoinLayers.Add(scope, JoinKind.Add), IsJoin: true),
        new("AlphaDropout", DropoutLayers.AddOther),
        new("Average", JoinLayers.AddAverage, IsJoin: true),
        new("AveragePooling1D", scope => PoolLayers.Add(scope, 1, isMax: false)),
        new("AveragePooling2D", scope => PoolLayers.Add(scope, 2, isMax: false)),
        new("BatchNormalization", BatchNormalizationLayer.Add, HasNumbers: true),
        new("Concatenate", JoinLayers.AddConcatenation, IsJoin: true),
        new("Conv1D", scope => ConvolutionLayers.AddFull(scope, 1)),
        new("Conv1DTranspose", scope => TransposedLayers.Add(scope, 1)),
        new("Conv2D", scope => ConvolutionLayers.AddFull(scope, 2)),
        new("Conv2DTranspose", scope => TransposedLayers.Add(scope, 2)),
        new("Dense", DenseLayer.Add),
        new("DepthwiseConv1D", scope => ConvolutionLayers.AddDepthwise(scope, 1)),
        new("DepthwiseConv2D", scope => ConvolutionLayers.AddDepthwise(scope, 2)),
        new("Dropout", DropoutLayers.Add),
        new("ELU", ActivationLayers.AddElu, IsActivation: true),
        new("Embedding", EmbeddingLayer.Add),
        new("Flatten", ShapeLayers.AddFlatten),
        new("GRU", RecurrentLayers.AddGru),
        new("GaussianDropout", DropoutLayers.AddOther),
        new("GaussianNoise", DropoutLayers.AddOther),
        new("GlobalAveragePooling1D", scope => PoolLayers.AddGlobal(scope, 1, isMax: false)),
        new("GlobalAveragePooling2D", scope => PoolLayers.AddGlobal(scope, 2, isMax: false)),
        new("GlobalMaxPooling1D", scope => PoolLayers.AddGlobal(scope, 1, isMax: true)),
        new("GlobalMaxPooling2D", scope => PoolLayers.AddGlobal(scope, 2, isMax: true)),
        new("LSTM", RecurrentLayers.AddLstm),
        new("LayerNormalization", LayerNormalizationLayer.Add, HasNumbers: true),
        new("LeakyReLU", ActivationLayers.AddLeakyRelu, IsActivation: true),
        new("MaxPooling1D", scope => PoolLayers.Add(scope, 1, isMax: true)),
        new("MaxPooling2D", scope => PoolLayers.Add(scope, 2, isMax: true)),
        new("Multiply", scope => JoinLayers.Add(scope, JoinKind.Multiply), IsJoin: true),
        new("Normalization", NormalizationLayer.Add),
        new("PReLU", PReluLayer.Add, HasNumbers: true),
        new("Permute", ShapeLayers.AddPermute),
        new("ReLU", ActivationLayers.AddRelu, IsActivation: true),
        new("Rescaling", RescalingLayer.Add),
        new("Reshape", ShapeLayers.AddReshape),
        new("SeparableConv1D", scope => ConvolutionLayers.AddSeparable(scope, 1)),
        new("SeparableConv2D", scope => ConvolutionLayers.AddSeparable(scope, 2)),
        new("SimpleRNN", RecurrentLayers.AddSimple),
        new("Softmax", ActivationLayers.AddSoftmax, IsActivation: true),
        new("SpatialDropout1D", DropoutLayers.AddOther),
        new("SpatialDropout2D", DropoutLayers.AddOther),
        new("Subtract", JoinLayers.AddDifference, IsJoin: true),
        new("TimeDistributed", TimeDistributedLayer.Add),
        new("ZeroPadding1D", scope => ZeroPaddingLayers.Add(scope, 1)),
        new("ZeroPadding2D", scope => ZeroPaddingLayers.Add(scope, 2)),
    ];

    // Why those of which people may expect it are none of them.
    private static readonly Dictionary<string, string> Reasons = new(StringComparer.Ordinal)
    {
        ["Bidirectional"] = "reads its sequence from both ends, and a layer here goes forward, so that it can run step by step",
        ["Masking"] = "leaves out steps by their values, in all layers behind it; here all steps count, and ForwardLengths takes the lengths of rows",
        ["CuDNNGRU"] = "is a layer of Keras 2.1 and 2.2, whose weights lie otherwise: load the model there into a GRU with reset_after = True and save that",
        ["CuDNNLSTM"] = "is a layer of Keras 2.1 and 2.2, whose biases are two: load the model there into an LSTM and save that",
        ["RNN"] = "is made of cells of its own; GRU, LSTM and SimpleRNN are supported",
    };

    public static string Supported { get; } = string.Join(", ", Rules.Select(rule => rule.Class).Append("InputLayer").Order(StringComparer.Ordinal));

    public static LayerRule Find(ModelSource source, KerasLayer layer) =>
        Array.Find(Rules, rule => rule.Class == layer.Class)
            ?? throw source.Error(Reasons.TryGetValue(layer.Class, out string? reason)
                ? $"{layer.Describe()} {reason}."
                : $"{layer.Describe()} is not supported; supported are {Supported}.");

    /// <summary>Whether a layer has numbers that are no weights and that training changes.</summary>
    public static bool HasNumbers(KerasLayer layer) => Array.Exists(Rules, rule => rule.Class == layer.Class && rule.HasNumbers);

    /// <summary>Adds what a layer computes in one place, and returns the value that it gives.</summary>
    public static LayerChain Apply(ModelSource source, LayerUse use, IReadOnlyList<LayerChain> values, IKerasWeights weights, int version)
    {
        LayerRule rule = Find(source, use.Layer);
        if (values.Count == 0 || (values.Count > 1 && !rule.IsJoin))
        {
            string[] names = [.. use.Reads.Take(3).Select(read => $"'{read.Value}'")];
            throw source.Error($"{use.Layer.Describe()} reads {values.Count} values{(names.Length > 0 ? $" ({string.Join(", ", names)})" : "")}; one is supported.");
        }

        if (use.Training == true)
            throw source.Error($"{use.Layer.Describe()} is told to compute as in training, always; here that ends with the training.");
        LayerScope scope = new(source, use, values, weights, version) { Chain = values[0].Branch() };
        rule.Add(scope);
        return scope.Chain;
    }
}
