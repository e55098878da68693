namespace GeneratedNetworks.Import.Reading.Functions;

/// <summary>Operations of two values, element by element.</summary>
internal static class Elementwise
{
    /// <summary>f of both, repeated along axes of extent 1.</summary>
    public static Tensor Apply(OperationScope scope, Tensor left, Tensor right, Func<double, double, double> function)
    {
        int[] shape = Extents.Broadcast(left.Shape, right.Shape)
            ?? throw scope.Error($"values of the shapes {left.ShapeText} and {right.ShapeText} do not fit each other");
        long count = Extents.Count(shape);
        double[] result = scope.Allocate(count);
        ElementType type = left.Type == ElementType.Real ? right.Type == ElementType.Truth ? left.Type : right.Type : left.Type;
        if (left.Type == ElementType.Real || right.Type == ElementType.Real)
            type = ElementType.Real;
        if (left.Count == count && right.Count == count)
        {
            for (int i = 0; i < result.Length; i++)
                result[i] = function(left.Elements[i], right.Elements[i]);
            return new Tensor(type, shape, result);
        }

        scope.TakeElements(2 * count);
        int[] fromLeft = Extents.Places(shape, Extents.BroadcastStrides(left.Shape, shape));
        int[] fromRight = Extents.Places(shape, Extents.BroadcastStrides(right.Shape, shape));
        for (int i = 0; i < result.Length; i++)
            result[i] = function(left.Elements[fromLeft[i]], right.Elements[fromRight[i]]);
        return new Tensor(type, shape, result);
    }

    public static Tensor Repeat(OperationScope scope, Tensor value, int[] shape)
    {
        scope.TakeElements(2 * Extents.Count(shape));
        int[] places = Extents.Places(shape, Extents.BroadcastStrides(value.Shape, shape));
        return new Tensor(value.Type, shape, Array.ConvertAll(places, place => value.Elements[place]));
    }
}
