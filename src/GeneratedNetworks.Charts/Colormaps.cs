using System;
using ScottPlot;

namespace GeneratedNetworks.Charts;

/// <summary>White to blue, for shares.</summary>
internal sealed class ShareColormap : IColormap
{
    public string Name => "share";

    public Color GetColor(double position) => Palette.Tint(Palette.Blue, position);
}

/// <summary>Blue over white to red, for weights of either sign.</summary>
internal sealed class SignColormap : IColormap
{
    private static readonly Color Negative = Color.FromHex("#2166AC");
    private static readonly Color Positive = Color.FromHex("#B2182B");

    public string Name => "sign";

    public Color GetColor(double position) =>
        double.IsNaN(position) ? Palette.Grey
        : position < 0.5 ? Palette.Tint(Negative, 1 - (2 * position))
        : Palette.Tint(Positive, (2 * position) - 1);
}

/// <summary>The colors of classes side by side, each from pale to full.</summary>
internal sealed class ClassColormap(int count) : IColormap
{
    // So that the surest of one class is not the least sure of the next.
    private const double MostShare = 0.98;

    public string Name => "classes";

    public static double Encode(int @class, double confidence) => @class + (MostShare * Math.Clamp(confidence, 0, 1));

    public Color GetColor(double position)
    {
        double value = Math.Clamp(position, 0, 1) * count;
        int @class = Math.Min((int)value, count - 1);
        return Palette.Tint(Palette.Class(@class), 0.08 + (0.5 * (value - @class) / MostShare));
    }
}
