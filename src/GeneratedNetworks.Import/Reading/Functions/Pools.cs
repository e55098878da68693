namespace GeneratedNetworks.Import.Reading.Functions;

/// <summary>One number of those that a window lies over.</summary>
/// <param name="elements">Inside of the value, in row-major order; at least one.</param>
/// <param name="counted">How many there are with those of the padding.</param>
internal delegate double PoolFunction(ReadOnlySpan<double> elements, int counted);

/// <summary>Pools over one axis of positions or more, each channel for itself.</summary>
internal static class Pools
{
    // What a tap costs, in products.
    private const int PlaceWork = 4;

    /// <summary>The greatest; NaN is greater than all.</summary>
    public static double Max(ReadOnlySpan<double> elements, int counted)
    {
        double greatest = elements[0];
        foreach (double element in elements)
        {
            if (element > greatest || double.IsNaN(element))
                greatest = element;
        }

        return greatest;
    }

    /// <summary>The mean, of the elements inside or of those of the padding as well, which are 0; sums are kept as the run keeps them.</summary>
    public static PoolFunction Average(OperationScope scope, bool countsPadding) => (elements, counted) =>
    {
        double sum = 0;
        foreach (double element in elements)
            sum = scope.Rounded(sum + element);
        return sum / (countsPadding ? counted : elements.Length);
    };

    /// <summary>Applies a function to every place of a window.</summary>
    /// <param name="scope">For the account.</param>
    /// <param name="value">[samples, channels, positions…], or with the channels last.</param>
    /// <param name="axes">One for each axis of positions.</param>
    /// <param name="channelsLast">Where the value has its channels.</param>
    /// <param name="function">Of the elements under the window.</param>
    public static Tensor Apply(OperationScope scope, Tensor value, IReadOnlyList<WindowAxis> axes, bool channelsLast, PoolFunction function)
    {
        Grid from = Grid.Of(value.Shape, channelsLast);
        int[] shape = Grid.ShapeOf(from.Batch, from.Channels, axes.Select(axis => axis.Output), channelsLast);
        double[] result = scope.Allocate(Extents.Count(shape));
        int[] taps = [.. axes.Select(axis => axis.Kernel)];
        long count = Extents.Count([.. shape, .. taps]);
        scope.TakeOperations(count > long.MaxValue / PlaceWork ? count : PlaceWork * count);
        scope.TakeElements(Extents.Count(taps));
        scope.TakeElements(Extents.Count(taps));
        Grid to = Grid.Of(shape, channelsLast);
        int[] under = new int[(int)Extents.Count(taps)];
        double[] line = new double[under.Length];
        int[] place = new int[axes.Count];
        int[] tap = new int[axes.Count];
        for (int i = result.Length == 0 ? 0 : to.Positions; i > 0; i--, Grid.Advance(place, to.Extents))
        {
            (int inside, int counted) = Under(from, axes, place, tap, under);
            if (inside == 0)
                throw scope.Error("its window lies over padding alone at one of its places");
            for (int sample = 0; sample < from.Batch; sample++)
            {
                for (int channel = 0; channel < from.Channels; channel++)
                {
                    int start = (sample * from.BatchStride) + (channel * from.ChannelStride);
                    for (int t = 0; t < inside; t++)
                        line[t] = value.Elements[start + under[t]];
                    result[(sample * to.BatchStride) + (channel * to.ChannelStride) + to.Start(place)] = function(line.AsSpan(0, inside), counted);
                }
            }
        }

        return value with { Shape = shape, Elements = result };
    }

    /// <summary>The elements under the window at a place, how many these are, and how many with the padding, beyond which nothing counts.</summary>
    private static (int Inside, int Counted) Under(Grid grid, IReadOnlyList<WindowAxis> axes, int[] place, int[] tap, int[] under)
    {
        int inside = 0;
        for (int t = 0; t < under.Length; t++)
        {
            if (grid.Place(axes, place, tap) is int at and >= 0)
                under[inside++] = at;

            // The last axis first, each from 0 on again behind its last tap.
            for (int axis = tap.Length - 1; axis >= 0 && ++tap[axis] == axes[axis].Kernel; axis--)
                tap[axis] = 0;
        }

        int counted = 1;
        for (int axis = 0; axis < place.Length; axis++)
            counted *= axes[axis].Counted(place[axis]);
        return (inside, counted);
    }
}
