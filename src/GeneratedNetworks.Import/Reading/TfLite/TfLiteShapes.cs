using GeneratedNetworks.Import.Reading.Functions;
using GeneratedNetworks.Import.TfLite;

namespace GeneratedNetworks.Import.Reading.TfLite;

/// <summary>Operators that move elements.</summary>
internal static class TfLiteShapes
{
    public static Tensor Reshape(TfLiteCall call)
    {
        if (call.Optional(1) is { } wanted)
            return Shapes.Reshape(call.Scope, call.Input(0), call.Whole(wanted));
        FlatVector shape = call.Options(17)?.Vector(0, sizeof(int)) ?? throw call.Error("it names no shape");
        return Shapes.Reshape(call.Scope, call.Input(0), Ints(shape));
    }

    public static Tensor Squeeze(TfLiteCall call)
    {
        Tensor value = call.Input(0);
        long[] named = call.Options(30)?.Vector(0, sizeof(int)) is { } vector ? Ints(vector) : [];
        HashSet<int> axes = named.Length > 0
            ? [.. named.Select(axis => Shapes.Axis(call.Scope, axis, value.Rank))]
            : [.. Enumerable.Range(0, value.Rank).Where(axis => value.Shape[axis] == 1)];
        return axes.All(axis => value.Shape[axis] == 1)
            ? value.WithShape([.. value.Shape.Where((_, axis) => !axes.Contains(axis))])
            : throw call.Error($"it takes axes of other extents than 1 from a value of shape {value.ShapeText}");
    }

    public static Tensor ExpandDims(TfLiteCall call)
    {
        Tensor value = call.Input(0);
        long[] axes = call.Whole(call.Input(1));
        int axis = axes.Length == 1 ? Shapes.Axis(call.Scope, axes[0], value.Rank + 1) : throw call.Error($"it names {axes.Length} axes");
        return value.WithShape([.. value.Shape[..axis], 1, .. value.Shape[axis..]]);
    }

    public static Tensor Concatenation(TfLiteCall call)
    {
        FlatTable? options = call.Options(10);
        Tensor[] parts = [.. Enumerable.Range(0, call.Scope.InputCount).Select(call.Input)];
        return call.Activate(Shapes.Concat(call.Scope, parts, options?.Int(0) ?? 0), options?.Byte(1) ?? 0);
    }

    /// <summary>Values side by side along an axis of their own.</summary>
    public static Tensor Pack(TfLiteCall call)
    {
        Tensor[] parts = [.. Enumerable.Range(0, call.Scope.InputCount).Select(call.Input)];
        int axis = Shapes.Axis(call.Scope, call.Options(59)?.Int(1) ?? 0, parts[0].Rank + 1);
        return Shapes.Concat(call.Scope, [.. parts.Select(part => part.WithShape([.. part.Shape[..axis], 1, .. part.Shape[axis..]]))], axis);
    }

    /// <summary>A number around a value: that of a third input, or 0. The second has a row for each axis, of what stands before and behind.</summary>
    public static Tensor Pad(TfLiteCall call)
    {
        Tensor value = call.Input(0);
        Tensor pads = call.Input(1);
        if (pads.Rank != 2 || pads.Shape[0] != value.Rank || pads.Shape[1] != 2)
            throw call.Error($"a padding of shape {pads.ShapeText} does not fit a value of shape {value.ShapeText}");
        long[] ends = call.Whole(pads);
        Tensor? number = call.Optional(2);
        if (number is { Count: not 1 } || ends.Any(end => end < 0))
            throw call.Error($"it pads by [{string.Join(", ", ends.Take(16))}] with {number?.Count ?? 1} numbers");
        return Shapes.Pad(
            call.Scope, value, [.. ends.Where((_, i) => i % 2 == 0)], [.. ends.Where((_, i) => i % 2 == 1)], number is null ? 0 : number.Elements[0]);
    }

    /// <summary>A part of a value from its start on; a size of −1 is all that is left.</summary>
    public static Tensor Slice(TfLiteCall call)
    {
        Tensor value = call.Input(0);
        long[] start = call.Whole(call.Input(1));
        long[] size = call.Whole(call.Input(2));
        if (start.Length != value.Rank || size.Length != value.Rank)
            throw call.Error($"[{string.Join(", ", start.Take(16))}] and [{string.Join(", ", size.Take(16))}] are no part of a value of shape {value.ShapeText}");
        long[] count = [.. size.Select((extent, axis) => extent == -1 ? value.Shape[axis] - start[axis] : extent)];
        if (count.Where((extent, axis) => start[axis] < 0 || extent < 0 || extent > value.Shape[axis] - start[axis]).Any())
            throw call.Error($"[{string.Join(", ", start)}] and [{string.Join(", ", size)}] are no part of a value of shape {value.ShapeText}");
        return Shapes.Slice(
            call.Scope, value, Array.ConvertAll(start, at => (int)at), Array.ConvertAll(count, extent => (int)extent), [.. Enumerable.Repeat(1, value.Rank)]);
    }

    public static Tensor StridedSlice(TfLiteCall call)
    {
        Tensor value = call.Input(0);
        FlatTable? options = call.Options(32);
        long[] from = call.Whole(call.Input(1));
        long[] to = call.Whole(call.Input(2));
        long[] by = call.Whole(call.Input(3));
        if (options?.Int(2) is > 0 or < 0 || options?.Int(3) is > 0 or < 0 || from.Length > value.Rank || to.Length != from.Length || by.Length != from.Length)
            throw call.Error("it slices with an ellipsis or new axes, or with limits that do not fit");
        int[] start = new int[value.Rank];
        int[] count = [.. value.Shape];
        int[] step = [.. Enumerable.Repeat(1, value.Rank)];
        for (int axis = 0; axis < from.Length; axis++)
        {
            step[axis] = by[axis] is >= 1 and <= int.MaxValue ? (int)by[axis] : throw call.Error($"its step is {by[axis]}");
            double first = Has(0, axis) ? 0 : from[axis];
            double end = Has(4, axis) ? (first < 0 ? first + value.Shape[axis] : first) + 1 : Has(1, axis) ? value.Shape[axis] : to[axis];
            (start[axis], count[axis]) = Shapes.Bounds(first, end, step[axis], value.Shape[axis]);
        }

        Tensor slice = Shapes.Slice(call.Scope, value, start, count, step);
        return slice.WithShape([.. count.Where((_, axis) => axis >= from.Length || !Has(4, axis))]);

        bool Has(int mask, int axis) => ((options?.Int(mask) ?? 0) >> axis & 1) != 0;
    }

    private static long[] Ints(FlatVector vector) => vector.Count <= 16 ? [.. Enumerable.Range(0, vector.Count).Select(i => (long)vector.Int(i))] : [-2];
}
