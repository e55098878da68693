using System;
using System.Globalization;
using Spectre.Console;

namespace Gestures;

internal static class Report
{
    /// <summary>The first gestures of a live run, one in a row.</summary>
    public static Table Table(Recording recording, LiveRun live, int most)
    {
        Table table = new Table().Border(Console.IsOutputRedirected ? TableBorder.Ascii : TableBorder.Rounded)
            .AddColumn(new TableColumn("at").RightAligned()).AddColumn("the hand").AddColumn("the network").AddColumn(new TableColumn("after").RightAligned());
        for (int from = 0, to; from < recording.Frames && table.Rows.Count < most; from = to)
        {
            to = recording.NextChange(from);
            int shown = recording.Labels[from], seen = live.MostOften(from, to);
            string delay = live.Delay(from, to) is { } frames ? Seconds(frames) : "never";
            table.AddRow(Seconds(from), Hand.Names[shown], shown == seen ? $"[green]{Hand.Names[seen]}[/]" : $"[red]{Hand.Names[seen]}[/]", delay);
        }

        return table;
    }

    /// <summary>A labelled line that is never wrapped, so that a path stays in one piece.</summary>
    public static void Line(string label, FormattableString text) => Console.WriteLine($"{label + ":",-18} {FormattableString.Invariant(text)}");

    private static string Seconds(int frames) => ((double)frames / Hand.Rate).ToString("f2", CultureInfo.InvariantCulture) + " s";
}
