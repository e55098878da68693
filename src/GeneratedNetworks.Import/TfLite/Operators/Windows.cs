namespace GeneratedNetworks.Import.TfLite.Operators;

/// <summary>What options say of a window over [height, width, channels]: padding, strides and dilations stand in the same places for all operators.</summary>
internal static class Windows
{
    /// <param name="scope">The operator.</param>
    /// <param name="options">Its options.</param>
    /// <param name="kernel">Height and width.</param>
    /// <param name="dilations">Where the options have the dilation along the width, then along the height; null: nowhere.</param>
    public static WindowShape Of(OperatorScope scope, FlatTable options, int[] kernel, int? dilations = null)
    {
        int[] spread = dilations is int field ? [options.Int(field + 1, 1), options.Int(field, 1)] : [1, 1];
        if (kernel.Concat(spread).Any(number => number < 1))
            throw scope.Error($"has a window of [{string.Join(", ", kernel)}] with the dilations [{string.Join(", ", spread)}]; all are 1 or more.");
        WindowShape window = WindowShape.Of(kernel, Strides(scope, options), spread);
        return IsSame(scope, options) ? window.Same(scope.Chain.Shape) : window;
    }

    /// <summary>Along the height, then along the width.</summary>
    public static int[] Strides(OperatorScope scope, FlatTable options)
    {
        int[] strides = [options.Int(2), options.Int(1)];
        return Array.TrueForAll(strides, stride => stride > 0) ? strides : throw scope.Error($"has the strides [{string.Join(", ", strides)}]; both are 1 or more.");
    }

    public static bool IsSame(OperatorScope scope, FlatTable options) => options.Byte(0) switch
    {
        0 => true,
        1 => false,
        var other => throw scope.Error($"has padding of number {other}, which the schema does not have."),
    };
}
