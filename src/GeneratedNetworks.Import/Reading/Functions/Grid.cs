namespace GeneratedNetworks.Import.Reading.Functions;

/// <summary>Where the numbers of a value lie that has samples, channels, and positions along one axis or more.</summary>
internal sealed class Grid
{
    private Grid(int[] shape, int channelAxis, int[] places)
    {
        int[] strides = Reading.Extents.Strides(shape);
        (Batch, BatchStride) = (shape[0], strides[0]);
        (Channels, ChannelStride) = (shape[channelAxis], strides[channelAxis]);
        Extents = Array.ConvertAll(places, axis => shape[axis]);
        Strides = Array.ConvertAll(places, axis => strides[axis]);
    }

    public int Batch { get; }

    public int BatchStride { get; }

    public int Channels { get; }

    public int ChannelStride { get; }

    /// <summary>Positions along each axis.</summary>
    public int[] Extents { get; }

    public int Positions => (int)Reading.Extents.Count(Extents);

    /// <summary>From one position to the next along each axis.</summary>
    public int[] Strides { get; }

    /// <summary>[samples, channels, positions…], or [samples, positions…, channels].</summary>
    public static Grid Of(int[] shape, bool channelsLast) => channelsLast
        ? new Grid(shape, shape.Length - 1, [.. Enumerable.Range(1, shape.Length - 2)])
        : new Grid(shape, 1, [.. Enumerable.Range(2, shape.Length - 2)]);

    /// <summary>The shape of such a value.</summary>
    public static int[] ShapeOf(int batch, int channels, IEnumerable<int> extents, bool channelsLast) =>
        channelsLast ? [batch, .. extents, channels] : [batch, channels, .. extents];

    /// <summary>The element at a position, from the first on.</summary>
    public int Start(int[] place)
    {
        int result = 0;
        for (int axis = 0; axis < place.Length; axis++)
            result += place[axis] * Strides[axis];
        return result;
    }

    /// <summary>The element that a tap of the window lies over, from the first position on; −1 where that is padding.</summary>
    public int Place(IReadOnlyList<WindowAxis> axes, int[] place, int[] tap)
    {
        int result = 0;
        for (int axis = 0; axis < place.Length; axis++)
        {
            WindowAxis along = axes[axis];
            long at = ((long)place[axis] * along.Stride) + ((long)tap[axis] * along.Dilation) - along.Before;
            if (at < 0 || at >= along.Input)
                return -1;
            result += (int)at * Strides[axis];
        }

        return result;
    }

    /// <summary>The next index in row-major order; behind the last one, the first again.</summary>
    public static void Advance(int[] index, IReadOnlyList<int> extents)
    {
        for (int axis = index.Length - 1; axis >= 0 && ++index[axis] == extents[axis]; axis--)
            index[axis] = 0;
    }
}
