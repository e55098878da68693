using System;
using System.Collections.Generic;
using System.Linq;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace GeneratedNetworks.Charts;

/// <summary>What charts of a run have in common: a curve over the epochs, the best of them, and the axis below.</summary>
internal static class EpochCurves
{
    /// <summary>Adds a curve; what is not known or not finite leaves a gap.</summary>
    public static void Add(Plot plot, IReadOnlyList<EpochReport> history, Func<EpochReport, double?> value, string name, Color color)
    {
        double[] epochs = [.. history.Select(report => (double)report.Epoch)];
        double[] values = [.. history.Select(report => value(report) is { } known && double.IsFinite(known) ? known : double.NaN)];
        var curve = plot.Add.Scatter(epochs, values);
        curve.Color = color;
        curve.LineWidth = 2;
        curve.MarkerSize = history.Count > 100 ? 0 : 4;
        curve.LegendText = name;
    }

    public static void MarkBest(Plot plot, FitResult result)
    {
        if (result.BestEpoch == 0)
            return;
        var best = plot.Add.VerticalLine(result.BestEpoch);
        best.Color = Palette.Grey;
        best.LinePattern = LinePattern.Dotted;
        best.LegendText = $"best epoch, {result.BestEpoch}";
    }

    public static void SetEpochs(Plot plot, IReadOnlyList<EpochReport> history)
    {
        plot.Axes.SetLimitsX(Math.Min(1, history[0].Epoch) - 0.5, history[^1].Epoch + 0.5);
        plot.Axes.Bottom.TickGenerator = new NumericAutomatic { IntegerTicksOnly = true };
        plot.XLabel("epoch");
    }

    public static void RequireEpochs(FitResult result)
    {
        if (result.History.Count == 0)
            throw new ArgumentException("There is no epoch to draw.", nameof(result));
    }
}
