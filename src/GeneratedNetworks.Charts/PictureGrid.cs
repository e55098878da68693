using System;
using System.Collections.Generic;
using System.Linq;
using ScottPlot;

namespace GeneratedNetworks.Charts;

/// <summary>Small pictures of one size side by side, each with a line above it.</summary>
internal static class PictureGrid
{
    private const int LetterHeight = 22, SecondLine = 16;

    // About as wide as a letter is on the average.
    private const double LetterWidth = 6.6;

    /// <param name="pictures">Rows of values, the first row on top, and the line above, which becomes two where it is wider than the picture.</param>
    /// <param name="colors">The colors of the values.</param>
    /// <param name="range">The values of the first and the last color.</param>
    /// <param name="title">Above all pictures.</param>
    /// <param name="width">The width of a picture in pixels of the chart.</param>
    public static Chart Create(IReadOnlyList<(double[,] Values, string Caption)> pictures, IColormap colors, ScottPlot.Range range, string title, int width)
    {
        int rowsOf = pictures.Count == 0 ? 1 : pictures[0].Values.GetLength(0);
        int columnsOf = pictures.Count == 0 ? 1 : pictures[0].Values.GetLength(1);
        int height = Math.Clamp(width * rowsOf / columnsOf, 20, 6 * width);
        int columns = Math.Clamp((int)Math.Ceiling(Math.Sqrt(1.5 * pictures.Count * height / width)), 1, Math.Max(1, pictures.Count));
        int rows = Math.Max(1, (pictures.Count + columns - 1) / columns);
        bool isWide = pictures.Any(picture => picture.Caption.Length * LetterWidth > width + 10);
        int letters = isWide ? LetterHeight + SecondLine : LetterHeight;
        int stepX = width + 14;
        int stepY = height + letters + 8;

        // One unit of both axes is one pixel of the chart.
        Plot plot = new();
        for (int i = 0; i < pictures.Count; i++)
        {
            double left = i % columns * stepX;
            double top = -(i / columns) * stepY;
            Cells.Add(plot, pictures[i].Values, new CoordinateRect(left, left + width, top - height, top), colors, range);
            var frame = plot.Add.Rectangle(left, left + width, top - height, top);
            frame.FillColor = Colors.Transparent;
            frame.LineColor = Palette.Grey.WithAlpha(0.5);
            frame.LineWidth = 1;
            var caption = plot.Add.Text(isWide ? Break(pictures[i].Caption) : pictures[i].Caption, left + (width / 2.0), top + 2);
            caption.LabelAlignment = Alignment.LowerCenter;
            caption.LabelFontSize = 13;
        }

        plot.HideAxesAndGrid();
        plot.Title(title);
        int wide = Math.Max(columns * stepX, 420);
        int high = rows * stepY;
        double middle = ((columns * stepX) - 14) / 2.0;
        plot.Axes.SetLimits(middle - (wide / 2.0), middle + (wide / 2.0), letters - high, letters);
        plot.Layout.Fixed(new PixelPadding(12, 12, 12, 44));
        return new Chart(plot, wide + 24, high + 56);
    }

    /// <summary>Two lines of about the same length.</summary>
    private static string Break(string caption)
    {
        int middle = caption.Length / 2;
        int best = Enumerable.Range(0, caption.Length).Where(i => caption[i] == ' ').DefaultIfEmpty(-1).MinBy(i => Math.Abs(i - middle));
        return best < 0 ? caption : caption[..best] + "\n" + caption[(best + 1)..];
    }
}
