using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace GeneratedNetworks.Functions.Tests;

/// <summary>One line of functions.csv: F(Argument) = Nearest + Rest units in the last place of Nearest.</summary>
internal sealed record ReferenceValue(string Function, double Argument, double Nearest, double Rest)
{
    public static IReadOnlyList<ReferenceValue> All { get; } = [.. Lines().Select(Parse)];

    private static IEnumerable<string> Lines()
    {
        using var reader = new StreamReader(typeof(ReferenceValue).Assembly.GetManifestResourceStream("functions.csv")!);
        while (reader.ReadLine() is { } line)
            yield return line;
    }

    private static ReferenceValue Parse(string line)
    {
        string[] cells = line.Split(',');
        return new(cells[0], FromBits(cells[1]), FromBits(cells[2]), double.Parse(cells[3], CultureInfo.InvariantCulture));
    }

    private static double FromBits(string hex) =>
        BitConverter.UInt64BitsToDouble(ulong.Parse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture));
}
