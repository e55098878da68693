namespace GeneratedNetworks.Import.Onnx;

/// <summary>Computes a Split of a constant, whose results are several.</summary>
internal static class ConstantSplit
{
    public const string Operator = "Split";

    private const int MostParts = 4096;

    /// <summary>What a node gives, by name; nothing where it is no Split, or not of constants.</summary>
    public static IEnumerable<(string Output, OnnxConstant Part)> TryFold(OnnxNode node)
    {
        if (node.Operator != Operator || node.TryConstant(0) is not { Values: { } values } whole || (node.Has(1) && node.TryConstant(1) is null))
            yield break;
        node.AllowAttributes("axis", "num_outputs", "split");
        int rank = whole.Shape.Length;
        long axis = node.Int("axis", 0) is var given && given < 0 ? given + rank : given;
        int parts = node.Outputs.Count;
        if (axis < 0 || axis >= rank || parts > MostParts)
            throw node.Error($"it divides a constant of shape {whole.ShapeText} into {parts} parts along axis {node.Int("axis", 0)}");
        int extent = whole.Shape[axis];
        long[] sizes = node.IntsOrInput("split", 1) ?? Equal(extent, parts);
        if (sizes.Length != parts || sizes.Any(size => size < 0) || sizes.Sum() != extent)
            throw node.Error($"its parts of [{string.Join(", ", sizes.Take(16))}] elements are not the {extent} of its axis");
        node.Graph.Budget.Take(values.Length, node.Description);
        int inner = Axes.Count(whole.Shape.Skip((int)axis + 1));
        int outer = Axes.Count(whole.Shape.Take((int)axis));
        int start = 0;
        for (int i = 0; i < parts; i++)
        {
            int size = (int)sizes[i];
            double[] part = new double[outer * size * inner];
            for (int row = 0; row < outer; row++)
                values.AsSpan(((row * extent) + start) * inner, size * inner).CopyTo(part.AsSpan(row * size * inner));
            start += size;
            if (node.Outputs[i].Length > 0)
                yield return (node.Outputs[i], whole with { Shape = [.. whole.Shape.Select((length, at) => at == axis ? size : length)], Values = part });
        }
    }

    // From opset 18 on the last part may be smaller.
    private static long[] Equal(int extent, int parts)
    {
        long size = (extent + parts - 1) / parts;
        return [.. Enumerable.Range(0, parts).Select(i => Math.Clamp(extent - (i * size), 0, size))];
    }
}
