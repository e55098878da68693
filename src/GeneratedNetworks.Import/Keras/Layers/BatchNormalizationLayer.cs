namespace GeneratedNetworks.Import.Keras.Layers;

/// <summary>BatchNormalization at inference: y = γ·(x − μ)/√(σ² + ε) + β, a scaling by constants. Training would take them from its batches.</summary>
internal static class BatchNormalizationLayer
{
    private const double DefaultEpsilon = 1e-3;

    public static void Add(LayerScope scope)
    {
        scope.RequireLastAxis("axis");
        int channels = scope.Chain.Shape[^1];
        int index = 0;
        double[]? gamma = scope.Flag("scale", true) ? Read("gamma") : null;
        double[]? beta = scope.Flag("center", true) ? Read("beta") : null;
        double[] mean = Read("moving_mean");
        double[] variance = Read("moving_variance");
        double epsilon = scope.Number("epsilon", DefaultEpsilon);
        double[] deviation = [.. variance.Select(value => Math.Sqrt(value + epsilon))];
        double[] scale = gamma ?? [.. Enumerable.Repeat(1.0, channels)];
        double[] shift = [.. Enumerable.Range(0, channels).Select(i => (beta?[i] ?? 0) - (mean[i] * scale[i] / deviation[i]))];
        scope.Chain.Scale(scope.Layer.Name, scale, shift, deviation);
        scope.Chain.MarkInferenceOnly($"{scope.Layer.Describe()} takes its statistics from each batch in training, and here they are constants");

        double[] Read(string variable) => scope.Weights.Read(scope.Layer, variable, index++, [channels]);
    }
}
