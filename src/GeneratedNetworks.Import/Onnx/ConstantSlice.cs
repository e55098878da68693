namespace GeneratedNetworks.Import.Onnx;

/// <summary>Computes a Slice of a constant.</summary>
internal static class ConstantSlice
{
    /// <summary>Its result; null where it says something that does not fit, which is said when the node is read, if it ever is.</summary>
    public static OnnxConstant? Fold(OnnxNode node)
    {
        OnnxConstant value = node.Constant(0, "the value");
        int rank = value.Shape.Length;
        if (value.Values is not { } values || rank == 0 || Numbers(node, "starts", 1) is not { } starts || Numbers(node, "ends", 2) is not { } ends)
            return null;
        long[] axes = Numbers(node, "axes", 3) ?? [.. Enumerable.Range(0, starts.Length).Select(axis => (long)axis)];
        long[] steps = Numbers(node, "steps", 4) ?? [.. starts.Select(_ => 1L)];
        if (ends.Length != starts.Length || axes.Length != starts.Length || steps.Length != starts.Length)
            return null;
        int[][] kept = [.. value.Shape.Select(extent => Enumerable.Range(0, extent).ToArray())];
        for (int i = 0; i < axes.Length; i++)
        {
            long axis = axes[i] < 0 ? axes[i] + rank : axes[i];
            if (axis < 0 || axis >= rank || steps[i] == 0)
                return null;
            kept[axis] = [.. Places(value.Shape[axis], starts[i], ends[i], steps[i])];
        }

        node.Graph.Budget.Take(values.Length, node.Description);
        int[] shape = [.. kept.Select(places => places.Length)];
        int[] strides = Axes.Strides(value.Shape);
        double[] result = new double[Axes.Count(shape)];
        for (int i = 0; i < result.Length; i++)
        {
            int from = 0;
            for (int axis = rank - 1, rest = i; axis >= 0; rest /= shape[axis], axis--)
                from += kept[axis][rest % shape[axis]] * strides[axis];
            result[i] = values[from];
        }

        return new OnnxConstant("", value.Type, shape, result);
    }

    /// <summary>The elements of an axis that are kept; ends beyond it are its ends.</summary>
    private static IEnumerable<int> Places(int extent, long start, long end, long step)
    {
        long from = Math.Clamp(start < 0 ? start + extent : start, step < 0 ? -1 : 0, step < 0 ? extent - 1 : extent);
        long to = Math.Clamp(end < 0 ? end + extent : end, step < 0 ? -1 : 0, extent);
        for (long at = from; step > 0 ? at < to : at > to; at += step)
            yield return (int)at;
    }

    /// <summary>Whole numbers; files write the greatest and the least there are for "up to the end".</summary>
    public static long[]? Numbers(OnnxNode node, string name, int input)
    {
        if (node.Ints(name) is { } attribute)
            return [.. attribute];
        return node.Has(input) ? Array.ConvertAll(node.Constant(input, name).Numbers(node, name), number => (long)Math.Clamp(number, -1e9, 1e9)) : null;
    }
}
