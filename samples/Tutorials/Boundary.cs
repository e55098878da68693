using System;
using System.Linq;
using GeneratedNetworks;
using ScottPlot;

namespace Tutorials;

/// <summary>A picture of what a network of two inputs and two classes says of every point of the plane.</summary>
internal static class Boundary
{
    private const int Cells = 200;

    public static void Save(INetwork<double> network, Dataset<double> points, string path)
    {
        double[] x = [.. points.Inputs.ToArray().Chunk(2).Select(point => point[0])];
        double[] y = [.. points.Inputs.ToArray().Chunk(2).Select(point => point[1])];
        (double left, double right) = (x.Min() - 0.5, x.Max() + 0.5);
        (double bottom, double top) = (y.Min() - 0.5, y.Max() + 0.5);
        double[] grid = new double[Cells * Cells * 2];
        for (int i = 0; i < Cells * Cells; i++)
        {
            // Rows of a heat map go down from the top; points are the cells' middles.
            grid[2 * i] = left + ((right - left) * ((i % Cells) + 0.5) / Cells);
            grid[(2 * i) + 1] = top - ((top - bottom) * ((i / Cells) + 0.5) / Cells);
        }

        double[] outputs = Loop.Outputs(network, grid);
        double[,] probability = new double[Cells, Cells];
        for (int i = 0; i < Cells * Cells; i++)
            probability[i / Cells, i % Cells] = outputs[(2 * i) + 1];

        using Plot plot = new();
        var map = plot.Add.Heatmap(probability);
        map.Position = new CoordinateRect(left, right, bottom, top);
        map.ManualRange = new ScottPlot.Range(0, 1);
        map.Colormap = new ScottPlot.Colormaps.Balance();
        foreach (int label in new[] { 0, 1 })
        {
            int[] members = [.. Enumerable.Range(0, points.Count).Where(i => Metrics.ClassOf(points.GetTargets(i)) == label)];
            var scatter = plot.Add.ScatterPoints(members.Select(i => x[i]).ToArray(), members.Select(i => y[i]).ToArray());
            scatter.MarkerSize = 8;
            scatter.Color = label == 0 ? Colors.LightSkyBlue : Colors.Orange;
            scatter.LegendText = FormattableString.Invariant($"class {label}");
        }

        plot.Title("Two moons: probability of class 1 and the points trained on");
        plot.ShowLegend();
        plot.Axes.SetLimits(left, right, bottom, top);
        plot.SavePng(path, 800, 600);
    }
}
