using ScottPlot;

namespace GeneratedNetworks.Charts;

/// <summary>A table of values as colored cells.</summary>
internal static class Cells
{
    /// <summary>Fills a rectangle with cells, the first row on top.</summary>
    public static void Add(Plot plot, double[,] values, CoordinateRect edges, IColormap colors, ScottPlot.Range range)
    {
        double[,] cells = AtLeastTwo(values);
        double halfWidth = edges.Width / cells.GetLength(1) / 2;
        double halfHeight = edges.Height / cells.GetLength(0) / 2;
        var map = plot.Add.Heatmap(cells);

        // A heat map is placed by the middles of its outer cells.
        map.Position = new CoordinateRect(edges.Left + halfWidth, edges.Right - halfWidth, edges.Bottom + halfHeight, edges.Top - halfHeight);
        map.Colormap = colors;
        map.ManualRange = range;
    }

    /// <summary>A single row or column has no distance between middles: it is drawn as two equal ones.</summary>
    private static double[,] AtLeastTwo(double[,] values)
    {
        int rows = values.GetLength(0);
        int columns = values.GetLength(1);
        int rowRepeat = rows == 1 ? 2 : 1;
        int columnRepeat = columns == 1 ? 2 : 1;
        double[,] cells = new double[rows * rowRepeat, columns * columnRepeat];
        for (int y = 0; y < cells.GetLength(0); y++)
        {
            for (int x = 0; x < cells.GetLength(1); x++)
                cells[y, x] = values[y / rowRepeat, x / columnRepeat];
        }

        return cells;
    }
}
