namespace GeneratedNetworks.Import.Keras.Layers;

/// <summary>Dense: y = f(x·W + b) with W [in, out], as here.</summary>
internal static class DenseLayer
{
    public static void Add(LayerScope scope)
    {
        LayerChain chain = scope.Chain;
        int units = scope.Integer("units", 0);
        if (units < 1)
            throw scope.Error($"has {units} units.");
        if (chain.Shape[^1] != chain.Size)
        {
            throw scope.Error(
                $"works on the last axis of a value of shape [{string.Join(", ", chain.Shape)}]; all elements of a sample are to be its inputs: put "
                + "a Flatten before it.");
        }

        int[] shape = [.. chain.Shape.SkipLast(1), units];
        double[] kernel = scope.Weights.Read(scope.Layer, "kernel", 0, [chain.Size, units]);
        double[]? bias = scope.Flag("use_bias", true) ? scope.Weights.Read(scope.Layer, "bias", 1, [units]) : null;
        chain.Dense(scope.Layer.Name, kernel, bias, units);
        chain.Reshape(scope.Layer.Name, shape);
        KerasActivations.Add(scope, scope.Setting("activation"));
    }
}
