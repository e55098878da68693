using System.Linq;
using ScottPlot;

namespace Names;

/// <summary>What the network expects while it reads a name.</summary>
internal static class Picture
{
    public static void Save(string path, NameNet network, string name)
    {
        float[] probabilities = Surprise.Read(network, name, new float[NameNet.MemorySize]);
        int steps = name.Length + 1;
        double[,] cells = new double[Letters.Count, steps];
        for (int step = 0; step < steps; step++)
        {
            for (int letter = 0; letter < Letters.Count; letter++)
                cells[letter, step] = probabilities[(step * Letters.Count) + letter];
        }

        using Plot plot = new();
        ScottPlot.Plottables.Heatmap map = plot.Add.Heatmap(cells);
        map.Colormap = new ScottPlot.Colormaps.Blues().Reversed();
        map.FlipVertically = true;
        ColorBar(plot, map);

        // What comes next is a cell of each column.
        for (int step = 0; step < steps; step++)
            plot.Add.Marker(step, step < name.Length ? Letters.Of(name[step]) : Letters.Mark, MarkerShape.OpenCircle, 14, Colors.Red);
        string[] read = [.. Letters.Inputs(name).Select(letter => Letters.ToChar((int)letter).ToString())];
        plot.Axes.Bottom.SetTicks([.. Enumerable.Range(0, steps).Select(step => (double)step)], read);
        plot.Axes.Left.SetTicks(
            [.. Enumerable.Range(0, Letters.Count).Select(letter => (double)letter)], [.. Enumerable.Range(0, Letters.Count).Select(letter => Letters.ToChar(letter).ToString())]);
        plot.Title($"{name}: after each letter, how likely each is to come next");
        plot.XLabel("read so far (· is the mark before a name and behind it)");
        plot.YLabel("comes next; a circle around what does");
        plot.Axes.Margins(0, 0);
        plot.SavePng(path, 900, 900);
    }

    private static void ColorBar(Plot plot, ScottPlot.Plottables.Heatmap map) => plot.Add.ColorBar(map).Label = "probability";
}
