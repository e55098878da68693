namespace GeneratedNetworks.Import.Onnx.Operators;

/// <summary>Reshape to a constant shape that keeps samples apart.</summary>
internal static class ReshapeOperator
{
    public const int MostAxes = 64;

    public static void Read(OnnxNode node, OnnxChain chain)
    {
        node.AllowAttributes("shape", "allowzero");
        chain.Shape.RequireOneBatchAxis(node);
        long[] target = node.IntsOrInput("shape", 1) ?? throw node.Error("its shape is missing");
        bool copies = node.Int("allowzero", 0) == 0;
        bool isMoved = chain.TryBatchToFront();
        if (chain.Shape.BatchAxis > 0 || (isMoved && copies && target.Contains(0)))
            throw node.Error($"the batch is not the first axis of a value of shape {chain.Shape.Text}, and a new shape would mix samples");
        int[] sample = chain.Shape.Sample;
        if (chain.Shape.HasBatch && chain.Shape.Batch != 1)
        {
            int[]? behind = target.Length > 0 && KeepsBatch(target[0])
                ? Resolve(target[1..], chain.Shape.Size, axis => copies && axis < sample.Length ? sample[axis] : 0)
                : null;
            if (behind is null || (target[0] == -1 && target.AsSpan(1).Contains(-1)))
                throw Refuse();
            chain.Reshape(node, behind, hasBatch: true);
            return;
        }

        // One sample: the batch axis is an axis of extent 1 like others.
        int[] shape = chain.Shape.HasBatch ? [1, .. sample] : sample;
        target = Array.ConvertAll(target, extent => extent == OnnxConstant.BatchExtent ? 1 : extent);
        int[] resolved = Resolve(target, chain.Shape.Size, axis => copies && axis < shape.Length ? shape[axis] : 0) ?? throw Refuse();
        chain.ReshapeAxes(node, _ => resolved);

        bool KeepsBatch(long extent) => extent is -1 or OnnxConstant.BatchExtent || (extent == 0 && copies) || extent == chain.Shape.Batch;

        ModelFileException Refuse()
        {
            string text = string.Join(", ", target.Take(MostAxes).Select(extent => extent == OnnxConstant.BatchExtent ? "batch" : $"{extent}"));
            return node.Error($"a value of shape {chain.Shape.Text} cannot take the shape [{text}]: as many elements and the batch as the first axis must stay");
        }
    }

    /// <summary>The shape that a target with 0 (copied) and −1 (what remains) means, or null where it does not hold exactly the elements.</summary>
    public static int[]? Resolve(long[] target, long elements, Func<int, int> copied)
    {
        if (target.Length > MostAxes)
            return null;
        long product = 1;
        int open = -1;
        int[] shape = new int[target.Length];
        for (int axis = 0; axis < target.Length; axis++)
        {
            if (target[axis] == -1 && open < 0)
            {
                open = axis;
                continue;
            }

            if (target[axis] is < 0 or > int.MaxValue)
                return null;
            shape[axis] = target[axis] == 0 ? copied(axis) : (int)target[axis];
            product *= shape[axis];
            if (product > int.MaxValue)
                return null;
        }

        if (open >= 0)
        {
            if (product == 0 || elements % product != 0)
                return null;
            shape[open] = (int)(elements / product);
            product *= shape[open];
        }

        return product == elements ? shape : null;
    }
}
