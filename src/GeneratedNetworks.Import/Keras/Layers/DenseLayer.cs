namespace GeneratedNetworks.Import.Keras.Layers;

/// <summary>Dense: y = f(x·W + b) over the last axis, with W [in, out], as here.</summary>
internal static class DenseLayer
{
    public static void Add(LayerScope scope)
    {
        LayerChain chain = scope.Chain;
        int units = scope.Count("units");
        int inputs = chain.Shape[^1];
        int[] shape = [.. chain.Shape.SkipLast(1), units];
        double[] kernel = scope.Read("kernel", 0, [inputs, units]);
        double[]? bias = ConvolutionLayers.Bias(scope, 1, units);

        // Axes that are only there make no steps.
        chain.Dense(scope.Layer.Name, kernel, bias, units, scope.Origin("kernel"), perStep: inputs != chain.Size);
        chain.Reshape(scope.Layer.Name, shape);
        KerasActivations.Add(scope, scope.Setting("activation"));
    }
}
