namespace GeneratedNetworks.Import.Reading.Functions;

/// <summary>Convolutions by their sums, over one axis of positions or more. Kernels are never flipped, and padding is 0.</summary>
internal static class Convolutions
{
    // What the search for a place costs along each axis, in products.
    private const int PlaceWork = 8;

    /// <summary>y[p, o] = Σ x[p·stride + t·dilation − before, c] · w[t, c, o] over all taps t and over the channels c of the group of o.</summary>
    /// <param name="scope">For the account.</param>
    /// <param name="value">[samples, channels, positions…], or with the channels last.</param>
    /// <param name="kernel">[taps…, channels of a group, results].</param>
    /// <param name="axes">One for each axis of positions.</param>
    /// <param name="groups">Into how many the channels and the results are parted.</param>
    /// <param name="channelsLast">Where the value has its channels; the result has them there too.</param>
    public static Tensor Apply(OperationScope scope, Tensor value, Tensor kernel, IReadOnlyList<WindowAxis> axes, long groups, bool channelsLast)
    {
        Grid from = Grid.Of(value.Shape, channelsLast);
        (int inner, int results) = (kernel.Shape[^2], kernel.Shape[^1]);
        if (groups < 1 || inner * groups != from.Channels || results % groups != 0 || kernel.Count == 0)
            throw Misfit(scope, value, kernel, groups);
        int each = (int)(results / groups);
        int[] taps = kernel.Shape[..^2];
        int[] shape = Grid.ShapeOf(from.Batch, results, axes.Select(axis => axis.Output), channelsLast);
        double[] result = scope.Allocate(Extents.Count(shape));
        scope.TakeOperations(Work(from.Batch, axes.Select(axis => axis.Output), taps, from.Channels, each));
        Grid to = Grid.Of(shape, channelsLast);
        double[] sums = new double[results];
        int[] place = new int[axes.Count];
        int[] tap = new int[axes.Count];
        for (int sample = 0; sample < from.Batch; sample++)
        {
            for (int i = to.Positions; i > 0; i--, Grid.Advance(place, to.Extents))
            {
                Array.Clear(sums);
                for (int t = 0; t < kernel.Count; t += inner * results, Grid.Advance(tap, taps))
                {
                    if (from.Place(axes, place, tap) is int at and >= 0)
                        AddTap(scope, value, from, (sample * from.BatchStride) + at, kernel, t, sums);
                }

                int start = (sample * to.BatchStride) + to.Start(place);
                for (int o = 0; o < results; o++)
                    result[start + (o * to.ChannelStride)] = sums[o];
            }
        }

        return Tensor.Real(shape, result);
    }

    /// <summary>Adds what the channels of one position give by the weights of one tap.</summary>
    private static void AddTap(OperationScope scope, Tensor value, Grid from, int position, Tensor kernel, int tap, double[] sums)
    {
        int inner = kernel.Shape[^2];
        int each = sums.Length / (from.Channels / inner);
        for (int first = 0; first < sums.Length; first += each)
        {
            for (int channel = 0; channel < inner; channel++, position += from.ChannelStride)
            {
                double factor = value.Elements[position];
                int weight = tap + (channel * sums.Length);
                for (int o = first; o < first + each; o++)
                    sums[o] = scope.Rounded(sums[o] + scope.Rounded(factor * kernel.Elements[weight + o]));
            }
        }
    }

    /// <summary>The way back: each element adds w[t, c, o] times itself to the result at p·stride + t·dilation − before.</summary>
    /// <param name="scope">For the account.</param>
    /// <param name="value">[samples, channels, positions…], or with the channels last.</param>
    /// <param name="kernel">[taps…, channels, results of a group].</param>
    /// <param name="axes">From the result back to the value: <see cref="WindowAxis.Transposed"/>.</param>
    /// <param name="groups">Into how many the channels and the results are parted.</param>
    /// <param name="channelsLast">Where the value has its channels; the result has them there too.</param>
    public static Tensor Transposed(OperationScope scope, Tensor value, Tensor kernel, IReadOnlyList<WindowAxis> axes, long groups, bool channelsLast)
    {
        Grid from = Grid.Of(value.Shape, channelsLast);
        int each = kernel.Shape[^1];
        if (groups < 1 || groups > from.Channels || kernel.Shape[^2] != from.Channels || from.Channels % groups != 0 || kernel.Count == 0 || each * groups > int.MaxValue)
            throw Misfit(scope, value, kernel, groups);
        int inner = (int)(from.Channels / groups);
        int[] taps = kernel.Shape[..^2];
        int[] shape = Grid.ShapeOf(from.Batch, (int)(each * groups), axes.Select(axis => axis.Input), channelsLast);
        double[] result = scope.Allocate(Extents.Count(shape));
        scope.TakeOperations(Work(from.Batch, from.Extents, taps, from.Channels, each));
        Grid to = Grid.Of(shape, channelsLast);
        int[] place = new int[axes.Count];
        int[] tap = new int[axes.Count];
        for (int sample = 0; sample < from.Batch; sample++)
        {
            for (int i = from.Positions; i > 0; i--, Grid.Advance(place, from.Extents))
            {
                int start = (sample * from.BatchStride) + from.Start(place);
                for (int t = 0; t < kernel.Count; t += from.Channels * each, Grid.Advance(tap, taps))
                {
                    if (to.Place(axes, place, tap) is not (int at and >= 0))
                        continue;
                    for (int channel = 0; channel < from.Channels; channel++)
                    {
                        double factor = value.Elements[start + (channel * from.ChannelStride)];
                        int target = (sample * to.BatchStride) + at + (channel / inner * each * to.ChannelStride);
                        for (int o = 0; o < each; o++, target += to.ChannelStride)
                            result[target] = scope.Rounded(result[target] + scope.Rounded(factor * kernel.Elements[t + (channel * each) + o]));
                    }
                }
            }
        }

        return Tensor.Real(shape, result);
    }

    /// <summary>One number added to each channel.</summary>
    public static Tensor AddBias(OperationScope scope, Tensor value, Tensor bias, bool channelsLast)
    {
        int channels = channelsLast ? value.Shape[^1] : value.Shape[1];
        if (bias.Count != channels)
            throw scope.Error($"its bias of shape {bias.ShapeText} does not fit {channels} channels");
        Tensor shaped = bias.WithShape([channels, .. Enumerable.Repeat(1, channelsLast ? 0 : value.Rank - 2)]);
        return Elementwise.Apply(scope, value, shaped with { Type = ElementType.Real }, (x, summand) => x + summand);
    }

    /// <summary>Products, and for every tap at every position the search for its place.</summary>
    private static long Work(int batch, IEnumerable<int> positions, int[] taps, int channels, int each)
    {
        long places = Extents.Count([batch, .. positions, .. taps]);
        long products = Extents.Count([batch, .. positions, .. taps, channels, each]);
        return places > long.MaxValue / 200 || products > long.MaxValue / 2 ? long.MaxValue : products + (places * PlaceWork * taps.Length);
    }

    private static ModelFileException Misfit(OperationScope scope, Tensor value, Tensor kernel, long groups) => scope.Error(
        $"a kernel for {kernel.Shape[^2]} channels and {kernel.Shape[^1]} results, in {groups} groups, does not fit a value of shape {value.ShapeText}");
}
