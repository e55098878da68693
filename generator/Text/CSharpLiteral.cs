using System.Globalization;
using System.Text;
using GeneratedNetworks.Generator.Model;

namespace GeneratedNetworks.Generator.Text;

/// <summary>Numbers and strings as C# source: the same on every culture, and exact when read back.</summary>
internal static class CSharpLiteral
{
    // The fewest digits that read back exactly; "R" does not promise that on every runtime that hosts a compiler.
    private static readonly string[] SingleFormats = ["G6", "G7", "G8"];
    private static readonly string[] DoubleFormats = ["G15", "G16"];

    public static string Of(int value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>A literal of the network's element type; <paramref name="value"/> is rounded to it first.</summary>
    public static string Of(double value, Precision precision) => precision == Precision.Single ? Of((float)value) : Of(value);

    /// <summary>A string in quotes; anything but printable ASCII is escaped.</summary>
    public static string Of(string value)
    {
        StringBuilder text = new("\"");
        foreach (char character in value)
        {
            _ = character switch
            {
                '"' or '\\' => text.Append('\\').Append(character),
                '\n' => text.Append("\\n"),
                >= ' ' and <= '~' => text.Append(character),
                _ => text.Append("\\u").Append(((int)character).ToString("X4", CultureInfo.InvariantCulture)),
            };
        }

        return text.Append('"').ToString();
    }

    public static string Of(float value)
    {
        if (float.IsNaN(value))
            return "float.NaN";
        if (float.IsInfinity(value))
            return value > 0 ? "float.PositiveInfinity" : "float.NegativeInfinity";
        if (value == 0)
            return 1 / value < 0 ? "-0f" : "0f";
        foreach (string format in SingleFormats)
        {
            string text = value.ToString(format, CultureInfo.InvariantCulture);
            if (float.Parse(text, CultureInfo.InvariantCulture).Equals(value))
                return text + "f";
        }

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
        foreach (string format in DoubleFormats)
        {
            string text = value.ToString(format, CultureInfo.InvariantCulture);
            if (double.Parse(text, CultureInfo.InvariantCulture).Equals(value))
                return text + "d";
        }

        return value.ToString("G17", CultureInfo.InvariantCulture) + "d";
    }
}
