namespace GeneratedNetworks.Import.Keras.Layers;

/// <summary>Layers of several values: sums, products, differences and means of equal shapes, and one beside the other.</summary>
internal static class JoinLayers
{
    public static void Add(LayerScope scope, JoinKind kind) => Join(scope, kind, scope.Values);

    /// <summary>Of two: the second is multiplied by −1, exactly.</summary>
    public static void AddDifference(LayerScope scope)
    {
        if (scope.Values.Count != 2)
            throw scope.Error($"reads {scope.Values.Count} values; a difference is one of two.");
        LayerChain second = scope.Values[1].Branch();
        second.Scale($"{scope.Layer.Name}_negative", -1, 0);
        Join(scope, JoinKind.Add, [scope.Values[0], second]);
    }

    /// <summary>A sum that is divided by how many there are.</summary>
    public static void AddAverage(LayerScope scope)
    {
        int count = scope.Values.Count;
        Join(scope, JoinKind.Add, scope.Values);
        if (count > 1)
            scope.Chain.Scale(scope.Layer.Name, [1], [0], [count]);
    }

    /// <summary>Along the last axis. Behind axes of extent 1, another is the last one of what lies flat.</summary>
    public static void AddConcatenation(LayerScope scope)
    {
        IReadOnlyList<int> shape = scope.Chain.Shape;
        int setting = scope.Integer("axis", -1);
        int axis = setting < 0 ? setting + shape.Count : setting - 1;
        if (axis == shape.Count - 1)
        {
            Join(scope, JoinKind.Concat, scope.Values);
            return;
        }

        bool lieAlike = axis >= 0 && axis < shape.Count && scope.Values.All(value =>
            value.Shape.Count == shape.Count && value.Shape.Take(axis).All(extent => extent == 1) && value.Shape.Skip(axis + 1).SequenceEqual(shape.Skip(axis + 1)));
        if (!lieAlike)
        {
            string shapes = string.Join(", ", scope.Values.Take(3).Select(value => $"[{string.Join(", ", value.Shape)}]"));
            throw scope.Error($"joins values of the shapes {shapes} along the axis {setting}, the batch being 0; the last axis is supported, and one behind axes of extent 1.");
        }

        int inner = shape.Skip(axis + 1).Aggregate(1, (product, extent) => product * extent);
        LayerChain[] flat = [.. scope.Values.Select(value => value.Branch())];
        foreach (LayerChain value in flat)
            value.Reshape(null, [value.Size]);
        Join(scope, JoinKind.Concat, flat);
        scope.Chain.Reshape(null, [.. shape.Take(axis), scope.Chain.Size / inner, .. shape.Skip(axis + 1)]);
    }

    private static void Join(LayerScope scope, JoinKind kind, IReadOnlyList<LayerChain> values) =>
        scope.Chain = values.Count == 1 ? values[0].Branch() : LayerChain.Join(kind, scope.Layer.Name, values);
}
