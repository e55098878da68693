using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace GeneratedNetworks;

/// <summary>The table of a network's layers, as a constant of the generated class holds it: a line for each row, with tabs between its cells.</summary>
/// <remarks>
/// A row has six cells: name, kind, shape behind the layer, parameters, multiply-adds, kernel; the first is the input. Lines without a tab are sentences that
/// stand below the table.
/// </remarks>
internal static class InfoTable
{
    private const int Cells = 6;

    private static readonly string[] Titles = ["layer", "output", "parameters", "multiply-adds", "forward kernel"];

    /// <summary>The rows' cells, the input's first.</summary>
    public static string[][] Rows(string table)
    {
        string[][] rows = [.. table.Split('\n').Where(line => line.IndexOf('\t') >= 0).Select(line => line.Split('\t'))];
        return rows.Length > 0 && Array.TrueForAll(rows, row => row.Length == Cells)
            ? rows
            : throw new ArgumentException($"Every row of the table must have {Cells} cells, and there must be one for the input.", nameof(table));
    }

    public static IEnumerable<string> Sentences(string table) => table.Split('\n').Where(line => line.Length > 0 && line.IndexOf('\t') < 0);

    /// <summary>What stands in the first column: an activation says which, and so does the second layer of one attribute.</summary>
    public static string Label(string[] row, string nameAbove) =>
        Enum.TryParse(row[1], out Activation _) || row[0] == nameAbove ? $"{row[0]} {row[1].ToLowerInvariant()}" : row[0];

    public static int[] ParseShape(string text) => Array.ConvertAll(text.Split('×'), extent => int.Parse(extent, CultureInfo.InvariantCulture));

    public static string Shape(IReadOnlyList<int> extents) => string.Join("×", extents.Select(extent => extent.ToString(CultureInfo.InvariantCulture)));

    public static long ParseCount(string text) =>
        text.Length == 0 ? 0 : long.Parse(text, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);

    public static string Count(long number) => number.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>Titles and rows side by side, with numbers to the right.</summary>
    public static IEnumerable<string> Align(IReadOnlyList<string[]> rows)
    {
        string[][] all = [Titles, .. rows];
        int[] widths = [.. Titles.Select((_, column) => all.Max(row => row[column].Length))];
        return all.Select(row => string.Join("  ", row.Select((cell, column) =>
            column is 2 or 3 ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column]))).TrimEnd());
    }
}
