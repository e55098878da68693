using GeneratedNetworks.Import;

namespace GeneratedNetworks.Tool.Networks;

/// <summary>Convolutions and pools in double, one loop per sum of the definition.</summary>
internal static class PlainWindows
{
    /// <summary>y[p, o] = b[o] + Σ x[p·s + k·d − before, c]·W[k, c, o], c over the channels of o's group.</summary>
    public static PlainValue Convolution(ImportedLayer layer, PlainValue x, ReadOnlySpan<double> weight, ReadOnlySpan<double> bias)
    {
        int filters = layer.Get("filters", 0), groups = layer.Get("Groups", 1);
        int channels = x.Channels / groups, share = filters / groups;
        (PlainAxis rows, PlainAxis columns) = PlainAxis.Sliding(layer, "kernel", x, isPool: false);
        PlainValue y = Result(x, rows, columns, filters, bias);
        foreach ((int from, int tap, int to) in Seen(x, rows, columns))
        {
            for (int group = 0; group < groups; group++)
            {
                for (int c = 0; c < channels; c++)
                {
                    double element = x.Elements[(from * x.Channels) + (group * channels) + c];
                    int row = ((tap * channels) + c) * filters;
                    for (int o = group * share; o < (group + 1) * share; o++)
                        y.Elements[(to * filters) + o] += element * weight[row + o];
                }
            }
        }

        return y;
    }

    /// <summary>y[p, c·M + m] = b + Σ x[p·s + k·d − before, c]·W[k, c, m].</summary>
    public static PlainValue Depthwise(ImportedLayer layer, PlainValue x, ReadOnlySpan<double> weight, ReadOnlySpan<double> bias)
    {
        int multiplier = layer.Get("Multiplier", 1), channels = x.Channels;
        (PlainAxis rows, PlainAxis columns) = PlainAxis.Sliding(layer, "kernel", x, isPool: false);
        PlainValue y = Result(x, rows, columns, channels * multiplier, bias);
        foreach ((int from, int tap, int to) in Seen(x, rows, columns))
        {
            for (int i = 0; i < channels * multiplier; i++)
                y.Elements[(to * channels * multiplier) + i] += x.Elements[(from * channels) + (i / multiplier)] * weight[(tap * channels * multiplier) + i];
        }

        return y;
    }

    /// <summary>y[q·s + k·d − crop, o] += x[q, c]·W[k, o, c], and b[o].</summary>
    public static PlainValue Transposed(ImportedLayer layer, PlainValue x, ReadOnlySpan<double> weight, ReadOnlySpan<double> bias)
    {
        int filters = layer.Get("filters", 0), channels = x.Channels;
        (PlainAxis rows, PlainAxis columns) = PlainAxis.Spreading(layer, x);
        PlainValue y = Result(x, rows, columns, filters, bias);

        // Read the other way around: each element of x is a position that "sees" the output.
        foreach ((int to, int tap, int from) in Seen(y, rows with { Input = rows.Output, Output = rows.Input }, columns with { Input = columns.Output, Output = columns.Input }))
        {
            for (int o = 0; o < filters; o++)
            {
                for (int c = 0; c < channels; c++)
                    y.Elements[(to * filters) + o] += x.Elements[(from * channels) + c] * weight[(((tap * filters) + o) * channels) + c];
            }
        }

        return y;
    }

    /// <summary>The largest of each window's elements inside the value; NaN wins.</summary>
    public static PlainValue Maximum(ImportedLayer layer, PlainValue x)
    {
        (PlainAxis rows, PlainAxis columns) = PlainAxis.Sliding(layer, "size", x, isPool: true);
        PlainValue y = Result(x, rows, columns, x.Channels, []);
        Array.Fill(y.Elements, double.NegativeInfinity);
        foreach ((int from, _, int to) in Seen(x, rows, columns))
        {
            for (int c = 0; c < x.Channels; c++)
                y.Elements[(to * x.Channels) + c] = Math.Max(y.Elements[(to * x.Channels) + c], x.Elements[(from * x.Channels) + c]);
        }

        return y;
    }

    /// <summary>The mean of each window's elements inside the value, or of those around it too, which are zeros.</summary>
    public static PlainValue Average(ImportedLayer layer, PlainValue x)
    {
        (PlainAxis rows, PlainAxis columns) = PlainAxis.Sliding(layer, "size", x, isPool: true);
        bool countsPadding = layer.Get("CountPadding", false);
        PlainValue y = Result(x, rows, columns, x.Channels, []);
        foreach ((int from, _, int to) in Seen(x, rows, columns))
        {
            for (int c = 0; c < x.Channels; c++)
                y.Elements[(to * x.Channels) + c] += x.Elements[(from * x.Channels) + c];
        }

        for (int i = 0; i < y.Elements.Length; i++)
        {
            int position = i / x.Channels;
            y.Elements[i] /= Counted(rows, position / columns.Output) * Counted(columns, position % columns.Output);
        }

        return y;

        int Counted(PlainAxis axis, int position) =>
            Enumerable.Range(0, axis.Kernel).Count(place => axis.At(position, place) is var element && (countsPadding ? axis.IsPadded(element) : axis.IsInside(element)));
    }

    /// <summary>One number for each channel, of all positions.</summary>
    public static PlainValue Global(PlainValue x, bool isMaximum)
    {
        double[][] channels = [.. Enumerable.Range(0, x.Channels).Select(c => x.Elements.Where((_, i) => i % x.Channels == c).ToArray())];
        return new([x.Channels], Array.ConvertAll(channels, channel => isMaximum ? channel.Aggregate(double.NegativeInfinity, Math.Max) : channel.Average()));
    }

    private static PlainValue Result(PlainValue x, PlainAxis rows, PlainAxis columns, int channels, ReadOnlySpan<double> bias)
    {
        PlainValue result = PlainValue.Of(x.Shape.Count == 2 ? [columns.Output, channels] : [rows.Output, columns.Output, channels]);
        for (int i = 0; bias.Length > 0 && i < result.Elements.Length; i++)
            result.Elements[i] = bias[i % channels];
        return result;
    }

    /// <summary>Each element that a window sees, without channels: which it is, at which place of the kernel, and from which position.</summary>
    private static IEnumerable<(int Element, int Tap, int Position)> Seen(PlainValue value, PlainAxis rows, PlainAxis columns)
    {
        int width = value.Plane.Columns;
        for (int position = 0; position < rows.Output * columns.Output; position++)
        {
            for (int tap = 0; tap < rows.Kernel * columns.Kernel; tap++)
            {
                int row = rows.At(position / columns.Output, tap / columns.Kernel), column = columns.At(position % columns.Output, tap % columns.Kernel);
                if (rows.IsInside(row) && columns.IsInside(column))
                    yield return ((row * width) + column, tap, position);
            }
        }
    }
}
