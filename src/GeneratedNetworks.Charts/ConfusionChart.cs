using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace GeneratedNetworks.Charts;

internal static class ConfusionChart
{
    private const int MostWithNumbers = 30;

    public static Chart Create(ConfusionMatrix matrix, IReadOnlyList<string>? classNames)
    {
        int count = matrix.ClassCount;
        string[] names = ClassNames.Of(classNames, count);
        double[,] shares = new double[count, count];
        Plot plot = new();
        for (int actual = 0; actual < count; actual++)
        {
            double row = Math.Max(1, Enumerable.Range(0, count).Sum(predicted => (double)matrix[actual, predicted]));
            for (int predicted = 0; predicted < count; predicted++)
                shares[actual, predicted] = matrix[actual, predicted] / row;
        }

        // Row 0 at the top: the axis counts down.
        Cells.Add(plot, shares, new CoordinateRect(-0.5, count - 0.5, -0.5, count - 0.5), new ShareColormap(), new ScottPlot.Range(0, 1));
        if (count <= MostWithNumbers)
            AddNumbers(plot, matrix, shares);
        double[] places = [.. Enumerable.Range(0, count).Select(i => (double)i)];
        plot.Axes.Bottom.TickGenerator = new NumericManual(places, names);
        plot.Axes.Left.TickGenerator = new NumericManual(places, [.. Enumerable.Reverse(names)]);
        plot.Axes.Bottom.MajorTickStyle.Length = 0;
        plot.Axes.Left.MajorTickStyle.Length = 0;
        if (names.Max(name => name.Length) > 4)
        {
            plot.Axes.Bottom.TickLabelStyle.Rotation = -45;
            plot.Axes.Bottom.TickLabelStyle.Alignment = Alignment.MiddleRight;
            plot.Axes.Bottom.MinimumSize = 40 + (5 * Math.Min(24, names.Max(name => name.Length)));
        }

        plot.HideGrid();
        plot.Axes.SetLimits(-0.5, count - 0.5, -0.5, count - 0.5);
        plot.Title(FormattableString.Invariant($"{matrix.Correct} of {matrix.Total} right ({100 * matrix.Accuracy:0.0} %)"));
        plot.XLabel("predicted class");
        plot.YLabel("actual class");
        int side = Math.Clamp(160 + (48 * count), 400, 1400);
        return new Chart(plot, side + 40, side);
    }

    private static void AddNumbers(Plot plot, ConfusionMatrix matrix, double[,] shares)
    {
        int count = matrix.ClassCount;
        for (int actual = 0; actual < count; actual++)
        {
            for (int predicted = 0; predicted < count; predicted++)
            {
                if (matrix[actual, predicted] == 0)
                    continue;
                string number = matrix[actual, predicted].ToString(CultureInfo.InvariantCulture);
                var text = plot.Add.Text(number, predicted, count - 1 - actual);
                text.LabelAlignment = Alignment.MiddleCenter;
                text.LabelFontSize = 14;
                text.LabelFontColor = shares[actual, predicted] > 0.5 ? Colors.White : Colors.Black;
            }
        }
    }
}
