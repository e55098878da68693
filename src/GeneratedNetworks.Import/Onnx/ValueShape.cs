using GeneratedNetworks.Import.Onnx.Schema;

namespace GeneratedNetworks.Import.Onnx;

/// <summary>The shape of the network's value as ONNX sees it: axes of the batch, which a file may leave open, then those of one sample.</summary>
/// <param name="Sample">The extents of one sample, without the batch; none after a product with a vector.</param>
/// <param name="Leading">How many axes in front are batch: 1, or 0 for a single sample, or more where each row of the last axis is a sample.</param>
/// <param name="Batch">The batch as the file fixes it; null where it is free.</param>
/// <param name="BatchExtents">The extents of the batch at the input, 1 where they are free, so that no constant can differ along them.</param>
internal sealed record ValueShape(int[] Sample, int Leading, int? Batch, int[] BatchExtents)
{
    /// <summary>Stands for a batch of any extent in the shapes of <see cref="Changed"/>.</summary>
    public const int FreeBatch = -1;

    private const int MostAxes = 64;

    /// <summary>That of an input of the graph.</summary>
    public static ValueShape OfInput(OnnxGraph graph, ValueInfoProto input)
    {
        string name = OnnxNode.Shorten(input.Name);
        if (input.Type?.TensorType?.Shape is not { Dim.Count: > 0 and <= MostAxes } shape)
            throw graph.Source.Error($"the input '{name}' must have a shape: a batch axis and the axes of one sample.");

        // One axis alone is a sample, not a batch of samples without an axis.
        int leading = shape.Dim.Count == 1 ? 0 : graph.RowsAreSamples ? shape.Dim.Count - 1 : 1;
        int[] batch = [.. shape.Dim.Take(leading).Select(dimension => IsFixed(dimension) ? (int)dimension.DimValue : 1)];
        int[] sample =
        [
            .. shape.Dim.Skip(leading).Select((dimension, i) => IsFixed(dimension)
                ? (int)dimension.DimValue
                : throw graph.Source.Error($"axis {i + leading} of the input '{name}' must have a fixed extent above 0; only the batch, axis 0, may be free.")),
        ];
        return new ValueShape(sample, leading, leading == 1 && IsFixed(shape.Dim[0]) ? batch[0] : null, batch);

        static bool IsFixed(TensorShapeProto.Types.Dimension dimension) => dimension.DimValue is > 0 and <= int.MaxValue;
    }

    /// <summary>Whether there is a batch axis; without one the value is a single sample.</summary>
    public bool HasBatch => Leading > 0;

    public int Rank => Sample.Length + Leading;

    /// <summary>The elements of one sample.</summary>
    public int Size => Axes.Count(Sample);

    /// <summary>For messages.</summary>
    public string Text => $"[{string.Join(", ", Enumerable.Repeat("batch", Leading).Concat(Sample.Select(extent => $"{extent}")))}]";

    /// <summary>The axis, counted from the front, of one given from the front or, below 0, from the back.</summary>
    public int Axis(OnnxNode node, long axis) => axis >= -Rank && axis < Rank
        ? (int)(axis < 0 ? axis + Rank : axis)
        : throw node.Error($"axis {axis} does not exist in a value of shape {Text}");

    /// <summary>The same elements under another shape.</summary>
    /// <param name="node">Who asks.</param>
    /// <param name="sample">The extents behind the batch axis, or all of them without one.</param>
    /// <param name="hasBatch">Whether there is a batch axis. It may come or go only where the file fixes the batch at 1 or has none.</param>
    public ValueShape Reshaped(OnnxNode node, int[] sample, bool hasBatch)
    {
        if (HasBatch && !hasBatch && Batch != 1)
            throw node.Error($"it removes the batch axis of a value of shape {Text}");
        RequireOneBatchAxis(node);
        return this with { Sample = sample, Leading = hasBatch ? 1 : 0, Batch = hasBatch && !HasBatch ? 1 : Batch };
    }

    /// <summary>The same elements under another shape, computed from the shape with the batch axis.</summary>
    /// <param name="node">Who asks.</param>
    /// <param name="change">
    /// From the old shape to the new one. A batch of any size is <see cref="FreeBatch"/> and must stay the first axis; one of 1 is an axis like
    /// others.
    /// </param>
    public ValueShape Changed(OnnxNode node, Func<int[], int[]> change)
    {
        RequireOneBatchAxis(node);
        bool isFree = HasBatch && Batch != 1;
        int[] shape = change(HasBatch ? [isFree ? FreeBatch : 1, .. Sample] : Sample);
        if (isFree && (shape.Length == 0 || shape[0] != FreeBatch))
            throw node.Error($"the batch axis of a value of shape {Text} must stay the first axis, of the same extent");
        bool hasBatch = isFree || (shape.Length > 1 && shape[0] == 1);
        return Reshaped(node, hasBatch ? shape[1..] : shape, hasBatch);
    }

    /// <summary>Refuses operators that see the axes of a sample where only rows are samples.</summary>
    public void RequireOneBatchAxis(OnnxNode node)
    {
        if (Leading > 1)
            throw node.Error($"it does not treat each row of the last axis alike and alone (input shape {Text})");
    }

    /// <summary>Refuses values so wide that repeating a number over them would ask for much memory.</summary>
    public void CheckRepeat(OnnxNode node)
    {
        if (Size > TensorBudget.WidestRepeat)
            throw node.Error($"it works element by element on a value of {Size} elements; the most is {TensorBudget.WidestRepeat}");
    }
}
