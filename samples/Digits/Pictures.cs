using System;
using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks;
using ScottPlot;

namespace Digits;

/// <summary>PNG pictures of a training run.</summary>
internal static class Pictures
{
    private const int Side = 8;
    private const int Columns = 6;

    public static void SaveLossCurve(FitResult result, string path)
    {
        using Plot plot = new();
        double[] epochs = [.. result.History.Select(report => (double)report.Epoch)];
        double[] losses = [.. result.History.Select(report => Math.Log10(report.TrainingLoss))];
        var curve = plot.Add.Scatter(epochs, losses);
        curve.LineWidth = 2;
        curve.MarkerSize = 4;
        plot.Axes.Left.TickGenerator = new ScottPlot.TickGenerators.NumericAutomatic
        {
            LabelFormatter = exponent => FormattableString.Invariant($"{Math.Pow(10, exponent):g2}"),
        };
        plot.Title("Cross-entropy while training");
        plot.XLabel("epoch");
        plot.YLabel("mean loss (logarithmic)");
        plot.SavePng(path, 800, 500);
    }

    /// <summary>Every test digit that was read wrong, in a grid, each titled with what it is and what was read.</summary>
    public static void SaveMisclassified(DigitNet network, Dataset<float> test, string path)
    {
        float[] outputs = new float[test.Count * DigitNet.OutputSize];
        network.Forward(test.Inputs, outputs);
        List<(int Sample, int Drawn, int Read, float Probability)> mistakes = [];
        for (int i = 0; i < test.Count; i++)
        {
            ReadOnlySpan<float> output = outputs.AsSpan(i * DigitNet.OutputSize, DigitNet.OutputSize);
            int drawn = Metrics.ClassOf(test.GetTargets(i));
            int read = Metrics.ClassOf(output);
            if (drawn != read)
                mistakes.Add((i, drawn, read, output[read]));
        }

        using Plot plot = new();
        plot.HideGrid();
        plot.HideAxesAndGrid();
        int rows = Math.Max(1, (mistakes.Count + Columns - 1) / Columns);
        for (int i = 0; i < mistakes.Count; i++)
        {
            (int sample, int drawn, int read, float probability) = mistakes[i];
            double left = i % Columns * (Side + 2);
            double bottom = -(i / Columns) * (Side + 4.0);
            var image = plot.Add.Heatmap(Image(test.GetInputs(sample)));
            image.Position = new CoordinateRect(left, left + Side, bottom, bottom + Side);
            image.Colormap = new ScottPlot.Colormaps.Grayscale();
            image.ManualRange = new ScottPlot.Range(0, 1);
            string title = FormattableString.Invariant($"{drawn} read as {read} ({probability:p0})");
            var label = plot.Add.Text(title, left + (Side / 2.0), bottom + Side + 0.4);
            label.LabelAlignment = Alignment.LowerCenter;
            label.LabelFontSize = 14;
        }

        plot.Title($"{mistakes.Count} of {test.Count} test digits were read wrong");
        plot.Axes.SetLimits(-1, (Columns * (Side + 2)) - 1, -(rows - 1) * (Side + 4.0) - 1, Side + 3);
        plot.SavePng(path, 1000, 80 + (rows * 190));
    }

    private static double[,] Image(ReadOnlySpan<float> pixels)
    {
        double[,] image = new double[Side, Side];
        for (int i = 0; i < pixels.Length; i++)
            image[i / Side, i % Side] = pixels[i];
        return image;
    }
}
