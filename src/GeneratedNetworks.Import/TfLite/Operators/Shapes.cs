namespace GeneratedNetworks.Import.TfLite.Operators;

/// <summary>RESHAPE to a shape that keeps the batch as its first axis.</summary>
internal static class Reshape
{
    private const int OptionsKind = 17;

    public static void Add(OperatorScope scope)
    {
        scope.RequireValueFirst();
        int[] shape = Wanted(scope);
        int size = scope.Chain.Size;
        int batch = scope.Input(0)!.Shape is { Length: > 0 } read ? read[0] : 1;
        int open = Array.FindIndex(shape, extent => extent == -1);
        long known = shape.Aggregate(1L, (product, extent) => extent == -1 || Math.Abs(product) > int.MaxValue ? product : product * extent);
        string described = $"[{string.Join(", ", shape)}]";
        if (shape.Length < 2 || (shape[0] != -1 && shape[0] != batch) || Array.FindLastIndex(shape, extent => extent == -1) != open)
            throw scope.Error($"makes the shape {described} of a batch of {batch}; its first axis should stay the batch, and others follow.");
        if (open > 0)
        {
            // One extent is what is left over.
            long others = known / Math.Max(batch, 1);
            if (others < 1 || size % others != 0)
                throw scope.Error($"makes the shape {described} of samples of {size} elements.");
            shape[open] = (int)(size / others);
        }

        scope.Chain.Reshape(scope.LayerName, shape[1..]);
    }

    private static int[] Wanted(OperatorScope scope)
    {
        if (scope.Input(1) is not null)
            return scope.RequireIntegers(1, "extents");
        FlatVector shape = scope.Options(OptionsKind)?.Vector(0, sizeof(int)) ?? throw scope.Error("names no shape.");
        scope.Constants.Take(shape.Count, $"the shape of '{scope.Output.Name}'");
        return [.. Enumerable.Range(0, shape.Count).Select(shape.Int)];
    }
}

/// <summary>SQUEEZE: takes axes of extent 1 away.</summary>
internal static class Squeeze
{
    private const int OptionsKind = 30;

    public static void Add(OperatorScope scope)
    {
        IReadOnlyList<int> shape = scope.Chain.Shape;
        FlatVector? named = scope.Options(OptionsKind)?.Vector(0, sizeof(int));
        int rank = shape.Count + 1;
        HashSet<int> axes = [];
        for (int i = 0; i < named?.Count && i < 2 * rank; i++)
            axes.Add(named.Value.Int(i) is int axis && axis < 0 ? axis + rank : axis);
        if (axes.Count == 0 || axes.Any(axis => axis < 1 || axis >= rank || shape[axis - 1] != 1))
        {
            throw scope.Error(
                $"should name axes of extent 1 behind the batch; it names [{string.Join(", ", axes)}] for samples of shape "
                + $"[{string.Join(", ", shape)}].");
        }

        scope.Chain.Reshape(scope.LayerName, [.. shape.Where((_, i) => !axes.Contains(i + 1))]);
    }
}

/// <summary>EXPAND_DIMS: puts an axis of extent 1 in.</summary>
internal static class ExpandDims
{
    public static void Add(OperatorScope scope)
    {
        scope.RequireValueFirst();
        List<int> shape = [.. scope.Chain.Shape];
        int[] axes = scope.Constants.Integers(scope.RequireConstant(1, "axes"));
        int rank = shape.Count + 1;
        int axis = axes.Length == 1 ? axes[0] < 0 ? axes[0] + rank + 1 : axes[0] : -1;
        if (axis < 1 || axis > rank)
            throw scope.Error(
                $"should name one axis behind the batch; it names [{string.Join(", ", axes.Take(8))}] for samples of shape "
                + $"[{string.Join(", ", shape)}].");
        shape.Insert(axis - 1, 1);
        scope.Chain.Reshape(scope.LayerName, shape);
    }
}

/// <summary>TRANSPOSE, where all that moves are axes of extent 1, so that no element does.</summary>
internal static class Transpose
{
    public static void Add(OperatorScope scope)
    {
        scope.RequireValueFirst();
        IReadOnlyList<int> shape = scope.Chain.Shape;
        int[] order = scope.Constants.Integers(scope.RequireConstant(1, "axes"));
        if (!order.Order().SequenceEqual(Enumerable.Range(0, shape.Count + 1)) || order[0] != 0)
            throw scope.Error($"orders the axes as [{string.Join(", ", order.Take(8))}] for samples of shape [{string.Join(", ", shape)}]; the batch should stay the first of them.");
        int[] moved = [.. order.Skip(1).Where(axis => shape[axis - 1] != 1)];
        if (!moved.SequenceEqual(moved.Order()))
        {
            throw scope.Error(
                $"turns samples of shape [{string.Join(", ", shape)}] into [{string.Join(", ", order.Skip(1).Select(axis => shape[axis - 1]))}], which moves their elements; only axes of extent 1 may move.");
        }

        scope.Chain.Reshape(scope.LayerName, [.. order.Skip(1).Select(axis => shape[axis - 1])]);
    }
}
