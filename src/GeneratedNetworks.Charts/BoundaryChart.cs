using System;
using System.Collections.Generic;
using System.Linq;
using ScottPlot;

namespace GeneratedNetworks.Charts;

internal static class BoundaryChart
{
    private const int Side = 240;
    private const double Margin = 0.12;

    public static Chart Create<T>(INetwork<T> network, Dataset<T> data)
        where T : struct
    {
        if (network.InputSize != 2)
            throw new ArgumentException($"A plane has two dimensions, but the network has {network.InputSize} inputs.", nameof(network));
        Numbers.CheckFits(network, data);
        double[] points = Array.ConvertAll(data.Inputs.ToArray(), Numbers.ToDouble);
        (double left, double right) = Limits(points, 0);
        (double bottom, double top) = Limits(points, 1);
        T[] grid = new T[Side * Side * 2];
        for (int i = 0; i < Side * Side; i++)
        {
            // Rows of a heat map go down from the top; points are the cells' middles.
            grid[2 * i] = Numbers.FromDouble<T>(left + ((right - left) * ((i % Side) + 0.5) / Side));
            grid[(2 * i) + 1] = Numbers.FromDouble<T>(top - ((top - bottom) * ((i / Side) + 0.5) / Side));
        }

        int classes = Math.Max(2, network.OutputSize);
        double[] outputs = Numbers.Outputs(network, grid);
        double[,] regions = new double[Side, Side];
        for (int i = 0; i < Side * Side; i++)
            regions[i / Side, i % Side] = Region(outputs.AsSpan(i * network.OutputSize, network.OutputSize));

        Plot plot = new();
        Cells.Add(plot, regions, new CoordinateRect(left, right, bottom, top), new ClassColormap(classes), new ScottPlot.Range(0, classes));
        AddPoints(plot, data, points, ClassNames.Of(data.ClassNames, classes));
        plot.Title("Class of each point, paler where less sure");
        plot.XLabel(data.InputNames?[0] ?? "input 0");
        plot.YLabel(data.InputNames?[1] ?? "input 1");
        plot.ShowLegend(Alignment.UpperRight);
        plot.Axes.SetLimits(left, right, bottom, top);
        return new Chart(plot, 800, 600);
    }

    private static double Region(ReadOnlySpan<double> outputs)
    {
        double[] probabilities = Numbers.Probabilities(outputs);
        int best = Array.IndexOf(probabilities, probabilities.Max());
        double least = 1.0 / probabilities.Length;
        return ClassColormap.Encode(Math.Max(best, 0), (probabilities.Max() - least) / (1 - least));
    }

    private static (double Low, double High) Limits(double[] points, int column)
    {
        double[] values = [.. points.Where((value, i) => i % 2 == column && double.IsFinite(value))];
        (double low, double high) = (values.DefaultIfEmpty(0).Min(), values.DefaultIfEmpty(0).Max());
        double margin = high > low ? Margin * (high - low) : 1;
        return (low - margin, high + margin);
    }

    private static void AddPoints<T>(Plot plot, Dataset<T> data, double[] points, string[] names)
        where T : struct
    {
        int size = data.Count > 1000 ? 4 : 8;
        var edges = plot.Add.ScatterPoints(points.Chunk(2).Select(point => new Coordinates(point[0], point[1])).ToArray());
        edges.Color = Colors.White;
        edges.MarkerSize = size + 3;
        for (int @class = 0; @class < names.Length; @class++)
        {
            List<Coordinates> members = [];
            for (int i = 0; i < data.Count; i++)
            {
                if (Metrics.ClassOf(data.GetTargets(i)) == @class)
                    members.Add(new Coordinates(points[2 * i], points[(2 * i) + 1]));
            }

            if (members.Count == 0)
                continue;
            var scatter = plot.Add.ScatterPoints(members);
            scatter.Color = Palette.Class(@class);
            scatter.MarkerSize = size;
            scatter.LegendText = names[@class];
        }
    }
}
