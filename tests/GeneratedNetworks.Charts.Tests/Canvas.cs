using System;
using ScottPlot;
using SkiaSharp;

namespace GeneratedNetworks.Charts.Tests;

/// <summary>A chart as it comes out of its PNG file, looked at by coordinates of the plot.</summary>
internal sealed class Canvas : IDisposable
{
    private readonly Chart _chart;
    private readonly SKBitmap _bitmap;

    public Canvas(Chart chart)
    {
        _chart = chart;
        _bitmap = SKBitmap.Decode(chart.ToPng());
    }

    public int Width => _bitmap.Width;

    public int Height => _bitmap.Height;

    public (int Red, int Green, int Blue) this[double x, double y]
    {
        get
        {
            Pixel pixel = _chart.Plot.GetPixel(new Coordinates(x, y));
            SKColor color = _bitmap.GetPixel((int)pixel.X, (int)pixel.Y);
            return (color.Red, color.Green, color.Blue);
        }
    }

    public void Dispose() => _bitmap.Dispose();
}
