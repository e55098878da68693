using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Reflection;
using GeneratedNetworks;
using Spectre.Console;

namespace Digits;

internal static class Report
{
    /// <summary>The confusion matrix, a row per digit drawn and a column per digit read.</summary>
    public static Table Table(ConfusionMatrix matrix)
    {
        Table table = new Table().Border(Console.IsOutputRedirected ? TableBorder.Ascii : TableBorder.Rounded).AddColumn("drawn");
        for (int digit = 0; digit < matrix.ClassCount; digit++)
            table.AddColumn(new TableColumn(Text(digit)).RightAligned());
        table.AddColumn(new TableColumn("recall").RightAligned());
        for (int actual = 0; actual < matrix.ClassCount; actual++)
        {
            string[] counts = [.. Enumerable.Range(0, matrix.ClassCount).Select(predicted => Cell(matrix, actual, predicted))];
            table.AddRow([Text(actual), .. counts, (100 * matrix.Recall(actual)).ToString("f1", CultureInfo.InvariantCulture) + " %"]);
        }

        return table;
    }

    /// <summary>A labelled line that is never wrapped, so that a path stays in one piece.</summary>
    public static void Line(string label, string text) => Console.WriteLine($"{label + ":",-18} {text}");

    public static string Metadata(string key) =>
        typeof(Report).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;

    /// <summary>The file to be read of a network, searched for because its folders are named after the generator.</summary>
    public static string GeneratedSource(string project, string network)
    {
        string folder = Path.Combine(project, "obj", "Generated");
        string? file = Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, $"*{network}.g.cs", SearchOption.AllDirectories).Order(StringComparer.Ordinal).FirstOrDefault()
            : null;
        return file ?? $"(not under {folder})";
    }

    private static string Cell(ConfusionMatrix matrix, int actual, int predicted)
    {
        int count = matrix[actual, predicted];
        string text = count == 0 ? "·" : Text(count);
        return actual == predicted ? $"[green]{text}[/]" : count > 0 ? $"[red]{text}[/]" : $"[grey]{text}[/]";
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
