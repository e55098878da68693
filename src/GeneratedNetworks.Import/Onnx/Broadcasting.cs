namespace GeneratedNetworks.Import.Onnx;

/// <summary>NumPy's rules for a constant beside the network's value.</summary>
internal static class Broadcasting
{
    /// <summary>A constant's numbers, repeated to one for each element of a sample; refused where it would differ between samples.</summary>
    /// <param name="node">Who reads it.</param>
    /// <param name="value">The shape of the value.</param>
    /// <param name="constant">The constant.</param>
    /// <param name="role">What messages call it.</param>
    /// <param name="sample">The sample's shape where that is not the one of the value as it is now.</param>
    public static double[] Repeat(OnnxNode node, ValueShape value, OnnxConstant constant, string role, int[]? sample = null)
    {
        sample ??= value.Sample;
        double[] numbers = constant.Floats(node, role);
        value.CheckRepeat(node);
        if (sample.Aggregate(1L, (product, extent) => product * extent) > TensorBudget.WidestRepeat)
            throw node.Error($"{role} is repeated over more than {TensorBudget.WidestRepeat} elements");
        node.Graph.Budget.Take(Axes.Count(sample), node.Description);
        if (value.BatchAxis > 0)
            return RepeatAround(node, value, constant, numbers, role, sample);
        int[] batch = value.Batch is { } fixedBatch && value.Leading == 1 ? [fixedBatch] : [.. value.BatchExtents.Take(value.Leading)];
        int[] extents = [.. value.Leading > batch.Length ? [1] : batch, .. sample];
        int[] shape = constant.Shape;
        if (shape.Length > extents.Length)
            throw node.Error($"{role} has the shape {constant.ShapeText}, more axes than its input of shape {value.Text}");
        shape = [.. Enumerable.Repeat(1, extents.Length - shape.Length), .. shape];
        for (int axis = 0; axis < shape.Length; axis++)
        {
            bool fits = shape[axis] == 1 || shape[axis] == extents[axis];
            if (!fits)
                throw node.Error($"{role} has the shape {constant.ShapeText}, which does not fit its input of shape {value.Text}");
        }

        int slice = Axes.Count(shape.Skip(value.Leading));
        for (int i = slice; i < numbers.Length; i++)
        {
            if (!numbers[i].Equals(numbers[i - slice]))
            {
                throw node.Error(
                    $"{role} has the shape {constant.ShapeText} and differs along the batch axis, so that samples would be treated differently");
            }
        }

        return Axes.Repeat(numbers[..Math.Min(slice, numbers.Length)], shape[value.Leading..], sample);
    }

    /// <summary>The same where the batch is not the first axis.</summary>
    private static double[] RepeatAround(OnnxNode node, ValueShape value, OnnxConstant constant, double[] numbers, string role, int[] sample)
    {
        int rank = sample.Length + 1;
        int[] shape = constant.Shape.Length <= rank ? [.. Enumerable.Repeat(1, rank - constant.Shape.Length), .. constant.Shape] : [];
        bool fits = shape.Length == rank && shape[value.BatchAxis] == 1;
        int[] own = fits ? [.. shape[..value.BatchAxis], .. shape[(value.BatchAxis + 1)..]] : [];
        return fits && !own.Where((extent, axis) => extent != 1 && extent != sample[axis]).Any()
            ? Axes.Repeat(numbers, own, sample)
            : throw node.Error($"{role} has the shape {constant.ShapeText}, which does not fit its input of shape {value.Text}");
    }
}
