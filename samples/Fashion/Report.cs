using System;
using System.Globalization;
using System.Linq;
using GeneratedNetworks;
using Spectre.Console;

namespace Fashion;

internal static class Report
{
    /// <summary>The confusion matrix, a row for what is shown and a column for what was read.</summary>
    public static Table Table(ConfusionMatrix matrix)
    {
        Table table = new Table().Border(Console.IsOutputRedirected ? TableBorder.Ascii : TableBorder.Rounded).AddColumn(new TableColumn("shown").NoWrap());
        foreach (string name in matrix.ClassNames!)
            table.AddColumn(new TableColumn(name[..Math.Min(4, name.Length)]).RightAligned().NoWrap().Padding(0, 0));
        table.AddColumn(new TableColumn("recall").RightAligned().NoWrap());
        for (int actual = 0; actual < matrix.ClassCount; actual++)
        {
            string[] counts = [.. Enumerable.Range(0, matrix.ClassCount).Select(predicted => Cell(matrix, actual, predicted))];
            table.AddRow([matrix.ClassNames[actual], .. counts, (100 * matrix.Recall(actual)).ToString("f1", CultureInfo.InvariantCulture) + " %"]);
        }

        return table;
    }

    /// <summary>A labelled line that is never wrapped, so that a path stays in one piece.</summary>
    public static void Line(string label, string text) => Console.WriteLine($"{label + ":",-18} {text}");

    private static string Cell(ConfusionMatrix matrix, int actual, int predicted)
    {
        int count = matrix[actual, predicted];
        string text = count == 0 ? "·" : count.ToString(CultureInfo.InvariantCulture);
        return actual == predicted ? $"[green]{text}[/]" : count > 0 ? $"[red]{text}[/]" : $"[grey]{text}[/]";
    }
}
