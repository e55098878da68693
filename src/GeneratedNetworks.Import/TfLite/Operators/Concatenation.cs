namespace GeneratedNetworks.Import.TfLite.Operators;

/// <summary>CONCATENATION along any axis but the batch.</summary>
internal static class Concatenation
{
    private const int OptionsKind = 10;

    public static void Add(OperatorScope scope)
    {
        FlatTable? options = scope.Options(OptionsKind);
        IReadOnlyList<LayerChain> values = scope.RequireValues();
        IReadOnlyList<int> first = values[0].Shape;
        int named = options?.Int(0) ?? 0;
        int axis = named < 0 ? named + first.Count : named - 1;
        if (axis < 0 || axis >= first.Count)
            throw scope.Error($"joins samples of shape [{string.Join(", ", first)}] along axis {named}; an axis behind the batch is expected.");
        if (values.FirstOrDefault(value => value.Shape.Count != first.Count || !Others(value.Shape, axis).SequenceEqual(Others(first, axis))) is { } other)
            throw scope.Error($"joins samples of the shapes [{string.Join(", ", first)}] and [{string.Join(", ", other.Shape)}] along axis {named}.");
        if (values.Count > 1)
            scope.Chain = Along(scope, values, axis);
        scope.Activate(options, 1);
    }

    /// <summary>What follows the axis belongs to each of its elements, so that it is one axis with it while they are joined.</summary>
    private static LayerChain Along(OperatorScope scope, IReadOnlyList<LayerChain> values, int axis)
    {
        IReadOnlyList<int> first = values[0].Shape;
        if (axis == first.Count - 1)
            return LayerChain.Join(JoinKind.Concat, scope.LayerName, values);
        int[] shape = [.. first];
        shape[axis] = (int)Math.Min(values.Sum(value => (long)value.Shape[axis]), int.MaxValue);
        foreach (LayerChain value in values)
            value.Reshape(null, [.. first.Take(axis), value.Shape.Skip(axis).Aggregate(1, (product, extent) => product * extent)]);
        LayerChain joined = LayerChain.Join(JoinKind.Concat, scope.LayerName, values);
        joined.Reshape(null, shape);
        return joined;
    }

    private static IEnumerable<int> Others(IReadOnlyList<int> shape, int axis) => shape.Where((_, i) => i != axis);
}
