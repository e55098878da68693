namespace GeneratedNetworks.Import.Reading.Functions;

/// <summary>Operations that move elements and compute nothing.</summary>
internal static class Shapes
{
    /// <summary>The axis, counted from the front, of one that may be given from the back.</summary>
    public static int Axis(OperationScope scope, long axis, int rank) => axis >= -rank && axis < rank
        ? (int)(axis < 0 ? axis + rank : axis)
        : throw scope.Error($"axis {axis} does not exist in a value of {rank} axes");

    /// <summary>A shape for the elements that are there; one extent of −1 is what is left over.</summary>
    public static Tensor Reshape(OperationScope scope, Tensor value, IReadOnlyList<long> wanted)
    {
        if (wanted.Count > 16 || wanted.Any(extent => extent is < -1 or > int.MaxValue))
            throw scope.Error($"it makes the shape [{string.Join(", ", wanted.Take(16))}]");
        long known = Extents.Count(wanted.Where(extent => extent != -1).Select(extent => (int)extent));
        int open = wanted.Count(extent => extent == -1);
        if (open > 1 || (open == 1 && (known == 0 || value.Count % known != 0)) || (open == 0 && known != value.Count))
            throw scope.Error($"a value of shape {value.ShapeText} cannot take the shape [{string.Join(", ", wanted)}]");
        return value.WithShape([.. wanted.Select(extent => extent == -1 ? (int)(value.Count / known) : (int)extent)]);
    }

    /// <summary>Which old axis each new one is.</summary>
    public static Tensor Transpose(OperationScope scope, Tensor value, IReadOnlyList<int> permutation)
    {
        if (!permutation.Order().SequenceEqual(Enumerable.Range(0, value.Rank)))
            throw scope.Error($"[{string.Join(", ", permutation)}] is no order of the axes of a value of shape {value.ShapeText}");
        scope.TakeElements(2L * value.Count);
        int[] strides = Extents.Strides(value.Shape);
        int[] shape = [.. permutation.Select(axis => value.Shape[axis])];
        int[] places = Extents.Places(shape, [.. permutation.Select(axis => strides[axis])]);
        return new Tensor(value.Type, shape, Array.ConvertAll(places, place => value.Elements[place]));
    }

    public static Tensor Concat(OperationScope scope, IReadOnlyList<Tensor> parts, long along)
    {
        int axis = Axis(scope, along, parts[0].Rank);
        foreach (Tensor part in parts)
        {
            if (part.Rank != parts[0].Rank || part.Shape.Where((extent, i) => i != axis && extent != parts[0].Shape[i]).Any())
                throw scope.Error($"values of the shapes {parts[0].ShapeText} and {part.ShapeText} cannot be joined along axis {axis}");
        }

        int[] shape = [.. parts[0].Shape];
        long extent = parts.Sum(part => (long)part.Shape[axis]);
        scope.TakeElements(parts.Sum(part => (long)part.Count));
        shape[axis] = (int)extent;
        double[] result = new double[(int)Extents.Count(shape)];
        int outer = (int)Extents.Count(shape.Take(axis));
        int inner = (int)Extents.Count(shape.Skip(axis + 1));
        int next = 0;
        for (int i = 0; i < outer; i++)
        {
            foreach (Tensor part in parts)
            {
                int length = part.Shape[axis] * inner;
                part.Elements.AsSpan(i * length, length).CopyTo(result.AsSpan(next));
                next += length;
            }
        }

        return new Tensor(parts[0].Type, shape, result);
    }

    /// <summary>Every step-th element from start on, count of them, along each axis.</summary>
    public static Tensor Slice(OperationScope scope, Tensor value, int[] start, int[] count, int[] step)
    {
        int[] strides = Extents.Strides(value.Shape);
        scope.TakeElements(2 * Extents.Count(count));
        int first = 0;
        for (int axis = 0; axis < value.Rank; axis++)
            first += start[axis] * strides[axis];
        int[] places = Extents.Places(count, [.. strides.Select((stride, axis) => stride * step[axis])], first);
        return new Tensor(value.Type, count, Array.ConvertAll(places, place => value.Elements[place]));
    }

    /// <summary>A number put around a value; below 0, elements are cut off instead.</summary>
    public static Tensor Pad(OperationScope scope, Tensor value, IReadOnlyList<long> before, IReadOnlyList<long> after, double number)
    {
        if (before.Count != value.Rank || after.Count != value.Rank || before.Concat(after).Any(count => Math.Abs((double)count) > int.MaxValue))
            throw scope.Error($"[{string.Join(", ", before.Take(16))}] and [{string.Join(", ", after.Take(16))}] are no padding of a value of shape {value.ShapeText}");
        long[] wanted = [.. value.Shape.Select((extent, axis) => extent + before[axis] + after[axis])];
        if (Array.Exists(wanted, extent => extent is < 0 or > int.MaxValue))
            throw scope.Error($"it makes the shape [{string.Join(", ", wanted)}]");
        int[] shape = Array.ConvertAll(wanted, extent => (int)extent);
        double[] result = scope.Allocate(Extents.Count(shape));
        Array.Fill(result, number);

        // What is kept, in the axes of the value and in those of the result.
        int[] first = [.. before.Select(count => (int)Math.Max(0, -count))];
        int[] kept = [.. value.Shape.Select((extent, axis) => (int)Math.Max(0, Math.Min(extent, shape[axis] - before[axis]) - first[axis]))];
        scope.TakeElements(2 * Extents.Count(kept));
        (int[] own, int[] target) = (Extents.Strides(value.Shape), Extents.Strides(shape));
        int[] from = Extents.Places(kept, own, own.Select((stride, axis) => stride * first[axis]).Sum());
        int[] to = Extents.Places(kept, target, target.Select((stride, axis) => stride * (first[axis] + (int)before[axis])).Sum());
        for (int i = 0; i < from.Length; i++)
            result[to[i]] = value.Elements[from[i]];
        return new Tensor(value.Type, shape, result);
    }

    /// <summary>Start and count of a slice by NumPy's rules.</summary>
    public static (int Start, int Count) Bounds(double from, double to, int step, int extent)
    {
        double least = step > 0 ? 0 : -1;
        double greatest = step > 0 ? extent : extent - 1;
        double start = Math.Clamp(from < 0 ? from + extent : from, step > 0 ? 0 : Math.Min(0, greatest), greatest);
        double end = Math.Clamp(to < 0 ? to + extent : to, least, greatest);
        return ((int)start, (int)Math.Max(0, Math.Ceiling((end - start) / step)));
    }

    public static Tensor Gather(OperationScope scope, Tensor value, Tensor indices, long along)
    {
        int axis = Axis(scope, along, value.Rank);
        int extent = value.Shape[axis];
        int outer = (int)Extents.Count(value.Shape.Take(axis));
        int inner = (int)Extents.Count(value.Shape.Skip(axis + 1));
        int[] shape = [.. value.Shape.Take(axis), .. indices.Shape, .. value.Shape.Skip(axis + 1)];
        double[] result = scope.Allocate(Extents.Count(shape));
        int next = 0;
        for (int i = 0; i < outer; i++)
        {
            foreach (double index in indices.Elements)
            {
                double place = index < 0 ? index + extent : index;
                if (!(place >= 0 && place < extent))
                    throw scope.Error($"index {index} lies outside of an axis of {extent}");
                value.Elements.AsSpan(((i * extent) + (int)place) * inner, inner).CopyTo(result.AsSpan(next));
                next += inner;
            }
        }

        return new Tensor(value.Type, shape, result);
    }
}
