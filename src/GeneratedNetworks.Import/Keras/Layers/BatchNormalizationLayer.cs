namespace GeneratedNetworks.Import.Keras.Layers;

/// <summary>BatchNormalization: y = γ·(x − μ)/√(σ² + ε) + β, with the statistics of a batch in training and with moving ones otherwise.</summary>
internal static class BatchNormalizationLayer
{
    private const double DefaultEpsilon = 1e-3;
    private const double DefaultMomentum = 0.99;

    // Axes of an image behind the batch.
    private const int ImageAxes = 3;

    public static void Add(LayerScope scope)
    {
        scope.RequireLastAxis("axis");
        int channels = scope.Chain.Shape[^1];
        double epsilon = scope.Number("epsilon", DefaultEpsilon);
        if (!(epsilon > 0))
            throw scope.Error($"has epsilon = {epsilon}; a positive number is expected.");
        double momentum = scope.Number("momentum", DefaultMomentum);
        if (!(momentum >= 0 && momentum < 1))
            throw scope.Error($"has momentum = {momentum}; the share that a step keeps is at least 0 and less than 1.");
        int index = 0;
        double[]? gamma = scope.Flag("scale", true) ? Read("gamma") : null;
        double[]? beta = scope.Flag("center", true) ? Read("beta") : null;
        double[] mean = Read("moving_mean");
        double[] variance = Read("moving_variance");

        // A layer that is frozen, or told so where it computes, takes its moving statistics in training too.
        bool frozen = !scope.Flag("trainable", true) || scope.Use.Training == false;

        // TensorFlow's fused operation, which Keras 2 took for images, keeps n/(n − 1) of a batch's variance.
        bool unbiased = scope.Version < 3 && scope.Chain.Shape.Count == ImageAxes;
        scope.Chain.BatchNorm(scope.Layer.Name, gamma, beta, mean, variance, epsilon, momentum, unbiased, frozen);

        double[] Read(string variable) => scope.Read(variable, index++, [channels]);
    }
}
