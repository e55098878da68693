using System.Globalization;
using GeneratedNetworks.Generator.Model;

namespace GeneratedNetworks.Generator.Emit;

/// <summary>Numbers and strings as C# source: the same on every culture, and exact when read back.</summary>
internal static class CSharpLiteral
{
    public static string Of(int value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>A literal of the network's element type; <paramref name="value"/> is rounded to it first.</summary>
    public static string Of(double value, Precision precision) => precision == Precision.Single ? Of((float)value) : Of(value);

    public static string Of(float value)
    {
        if (float.IsNaN(value))
            return "float.NaN";
        if (float.IsInfinity(value))
            return value > 0 ? "float.PositiveInfinity" : "float.NegativeInfinity";
        if (value == 0)
            return 1 / value < 0 ? "-0f" : "0f";
        return value.ToString("G9", CultureInfo.InvariantCulture) + "f";
    }

    public static string Of(double value)
    {
        if (double.IsNaN(value))
            return "double.NaN";
        if (double.IsInfinity(value))
            return value > 0 ? "double.PositiveInfinity" : "double.NegativeInfinity";
        if (value == 0)
            return 1 / value < 0 ? "-0d" : "0d";
        return value.ToString("G17", CultureInfo.InvariantCulture) + "d";
    }
}
