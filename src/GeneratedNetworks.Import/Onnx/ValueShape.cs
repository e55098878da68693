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

    /// <summary>Where among all axes the batch is, if it is one axis: 1 in a sequence that has its time first.</summary>
    public int BatchAxis { get; private init; }

    /// <summary>That of an input of the graph.</summary>
    public static ValueShape OfInput(OnnxGraph graph, ValueInfoProto input)
    {
        string name = OnnxNode.Shorten(input.Name);
        if (input.Type?.TensorType?.Shape is not { Dim.Count: > 0 and <= MostAxes } shape)
            throw graph.Source.Error($"the input '{name}' must have a shape: a batch axis and the axes of one sample.");

        // One axis alone is a sample, not a batch of samples without an axis.
        int leading = shape.Dim.Count == 1 ? 0 : graph.RowsAreSamples ? shape.Dim.Count - 1 : 1;
        int batchAxis = leading == 1 && graph.TimeFirst.Contains(input.Name) ? 1 : 0;
        TensorShapeProto.Types.Dimension[] ofBatch = batchAxis > 0 ? [shape.Dim[batchAxis]] : [.. shape.Dim.Take(leading)];
        int[] batch = [.. ofBatch.Select(dimension => IsFixed(dimension) ? (int)dimension.DimValue : 1)];
        int[] axes = [.. Enumerable.Range(0, shape.Dim.Count).Where(axis => batchAxis > 0 ? axis != batchAxis : axis >= leading)];
        int[] sample = [.. axes.Select((axis, i) => IsFixed(shape.Dim[axis]) ? (int)shape.Dim[axis].DimValue : Open(axis, i == 0))];
        return new ValueShape(sample, leading, leading == 1 && IsFixed(ofBatch[0]) ? batch[0] : null, batch) { BatchAxis = batchAxis };

        // The steps of a sequence, or of the numbers of an embedding.
        int Open(int axis, bool isFirst) => isFirst && graph.HasSequences && leading == 1 && shape.Dim.Count <= 3
            ? graph.Source.OpenSteps($"axis {axis} of the input '{name}'")
            : throw graph.Source.Error($"axis {axis} of the input '{name}' must have a fixed extent above 0; only the batch, axis {batchAxis}, may be free.");

        static bool IsFixed(TensorShapeProto.Types.Dimension dimension) => dimension.DimValue is > 0 and <= int.MaxValue;
    }

    /// <summary>Whether there is a batch axis; without one the value is a single sample.</summary>
    public bool HasBatch => Leading > 0;

    public int Rank => Sample.Length + Leading;

    /// <summary>The elements of one sample.</summary>
    public int Size => Axes.Count(Sample);

    /// <summary>For messages.</summary>
    public string Text
    {
        get
        {
            List<string> extents = [.. Sample.Select(extent => $"{extent}")];
            extents.InsertRange(BatchAxis, Enumerable.Repeat("batch", Leading));
            return $"[{string.Join(", ", extents)}]";
        }
    }

    /// <summary>Which axis of a sample an axis is that is counted from the front; −1 for the batch.</summary>
    public int OfSample(int axis) => Leading != 1 || BatchAxis == 0 ? Math.Max(axis - Leading, -1) : axis < BatchAxis ? axis : axis == BatchAxis ? -1 : axis - 1;

    /// <summary>The axis, counted from the front, that an axis of a sample is.</summary>
    public int OfAll(int axis) => Leading != 1 || axis >= BatchAxis ? axis + Leading : axis;

    /// <summary>The same with the batch in another place; the axes of a sample keep their order.</summary>
    public ValueShape WithBatchAt(int axis) => this with { BatchAxis = axis };

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
        return this with { Sample = sample, Leading = hasBatch ? 1 : 0, Batch = hasBatch && !HasBatch ? 1 : Batch, BatchAxis = 0 };
    }

    /// <summary>The same elements under another shape, computed from the shape with the batch axis.</summary>
    /// <param name="node">Who asks.</param>
    /// <param name="change">
    /// From the old shape to the new one. A batch of any size is <see cref="FreeBatch"/> and must stay an axis, the first one where it was that; one of 1 is an
    /// axis like others, unless it is not the first and need not be.
    /// </param>
    public ValueShape Changed(OnnxNode node, Func<int[], int[]> change)
    {
        RequireOneBatchAxis(node);
        if (BatchAxis > 0 && TryKeepBatch(change) is { } kept)
            return kept;
        if (BatchAxis > 0 && Batch != 1)
            throw node.Error($"the batch axis of a value of shape {Text} must stay");
        if (BatchAxis > 0)
        {
            int[] all = [.. Sample];
            int[] other = change([.. all[..BatchAxis], 1, .. all[BatchAxis..]]);
            bool isFirst = other.Length > 1 && other[0] == 1;
            return Reshaped(node, isFirst ? other[1..] : other, isFirst);
        }

        bool isFree = HasBatch && Batch != 1;
        int[] shape = change(HasBatch ? [isFree ? FreeBatch : 1, .. Sample] : Sample);
        int place = isFree && node.Graph.HasSequences ? Array.IndexOf(shape, FreeBatch) : 0;
        if (place > 0 && shape.Take(place).All(extent => extent == 1))
            return this with { Sample = [.. shape[..place], .. shape[(place + 1)..]], BatchAxis = place };
        if (isFree && (shape.Length == 0 || shape[0] != FreeBatch))
            throw node.Error($"the batch axis of a value of shape {Text} must stay the first axis, of the same extent");
        bool hasBatch = isFree || (shape.Length > 1 && shape[0] == 1);
        return Reshaped(node, hasBatch ? shape[1..] : shape, hasBatch);
    }

    /// <summary>The new shape of a value whose batch is not the first axis, if the batch is still there.</summary>
    private ValueShape? TryKeepBatch(Func<int[], int[]> change)
    {
        int[] shape;
        try
        {
            shape = change([.. Sample[..BatchAxis], FreeBatch, .. Sample[BatchAxis..]]);
        }
        catch (ModelFileException)
        {
            return null;
        }

        int at = Array.IndexOf(shape, FreeBatch);
        return at >= 0 && Array.LastIndexOf(shape, FreeBatch) == at && shape.All(extent => extent != 0)
            ? this with { Sample = [.. shape[..at], .. shape[(at + 1)..]], BatchAxis = at }
            : null;
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
