namespace GeneratedNetworks.Import.Keras.Layers;

/// <summary>Activations that are layers, where their settings make one of ours.</summary>
internal static class ActivationLayers
{
    /// <summary>The slope of <see cref="Activation.LeakyRelu"/>; a file may hold it rounded to 32 bits.</summary>
    private const float LeakyReluSlope = 0.01f;

    public static void AddRelu(LayerScope scope)
    {
        double slope = scope.Number("negative_slope", 0);
        double threshold = scope.Number("threshold", 0);
        double most = scope.Number("max_value", double.PositiveInfinity);
        Activation function = (slope, threshold, most) switch
        {
            (0, 0, double.PositiveInfinity) => Activation.Relu,
            (0, 0, 6) => Activation.Relu6,
            (_, 0, double.PositiveInfinity) when (float)slope == LeakyReluSlope => Activation.LeakyRelu,
            _ => throw scope.Error(
                $"has the slope {slope}, the threshold {threshold} and the maximum {most}; supported are the slopes 0 and {LeakyReluSlope}, no "
                + "threshold, and 6 or none as the maximum of slope 0."),
        };
        KerasActivations.Add(scope, function);
    }

    public static void AddLeakyRelu(LayerScope scope)
    {
        // Keras 3 renamed the setting and changed nothing else.
        const double KerasDefault = 0.3;
        double slope = scope.Number("negative_slope", scope.Number("alpha", KerasDefault));
        if ((float)slope != LeakyReluSlope)
            throw scope.Error($"has the slope {slope}, and {LeakyReluSlope} is supported.");
        KerasActivations.Add(scope, Activation.LeakyRelu);
    }

    public static void AddElu(LayerScope scope)
    {
        double alpha = scope.Number("alpha", 1);
        if (alpha != 1)
            throw scope.Error($"has alpha = {alpha}, and 1 is supported.");
        KerasActivations.Add(scope, Activation.Elu);
    }

    public static void AddSoftmax(LayerScope scope)
    {
        scope.RequireLastAxis("axis");
        KerasActivations.Add(scope, Activation.Softmax);
    }
}
