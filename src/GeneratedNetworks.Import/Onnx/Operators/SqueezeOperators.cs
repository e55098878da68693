namespace GeneratedNetworks.Import.Onnx.Operators;

/// <summary>Axes of extent 1 come and go.</summary>
internal static class SqueezeOperators
{
    public static void ReadSqueeze(OnnxNode node, OnnxChain chain) => chain.ReshapeAxes(node, shape => Squeezed(node, shape));

    public static void ReadUnsqueeze(OnnxNode node, OnnxChain chain) => chain.ReshapeAxes(node, shape => Unsqueezed(node, shape));

    /// <summary>The shape without the given axes, or without all of extent 1 where none is given.</summary>
    public static int[] Squeezed(OnnxNode node, int[] shape)
    {
        node.AllowAttributes("axes");
        if (node.IntsOrInput("axes", 1) is not { } axes)
            return [.. shape.Where(extent => extent != 1)];
        bool[] gone = new bool[shape.Length];
        foreach (long axis in axes)
        {
            long at = axis < 0 ? axis + shape.Length : axis;
            if (at < 0 || at >= shape.Length || shape[at] != 1)
                throw node.Error($"axis {axis} must have the extent 1, in the shape [{Text(shape)}]");
            gone[at] = true;
        }

        return [.. shape.Where((_, axis) => !gone[axis])];
    }

    /// <summary>The shape with axes of extent 1 at the given places of the result.</summary>
    public static int[] Unsqueezed(OnnxNode node, int[] shape)
    {
        node.AllowAttributes("axes");
        long[] axes = node.IntsOrInput("axes", 1) ?? throw node.Error("its axes are missing");
        int rank = shape.Length + axes.Length;
        if (rank > ReshapeOperator.MostAxes)
            throw node.Error($"it makes a value of {rank} axes");
        bool[] added = new bool[rank];
        foreach (long axis in axes)
        {
            long at = axis < 0 ? axis + rank : axis;
            if (at < 0 || at >= rank || added[at])
                throw node.Error($"axis {axis} does not exist in a result of {rank} axes, or is given twice");
            added[at] = true;
        }

        int next = 0;
        return [.. added.Select(isNew => isNew ? 1 : shape[next++])];
    }

    private static string Text(int[] shape) => string.Join(", ", shape.Select(extent => extent == ValueShape.FreeBatch ? "batch" : $"{extent}"));
}
