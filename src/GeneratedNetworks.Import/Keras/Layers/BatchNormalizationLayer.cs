namespace GeneratedNetworks.Import.Keras.Layers;

/// <summary>BatchNormalization at inference: y = γ·(x − μ)/√(σ² + ε) + β, a scaling by constants, which a dense layer takes up.</summary>
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
        double[] scale = new double[channels];
        double[] shift = new double[channels];
        for (int i = 0; i < channels; i++)
        {
            scale[i] = (gamma?[i] ?? 1) / Math.Sqrt(variance[i] + epsilon);
            shift[i] = (beta?[i] ?? 0) - (mean[i] * scale[i]);
        }

        scope.Chain.Scale(scope.Layer.Name, scale, shift);

        double[] Read(string variable) => scope.Weights.Read(scope.Layer, variable, index++, [channels]);
    }
}
