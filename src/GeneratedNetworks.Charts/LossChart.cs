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
        if (result.History.Count == 0)
            throw new ArgumentException("There is no epoch to draw.", nameof(result));
        double[] losses = [.. result.History.SelectMany(report => new[] { report.TrainingLoss, report.ValidationLoss }).OfType<double>().Where(double.IsFinite)];
        bool logarithmic = losses.Length > 0 && losses.Min() > 0 && losses.Max() / losses.Min() >= LogarithmicFrom;
        Plot plot = new();
        Add(plot, result.History, report => report.TrainingLoss, "training", Palette.Blue, logarithmic);
        bool validated = result.History.Any(report => report.ValidationLoss is not null);
        if (validated)
            Add(plot, result.History, report => report.ValidationLoss, "validation", Palette.Orange, logarithmic);
        if (validated && result.BestEpoch > 0)
        {
            var best = plot.Add.VerticalLine(result.BestEpoch);
            best.Color = Palette.Grey;
            best.LinePattern = LinePattern.Dotted;
            best.LegendText = $"best epoch, {result.BestEpoch}";
        }

        if (logarithmic)
            SetLogarithmic(plot, losses.Min(), losses.Max());
        else
            plot.Axes.SetLimitsY(Math.Min(0, losses.DefaultIfEmpty(0).Min()), losses.DefaultIfEmpty(1).Max() * 1.05);
        plot.Axes.SetLimitsX(Math.Min(1, result.History[0].Epoch) - 0.5, result.History[^1].Epoch + 0.5);
        plot.Axes.Bottom.TickGenerator = new NumericAutomatic { IntegerTicksOnly = true };
        plot.Title("Loss while training");
        plot.XLabel("epoch");
        plot.YLabel(logarithmic ? "mean loss per sample (logarithmic)" : "mean loss per sample");
        if (validated)
            plot.ShowLegend(Alignment.UpperRight);
        else
            plot.HideLegend();
        return new Chart(plot, 800, 500);
    }

    private static void Add(
        Plot plot, IReadOnlyList<EpochReport> history, Func<EpochReport, double?> loss, string name, Color color, bool logarithmic)
    {
        // What is not a number leaves a gap.
        double[] epochs = [.. history.Select(report => (double)report.Epoch)];
        double[] values = [.. history.Select(report => loss(report) is { } value && double.IsFinite(value) ? value : double.NaN)];
        var curve = plot.Add.Scatter(epochs, logarithmic ? Array.ConvertAll(values, Math.Log10) : values);
        curve.Color = color;
        curve.LineWidth = 2;
        curve.MarkerSize = history.Count > 100 ? 0 : 4;
        curve.LegendText = name;
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
