namespace GeneratedNetworks.Import.TfLite.Operators;

/// <summary>FULLY_CONNECTED: y = x·Wᵀ + b with W [out, in].</summary>
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
        if (inputs != chain.Size || (keepsAxes && inputs != chain.Shape[^1]))
        {
            throw scope.Error(
                $"has weights for {inputs} inputs, and what it reads has the shape [{string.Join(", ", chain.Shape)}]; all elements of a sample are "
                + "to be its inputs.");
        }

        double[] values = scope.Constants.Numbers(weight);
        double[] transposed = new double[values.Length];
        for (int o = 0; o < units; o++)
        {
            for (int i = 0; i < inputs; i++)
                transposed[(i * units) + o] = values[(o * inputs) + i];
        }

        chain.Dense(scope.LayerName, transposed, Bias(scope, units), units, scope.Origin(weight));
        scope.Activate(options);
    }

    private static double[]? Bias(OperatorScope scope, int units)
    {
        if (scope.Input(2) is null)
            return null;
        TfTensor bias = scope.RequireConstant(2, "biases");
        return bias.Count == units
            ? scope.Constants.Numbers(bias)
            : throw scope.Error($"has biases of shape {bias.DescribeShape()} for {units} outputs.");
    }
}
