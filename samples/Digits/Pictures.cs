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
        double[] ticks = LossTicks(result.History.Min(report => report.TrainingLoss), result.History.Max(report => report.TrainingLoss));
        plot.Axes.Left.TickGenerator = new ScottPlot.TickGenerators.NumericManual(
            [.. ticks.Select(Math.Log10)], [.. ticks.Select(tick => FormattableString.Invariant($"{tick:0.#########}"))]);
        plot.Axes.SetLimitsY(Math.Log10(ticks[0]), Math.Log10(ticks[^1]));
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
        int columns = Math.Clamp(mistakes.Count, 1, Columns);
        int rows = Math.Max(1, (mistakes.Count + columns - 1) / columns);
        for (int i = 0; i < mistakes.Count; i++)
        {
            (int sample, int drawn, int read, float probability) = mistakes[i];
            double left = i % columns * (Side + 2);
            double bottom = -(i / columns) * (Side + 4.0);
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

        // Room for the title, however few the columns.
        int width = 40 + Math.Max(columns * 160, 400);
        double margin = ((width - 40) / 16.0) - (columns * (Side + 2));
        plot.Axes.SetLimits(-1 - (margin / 2), (columns * (Side + 2)) - 1 + (margin / 2), -(rows - 1) * (Side + 4.0) - 1, Side + 3);
        plot.Axes.SquareUnits();
        plot.SavePng(path, width, 80 + (rows * 190));
    }

    /// <summary>1, 2 and 5 times the powers of ten, from the last one below the losses to the first one above.</summary>
    private static double[] LossTicks(double lowest, double highest)
    {
        int first = (int)Math.Floor(Math.Log10(lowest));
        int last = (int)Math.Floor(Math.Log10(highest)) + 1;
        List<double> ticks = [];
        for (int exponent = first; exponent <= last; exponent++)
            ticks.AddRange(new[] { 1, 2, 5 }.Select(digit => digit * Math.Pow(10, exponent)));
        double low = ticks.FindLast(tick => tick <= lowest);
        double high = ticks.Find(tick => tick >= highest);
        return [.. ticks.Where(tick => tick >= low && tick <= high)];
    }

    private static double[,] Image(ReadOnlySpan<float> pixels)
    {
        double[,] image = new double[Side, Side];
        for (int i = 0; i < pixels.Length; i++)
            image[i / Side, i % Side] = pixels[i];
        return image;
    }
}
