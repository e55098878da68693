using System;
using System.Collections.Generic;
using System.Linq;
using ScottPlot;

namespace GeneratedNetworks.Charts;

internal static class AccuracyChart
{
    public static Chart Create(FitResult result)
    {
        EpochCurves.RequireEpochs(result);
        IReadOnlyList<EpochReport> history = result.History;
        bool isAccuracy = history.Any(report => report.TrainingAccuracy is not null || report.ValidationAccuracy is not null);
        Func<EpochReport, double?> training = isAccuracy ? report => 100 * report.TrainingAccuracy : report => report.TrainingRSquared;
        Func<EpochReport, double?> validation = isAccuracy ? report => 100 * report.ValidationAccuracy : report => report.ValidationRSquared;
        double[] known = [.. history.SelectMany(report => new[] { training(report), validation(report) }).OfType<double>().Where(double.IsFinite)];
        if (known.Length == 0)
            throw new ArgumentException("Nothing was measured: set Validation, MeasureTraining or both in the FitOptions.", nameof(result));

        Plot plot = new();
        if (history.Any(report => training(report) is not null))
            EpochCurves.Add(plot, history, training, "training", Palette.Blue);
        if (history.Any(report => validation(report) is not null))
        {
            EpochCurves.Add(plot, history, validation, "validation", Palette.Orange);
            EpochCurves.MarkBest(plot, result);
        }

        // The top is known, and what happens near it is what matters: the lower end is the data's.
        double top = isAccuracy ? 100 : 1;
        double margin = Math.Max((top - known.Min()) * 0.05, top * 0.002);
        plot.Axes.SetLimitsY(known.Min() - margin, top + margin);
        EpochCurves.SetEpochs(plot, history);
        plot.Title(isAccuracy ? "Accuracy while training" : "R² while training");
        plot.YLabel(isAccuracy ? "samples whose class was found, %" : "R² (1: exact, 0: no better than the mean)");
        plot.ShowLegend(Alignment.LowerRight);
        return new Chart(plot, 800, 500);
    }
}
