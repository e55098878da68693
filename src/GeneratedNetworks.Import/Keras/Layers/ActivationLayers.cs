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
        if (threshold != 0 || !(slope >= 0) || !(most > 0))
        {
            throw scope.Error(
                $"has the slope {slope}, the threshold {threshold} and the maximum {most}; supported are slopes from 0 on, no threshold, and maxima above 0.");
        }

        if (slope == 0 && double.IsFinite(most))
        {
            if (most == 6)
                KerasActivations.Add(scope, Activation.Relu6);
            else
                scope.Chain.Clip(scope.Layer.Name, 0, most);
            return;
        }

        AddSlope(scope, slope);
        scope.Chain.Clip(scope.Layer.Name, double.NegativeInfinity, most);
    }

    public static void AddLeakyRelu(LayerScope scope)
    {
        // Keras 3 renamed the setting and changed nothing else.
        const double KerasDefault = 0.3;
        AddSlope(scope, scope.Number("negative_slope", scope.Number("alpha", KerasDefault)));
    }

    /// <summary>y = x, or slope·x below 0.</summary>
    public static void AddSlope(LayerScope scope, double slope)
    {
        if (slope == 0)
        {
            KerasActivations.Add(scope, Activation.Relu);
        }
        else if ((float)slope == LeakyReluSlope)
        {
            KerasActivations.Add(scope, Activation.LeakyRelu);
        }
        else
        {
            scope.Chain.PRelu(scope.Layer.Name, [slope]);
            scope.Chain.Note($"{scope.Use.Layer.Describe()} has the slope {slope} below 0, a setting; here it is a number of PRelu, which training changes.");
        }
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
