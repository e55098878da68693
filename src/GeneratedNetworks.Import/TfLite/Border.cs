namespace GeneratedNetworks.Import.TfLite;

/// <summary>Zeros that a PAD puts around a value. They wait for the convolution or pool that takes them up: axes of extent 1 may come and go before it.</summary>
/// <param name="Name">What to call the operation.</param>
/// <param name="Before">One number for each axis of a sample.</param>
/// <param name="After">As many.</param>
internal sealed record Border(string? Name, int[] Before, int[] After)
{
    /// <summary>The shape with the border.</summary>
    /// <exception cref="OverflowException">An extent is above what an int holds.</exception>
    public int[] Around(IReadOnlyList<int> shape) => [.. shape.Select((extent, axis) => checked(extent + Before[axis] + After[axis]))];

    /// <summary>One border around another.</summary>
    public Border Wider(Border outer) => outer with
    {
        Before = [.. Before.Zip(outer.Before, (own, more) => checked(own + more))],
        After = [.. After.Zip(outer.After, (own, more) => checked(own + more))],
    };

    /// <summary>
    /// The border of a value that gets another shape, and the shape inside of it; null where more changes than axes of extent 1, so that zeros would lie in
    /// other places.
    /// </summary>
    /// <param name="inside">The value's shape.</param>
    /// <param name="wanted">The new shape, with the border.</param>
    public (Border Border, int[] Inside)? Moved(IReadOnlyList<int> inside, IReadOnlyList<int> wanted)
    {
        int[] around = Around(inside);
        int[] kept = [.. Enumerable.Range(0, around.Length).Where(axis => around[axis] != 1)];
        if (!kept.Select(axis => around[axis]).SequenceEqual(wanted.Where(extent => extent != 1)))
            return null;
        int[] before = new int[wanted.Count];
        int[] after = new int[wanted.Count];
        int[] shape = [.. wanted];
        int next = 0;
        for (int axis = 0; axis < shape.Length; axis++)
        {
            if (shape[axis] == 1)
                continue;
            (before[axis], after[axis], shape[axis]) = (Before[kept[next]], After[kept[next]], inside[kept[next]]);
            next++;
        }

        return (this with { Before = before, After = after }, shape);
    }
}

/// <summary>A tensor that operators compute: the path that ends in it, without the border that it may have.</summary>
internal sealed record TfValue(LayerChain Chain, TfTensor Tensor, Border? Border);
