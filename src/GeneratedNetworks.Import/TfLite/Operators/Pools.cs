namespace GeneratedNetworks.Import.TfLite.Operators;

/// <summary>MAX_POOL_2D and AVERAGE_POOL_2D, and the mean or the greatest over whole axes.</summary>
internal static class Pools
{
    private const int PoolOptions = 5;
    private const int ReducerOptions = 27;

    /// <summary>A mean is over the elements inside of the value.</summary>
    public static void Add(OperatorScope scope, bool isMax)
    {
        FlatTable options = scope.RequireOptions(PoolOptions);
        if (scope.Chain.Shape.Count != 3)
            throw scope.Error($"reads samples of shape [{string.Join(", ", scope.Chain.Shape)}]; [height, width, channels] is expected.");
        scope.Chain.Pool(scope.LayerName, isMax, Windows.Of(scope, options, [options.Int(4), options.Int(3)]));
        scope.Activate(options, 5);
    }

    /// <summary>MEAN and REDUCE_MAX over axes other than the batch and the channels.</summary>
    public static void AddReduction(OperatorScope scope, bool isMax)
    {
        scope.RequireValueFirst();
        IReadOnlyList<int> shape = scope.Chain.Shape;
        int[] named = scope.Constants.Integers(scope.RequireConstant(1, "axes"));
        HashSet<int> axes = [.. named.Select(axis => axis < 0 ? axis + shape.Count : axis - 1)];
        if (axes.Count == 0 || axes.Any(axis => axis < 0 || axis >= shape.Count) || (axes.Contains(shape.Count - 1) && shape[^1] != 1))
        {
            throw scope.Error(
                $"runs over the axes [{string.Join(", ", named.Take(8))}] of samples of shape [{string.Join(", ", shape)}]; axes between the batch and the channels are supported.");
        }

        bool keepsAxes = scope.Options(ReducerOptions)?.Bool(0) ?? false;
        int[] left = keepsAxes ? [.. shape.Select((extent, axis) => axes.Contains(axis) ? 1 : extent)] : [.. shape.Where((_, axis) => !axes.Contains(axis))];
        if (left.Length == 0)
            throw scope.Error($"leaves no axis but the batch of samples of shape [{string.Join(", ", shape)}].");
        Reduce(scope, isMax, axes);
        scope.Chain.Reshape(scope.LayerName, left);
    }

    private static void Reduce(OperatorScope scope, bool isMax, HashSet<int> axes)
    {
        IReadOnlyList<int> shape = scope.Chain.Shape;
        int[] places = [.. shape.SkipLast(1)];
        if (axes.All(axis => shape[axis] == 1))
            return;
        if (Enumerable.Range(0, places.Length).All(axis => axes.Contains(axis) || places[axis] == 1))
        {
            // The order of the axes does not matter, nor how many they are.
            scope.Chain.Reshape(null, [places.Aggregate(1, (product, extent) => product * extent), shape[^1]]);
            scope.Chain.GlobalPool(scope.LayerName, isMax);
            return;
        }

        if (places.Length != 2)
            throw scope.Error($"leaves some of the axes of samples of shape [{string.Join(", ", shape)}]; that is supported for [height, width, channels].");
        scope.Chain.Pool(scope.LayerName, isMax, WindowShape.Of([.. places.Select((extent, axis) => axes.Contains(axis) ? extent : 1)]) with
        {
            Strides = [.. places.Select((extent, axis) => axes.Contains(axis) ? extent : 1)],
        });
    }
}
