using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using Spectre.Console;

namespace Tutorials;

internal static class Program
{
    private const int LineLength = 38;

    private static readonly Tutorial[] All =
    [
        new TwoLayerNumericJs(), new ThreeLayerNumericJs(), new TwoLayerPython(), new ElevenLines(), new NumpyGradientDescent(),
        new MnistFeedforward(), new TwoMoons(), new Perceptron(), new OneNeuronLogistic(), new KerasLogistic(),
    ];

    public static int Main()
    {
        // Into a pipe there is no width to fit: rows stay whole.
        if (Console.IsOutputRedirected)
            AnsiConsole.Profile.Width = 160;
        Table table = new() { Border = Console.IsOutputRedirected ? TableBorder.Ascii : TableBorder.Rounded, ShowRowSeparators = true };
        table.AddColumns("tutorial", "figure", "from", "expected", "ours", "agrees");
        int disagreeing = 0;
        foreach (Tutorial tutorial in All)
        {
            List<Figure> figures = [.. tutorial.Run(Golden.Load(tutorial.Name))];
            bool agrees = figures.Count > 0 && figures.TrueForAll(figure => figure.Agrees);
            disagreeing += agrees ? 0 : 1;
            string[] cells = Cells(figures);
            table.AddRow(
                new Markup($"[bold]{tutorial.Name}[/]\n{tutorial.Network}"),
                new Markup(cells[0]),
                new Markup(cells[1]),
                new Markup(cells[2]),
                new Markup(cells[3]),
                new Markup(agrees ? "[green]yes[/]" : "[red]NO[/]"));
        }

        AnsiConsole.Write(table);
        Console.WriteLine($"decision boundary: {OutputPath("two-moons.png")}");
        Console.WriteLine(disagreeing == 0 ? $"all {All.Length} agree" : $"{disagreeing} of {All.Length} disagree");
        return disagreeing == 0 ? 0 : 1;
    }

    public static string OutputPath(string file)
    {
        string project = typeof(Program).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "ProjectDirectory").Value!;
        return Path.Combine(Directory.CreateDirectory(Path.Combine(project, "output")).FullName, file);
    }

    /// <summary>Name, source, expected and ours, each a column of lines; figures of many numbers take several lines in all of them.</summary>
    private static string[] Cells(IEnumerable<Figure> figures)
    {
        List<string>[] columns = [[], [], [], []];
        foreach (Figure figure in figures)
        {
            List<string>[] cells = [[figure.Name], [figure.Source], Break(figure.Expected), Break(figure.Ours)];
            int height = cells.Max(cell => cell.Count);
            for (int c = 0; c < columns.Length; c++)
            {
                IEnumerable<string> padded = cells[c].Concat(Enumerable.Repeat("", height - cells[c].Count));
                columns[c].AddRange(figure.Agrees ? padded : padded.Select(line => $"[red]{line}[/]"));
            }
        }

        return [.. columns.Select(column => string.Join('\n', column))];
    }

    private static List<string> Break(string text)
    {
        List<string> lines = [""];
        foreach (string word in text.Split(' '))
        {
            if (lines[^1].Length + word.Length >= LineLength)
                lines.Add(word);
            else
                lines[^1] += lines[^1].Length == 0 ? word : " " + word;
        }

        return lines;
    }
}
