using System;
using System.Collections.Generic;
using System.Linq;
using ScottPlot;
using ScottPlot.Colormaps;

namespace GeneratedNetworks.Charts;

internal static class MistakesChart
{
    public static Chart Create<T>(INetwork<T> network, Dataset<T> data, int imageWidth, int most)
        where T : struct
    {
        Numbers.CheckFits(network, data);
        if (data.InputSize % imageWidth != 0)
            throw new ArgumentException($"A width of {imageWidth} does not divide the {data.InputSize} inputs.", nameof(imageWidth));
        double[] outputs = Numbers.Outputs(network, data.Inputs);
        string[] names = ClassNames.Of(data.ClassNames, Math.Max(2, network.OutputSize));
        List<(double[,], string)> pictures = [];
        int mistakes = 0;
        for (int i = 0; i < data.Count; i++)
        {
            ReadOnlySpan<double> output = outputs.AsSpan(i * network.OutputSize, network.OutputSize);
            int actual = Metrics.ClassOf(data.GetTargets(i));
            int read = Metrics.ClassOf(output);
            if (actual == read)
                continue;
            mistakes++;
            if (pictures.Count < most)
                pictures.Add((Image(data.GetInputs(i), imageWidth), Caption(names, actual, read, output)));
        }

        double[] pixels = Array.ConvertAll(data.Inputs.ToArray(), Numbers.ToDouble);
        ScottPlot.Range range = new(pixels.Min(), Math.Max(pixels.Max(), pixels.Min() + 1e-9));
        string shown = pictures.Count < mistakes ? $"; the first {pictures.Count}" : "";
        return PictureGrid.Create(pictures, new Grayscale(), range, $"{mistakes} of {data.Count} images were read wrong{shown}", 130);
    }

    private static string Caption(string[] names, int actual, int read, ReadOnlySpan<double> output) => read < 0
        ? $"{names[actual]} read as nothing"
        : FormattableString.Invariant($"{names[actual]} read as {names[read]} ({100 * Numbers.Probabilities(output)[read]:0} %)");

    private static double[,] Image<T>(ReadOnlySpan<T> pixels, int width)
        where T : struct
    {
        double[,] image = new double[pixels.Length / width, width];
        for (int i = 0; i < pixels.Length; i++)
            image[i / width, i % width] = Numbers.ToDouble(pixels[i]);
        return image;
    }
}
