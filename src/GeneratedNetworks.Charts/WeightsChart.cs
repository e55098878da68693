using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ScottPlot;

namespace GeneratedNetworks.Charts;

internal static class WeightsChart
{
    private const int Most = 144;

    public static Chart Create<T>(INetwork<T> network, string layer, int imageWidth)
        where T : struct
    {
        NetworkParameter weight = Find(network.ParameterLayout, layer);
        T[] parameters = new T[network.ParameterCount];
        network.GetParameters(parameters);
        double[] values = Array.ConvertAll(parameters[weight.Offset..(weight.Offset + weight.Length)], Numbers.ToDouble);
        int[] shape = weight.Shape.ToArray();
        double greatest = values.Select(Math.Abs).Where(double.IsFinite).DefaultIfEmpty(0).Max();
        greatest = greatest == 0 ? 1 : greatest;
        string title = FormattableString.Invariant($"{weight.Name} [{string.Join(", ", shape)}], blue −{greatest:G3} to red {greatest:G3}");
        ScottPlot.Range range = new(-greatest, greatest);
        return shape.Length switch
        {
            2 => Dense(values, shape, imageWidth, title, range),
            4 => Kernels(values, shape, title, range),
            _ => throw new ArgumentException($"{weight.Name} has {shape.Length} dimensions; pictures are made of 2 (dense) and 4 (2-D convolution).", nameof(layer)),
        };
    }

    private static Chart Dense(double[] values, int[] shape, int imageWidth, string title, ScottPlot.Range range)
    {
        (int inputs, int units) = (shape[0], shape[1]);
        int width = imageWidth > 0 ? imageWidth : (int)Math.Round(Math.Sqrt(inputs));
        if (imageWidth > 0 && inputs % width != 0)
            throw new ArgumentException($"A width of {imageWidth} does not divide the layer's {inputs} inputs.", nameof(imageWidth));
        if (width * width != inputs && imageWidth == 0)
        {
            double[,] matrix = Picture(inputs, units, (input, unit) => values[(input * units) + unit]);
            return PictureGrid.Create([(matrix, "a row for each input, a column for each unit")], new SignColormap(), range, title, 400);
        }

        List<(double[,], string)> pictures = [];
        for (int unit = 0; unit < Math.Min(units, Most); unit++)
        {
            int column = unit;
            double[,] picture = Picture(inputs / width, width, (y, x) => values[(((y * width) + x) * units) + column]);
            pictures.Add((picture, unit.ToString(CultureInfo.InvariantCulture)));
        }

        return PictureGrid.Create(pictures, new SignColormap(), range, title, 72);
    }

    /// <summary>[height, width, in, out]: a picture for each channel that each filter reads.</summary>
    private static Chart Kernels(double[] values, int[] shape, string title, ScottPlot.Range range)
    {
        (int height, int width, int channels, int filters) = (shape[0], shape[1], shape[2], shape[3]);
        List<(double[,], string)> pictures = [];
        for (int i = 0; i < Math.Min(channels * filters, Most); i++)
        {
            (int filter, int channel) = (i / channels, i % channels);
            double[,] picture = Picture(height, width, (y, x) => values[(((((y * width) + x) * channels) + channel) * filters) + filter]);
            pictures.Add((picture, channels == 1 ? FormattableString.Invariant($"{filter}") : FormattableString.Invariant($"{filter}, in {channel}")));
        }

        return PictureGrid.Create(pictures, new SignColormap(), range, title, 72);
    }

    private static double[,] Picture(int rows, int columns, Func<int, int, double> value)
    {
        double[,] picture = new double[rows, columns];
        for (int y = 0; y < rows; y++)
        {
            for (int x = 0; x < columns; x++)
                picture[y, x] = value(y, x);
        }

        return picture;
    }

    private static NetworkParameter Find(ReadOnlySpan<NetworkParameter> layout, string layer)
    {
        const string Suffix = ".weight";
        List<string> layers = [];
        foreach (NetworkParameter parameter in layout)
        {
            if (parameter.Name == layer + Suffix)
                return parameter;
            if (parameter.Name.EndsWith(Suffix, StringComparison.Ordinal))
                layers.Add(parameter.Name[..^Suffix.Length]);
        }

        throw new ArgumentException($"There is no layer '{layer}' with weights; there are {string.Join(", ", layers)}.", nameof(layer));
    }
}
