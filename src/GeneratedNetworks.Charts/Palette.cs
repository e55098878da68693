using System;
using ScottPlot;

namespace GeneratedNetworks.Charts;

/// <summary>Colors that color-blind readers can tell apart as well, after Okabe and Ito, Color Universal Design, 2008.</summary>
internal static class Palette
{
    public static readonly Color Blue = Color.FromHex("#0072B2");
    public static readonly Color Orange = Color.FromHex("#E69F00");
    public static readonly Color Grey = Color.FromHex("#777777");

    private static readonly Color[] Classes =
    [
        Blue,
        Orange,
        Color.FromHex("#009E73"),
        Color.FromHex("#CC79A7"),
        Color.FromHex("#D55E00"),
        Color.FromHex("#56B4E9"),
        Color.FromHex("#F0E442"),
        Color.FromHex("#555555"),
    ];

    public static Color Class(int index) => Classes[index % Classes.Length];

    /// <summary>White at 0, the color itself at 1.</summary>
    public static Color Tint(Color color, double strength)
    {
        byte Mix(byte channel) => (byte)Math.Round(255 + ((channel - 255) * Math.Clamp(strength, 0, 1)));
        return new Color(Mix(color.R), Mix(color.G), Mix(color.B));
    }
}
