using System;
using System.Collections.Generic;
using System.Linq;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace GeneratedNetworks.Charts;

internal static class LossChart
{
    // From here on a linear axis would hide what happens at the end.
    private const double LogarithmicFrom = 10;

    public static Chart Create(FitResult result)
    {
        EpochCurves.RequireEpochs(result);
        double[] losses = [.. result.History.SelectMany(report => new[] { report.TrainingLoss, report.ValidationLoss }).OfType<double>().Where(double.IsFinite)];
        bool logarithmic = losses.Length > 0 && losses.Min() > 0 && losses.Max() / losses.Min() >= LogarithmicFrom;
        Plot plot = new();
        EpochCurves.Add(plot, result.History, report => Height(report.TrainingLoss), "training", Palette.Blue);
        bool validated = result.History.Any(report => report.ValidationLoss is not null);
        if (validated)
        {
            EpochCurves.Add(plot, result.History, report => Height(report.ValidationLoss), "validation", Palette.Orange);
            EpochCurves.MarkBest(plot, result);
        }

        if (logarithmic)
            SetLogarithmic(plot, losses.Min(), losses.Max());
        else
            plot.Axes.SetLimitsY(Math.Min(0, losses.DefaultIfEmpty(0).Min()), losses.DefaultIfEmpty(1).Max() * 1.05);
        EpochCurves.SetEpochs(plot, result.History);
        plot.Title("Loss while training");
        plot.YLabel(logarithmic ? "mean loss per sample (logarithmic)" : "mean loss per sample");
        if (validated)
            plot.ShowLegend(Alignment.UpperRight);
        else
            plot.HideLegend();
        return new Chart(plot, 800, 500);

        double? Height(double? loss) => logarithmic && loss is { } value ? Math.Log10(value) : loss;
    }

    /// <summary>1, 2 and 5 times the powers of ten, from the last one below the losses to the first one above.</summary>
    private static void SetLogarithmic(Plot plot, double lowest, double highest)
    {
        int first = (int)Math.Floor(Math.Log10(lowest));
        int last = (int)Math.Floor(Math.Log10(highest)) + 1;
        int[] digits = last - first > 4 ? [1] : [1, 2, 5];
        List<double> ticks = [];
        for (int exponent = first; exponent <= last; exponent++)
            ticks.AddRange(digits.Select(digit => digit * Math.Pow(10, exponent)));
        double low = ticks.FindLast(tick => tick <= lowest * (1 + 1e-9));
        double high = ticks.Find(tick => tick >= highest * (1 - 1e-9));
        double[] shown = [.. ticks.Where(tick => tick >= low && tick <= high)];
        plot.Axes.Left.TickGenerator = new NumericManual(
            Array.ConvertAll(shown, Math.Log10), Array.ConvertAll(shown, tick => FormattableString.Invariant($"{tick:G4}")));
        plot.Axes.SetLimitsY(Math.Log10(low), Math.Log10(high));
    }
}
