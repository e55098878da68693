using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;

namespace GeneratedNetworks;

/// <content>Keeping a scaling.</content>
public sealed partial class Scaling<T>
{
    /// <summary>Writes the scaling to a small CSV file, a line per column, from which <see cref="Load"/> reads the same numbers.</summary>
    /// <param name="path">The file; one that exists is replaced.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string path)
    {
        List<string> lines = ["offset,scale"];
        for (int i = 0; i < Size; i++)
            lines.Add($"{Text(_offsets[i])},{Text(_scales[i])}");
        File.WriteAllText(path, string.Join("\n", lines) + "\n");
    }

    /// <summary>Reads a scaling that <see cref="Save"/> wrote.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="CsvFormatException">The file holds something else.</exception>
    /// <exception cref="ArgumentException">A number is not allowed.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Scaling<T> Load(string path)
    {
        Dataset<T> lines = Dataset<T>.ReadCsv(path, new CsvOptions { InputColumns = ["offset"], TargetColumns = ["scale"] });
        return new Scaling<T>(lines.Inputs, lines.Targets);
    }

    // G9 and G17 tell any two numbers apart on every runtime.
    private static string Text(T value) => Real<T>.ToDouble(value).ToString(Real<T>.IsSingle ? "G9" : "G17", CultureInfo.InvariantCulture);
}
