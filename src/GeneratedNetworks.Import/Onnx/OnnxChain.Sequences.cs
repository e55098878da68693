using GeneratedNetworks.Import.Onnx.Operators;

namespace GeneratedNetworks.Import.Onnx;

/// <content>Sequences, and elements that are taken out of values.</content>
internal sealed partial class OnnxChain
{
    /// <summary>Values that were joined to this one, and the axis of all axes along which they were; null where it is no joined value.</summary>
    private (IReadOnlyList<OnnxChain> Values, int Axis)? Parts { get; set; }

    /// <summary>A recurrent layer: all of its states, and the last one, each with the axis of directions.</summary>
    /// <param name="node">Whose it is.</param>
    /// <param name="name">The layer's name, or null.</param>
    /// <param name="form">Its form.</param>
    /// <param name="kernel">In the order of <see cref="LayerChain.Recur"/>.</param>
    /// <param name="recurrent">Likewise.</param>
    /// <param name="bias">Likewise, or null.</param>
    /// <param name="origin">The initializer that the weights come from.</param>
    /// <param name="batchFirst">Whether the batch is the first axis of what it reads and gives.</param>
    public IReadOnlyList<OnnxChain?> Recur(OnnxNode node, string? name, Recurrence form, double[] kernel, double[] recurrent, double[]? bias, string origin, bool batchFirst)
    {
        Shape.RequireOneBatchAxis(node);
        int batchAxis = batchFirst ? 0 : 1;
        if (Shape.Sample.Length != 2 || !Shape.HasBatch || Shape.BatchAxis != batchAxis)
        {
            throw node.Error(
                $"its input has the shape {Shape.Text}, and should be {(batchFirst ? "[batch, time, features]" : "[time, batch, features]")}, its layout being {(batchFirst ? 1 : 0)}");
        }

        if (Shape.Sample[1] != form.Inputs)
            throw node.Error($"its weights are for {form.Inputs} features, and its input has the shape {Shape.Text}");
        if (!_order.IsNatural)
            throw node.Error($"its input of shape {Shape.Text} is not in the order of its axes: a Reshape or Transpose stands between");
        _graph.States.Steps[node] = Shape.Sample[0];
        _layers.Reshape(node.Name, Shape.Sample);
        OnnxChain all = Branch();
        OnnxChain last = Branch();
        string? shared = origin.Length > 0 ? origin : null;
        all._layers.Recur(name, form, kernel, recurrent, bias, returnSequences: true, shared);
        last._layers.Recur(name, form, kernel, recurrent, bias, returnSequences: false, shared);
        all.Become(node, Shape with { Sample = [Shape.Sample[0], 1, form.Units] }, batchFirst ? 0 : 2);
        last.Become(node, Shape with { Sample = [1, form.Units] }, batchAxis);
        return [all, last];
    }

    /// <summary>Rows of a table.</summary>
    public void Embed(OnnxNode node, string? name, double[] table, int dimensions, string origin)
    {
        _layers.Embed(name, table, dimensions, origin.Length > 0 ? origin : null);
        Shape = Shape with { Sample = [.. Shape.Sample, dimensions] };
        IsInteger = false;
        IsAtInput = false;
    }

    /// <summary>One element along an axis: the only one there is, one of the values that were joined, or the last step of a sequence.</summary>
    /// <param name="node">Who takes it.</param>
    /// <param name="axis">Of all axes.</param>
    /// <param name="place">Which; below 0 from the end.</param>
    /// <param name="keepsAxis">Whether the axis stays, with an extent of 1.</param>
    public void Pick(OnnxNode node, int axis, long place, bool keepsAxis)
    {
        int own = Shape.OfSample(axis);
        if (own < 0)
            throw node.Error($"it takes one sample out of the batch of a value of shape {Shape.Text}");
        long at = place < 0 ? place + Shape.Sample[own] : place;
        if (at < 0 || at >= Shape.Sample[own])
            throw node.Error($"index {place} does not exist along axis {axis} of a value of shape {Shape.Text}");
        if (TryTakePart(axis, at, 1) || Shape.Sample[own] == 1)
        {
            if (!keepsAxis)
                ReshapeAxes(node, shape => [.. shape[..axis], .. shape[(axis + 1)..]]);
            return;
        }

        if (at != Shape.Sample[own] - 1 || AxesOfLayers() is not { } axes || axes[own] != 0 || axes.Length < 2 || !_layers.TryLastStep())
            throw node.Error($"it takes element {place} along axis {axis} of a value of shape {Shape.Text}; only the last step of a sequence that a recurrent layer gives is supported");
        int[] rest = [.. axes.Where(other => other != 0).Select(other => other - 1)];
        _order = rest.Select((other, i) => other == i).All(isSo => isSo) ? ElementOrder.Natural : ElementOrder.OfAxes(rest, _layers.Shape);
        int batchAxis = Shape.BatchAxis - (Shape.HasBatch && axis < Shape.BatchAxis ? 1 : 0);
        Shape = (Shape with { Sample = [.. Shape.Sample[..own], .. Shape.Sample[(own + 1)..]] }).WithBatchAt(batchAxis);
        Parts = null;
        if (keepsAxis)
            ReshapeAxes(node, shape => [.. shape[..axis], 1, .. shape[axis..]]);
    }

    /// <summary>Becomes the value that was joined at some elements of an axis.</summary>
    /// <param name="axis">Of all axes.</param>
    /// <param name="start">The first of the elements.</param>
    /// <param name="count">How many.</param>
    /// <returns>False where this is no joined value, or these are not all elements of one.</returns>
    public bool TryTakePart(int axis, long start, long count)
    {
        if (Parts is not { } parts || parts.Axis != axis)
            return false;
        long before = 0;
        foreach (OnnxChain part in parts.Values)
        {
            int extent = part.Shape.Sample[part.Shape.OfSample(axis)];
            if (before == start && extent == count)
            {
                Become(part);
                return true;
            }

            before += extent;
        }

        return false;
    }

    private void Become(OnnxChain other)
    {
        OnnxChain copy = other.Branch();
        (_layers, _order, Shape, IsAtInput, Parts) = (copy._layers, copy._order, copy.Shape, copy.IsAtInput, null);
    }

    /// <summary>The natural order of a value that a layer gave.</summary>
    private void Become(OnnxNode node, ValueShape shape, int batchAxis)
    {
        Shape = shape.WithBatchAt(batchAxis);
        _order = ElementOrder.Natural;
        IsAtInput = false;
        _layers.Reshape(node.Name, Shape.Sample);
    }
}
