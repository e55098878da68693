namespace GeneratedNetworks.Import.TfLite.Operators;

/// <summary>FULLY_CONNECTED: y = x·Wᵀ + b with W [out, in]; of all elements of a sample or, where it keeps the axes, of the last axis alone.</summary>
internal static class FullyConnected
{
    private const int OptionsKind = 8;

    public static void Add(OperatorScope scope)
    {
        scope.RequireValueFirst();
        FlatTable? options = scope.Options(OptionsKind);
        if (options?.Byte(1) is > 0 or < 0)
            throw scope.Error("keeps its weights shuffled for one processor; convert the model with weights in their default order.");
        TfTensor weight = scope.RequireConstant(1, "weights");
        if (weight.Shape.Length != 2)
            throw scope.Error($"has weights of shape {weight.DescribeShape()}; [out, in] is expected.");
        (int units, int inputs) = (weight.Shape[0], weight.Shape[1]);
        LayerChain chain = scope.Chain;
        bool keepsAxes = options?.Bool(2) ?? false;
        if (inputs != (keepsAxes ? chain.Shape[^1] : chain.Size))
        {
            throw scope.Error(
                $"has weights for {inputs} inputs, and what it reads has the shape [{string.Join(", ", chain.Shape)}]; "
                + (keepsAxes ? "the last axis is to be its inputs." : "all elements of a sample are to be its inputs."));
        }

        double[] values = scope.Weights(weight, 1);
        double[] transposed = new double[values.Length];
        for (int o = 0; o < units; o++)
        {
            for (int i = 0; i < inputs; i++)
                transposed[(i * units) + o] = values[(o * inputs) + i];
        }

        int[] leading = keepsAxes ? [.. chain.Shape.SkipLast(1)] : [];
        chain.Dense(scope.LayerName, transposed, scope.Bias(2, units), units, scope.Origin(weight), perStep: inputs != chain.Size);
        scope.Activate(options);
        chain.Reshape(null, [.. leading, units]);
    }
}
