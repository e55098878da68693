using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Reflection;
using GeneratedNetworks.Benchmarks.Generation;
using GeneratedNetworks.Benchmarks.Output;
using GeneratedNetworks.Generator;
using Microsoft.CodeAnalysis;

namespace GeneratedNetworks.Benchmarks.Tables;

/// <summary>
/// What the generator costs an editor: a 784-512-256-10 network from nothing, and after an edit that does not concern it; and ResNet-8 with its training, whose text
/// does not grow with the images.
/// </summary>
internal sealed class GeneratorTable : ITable
{
    private const double MillisecondsGoal = 10, ImageMillisecondsGoal = 30;

    private const int LinesGoal = 6000, Runs = 25;

    public string Name => "generator";

    public void Run(TableContext context)
    {
        GeneratedSource source = new(784, 512, 256, 10);
        double fresh = double.MaxValue, edited = double.MaxValue;
        HashSet<string> reasons = [];
        for (int i = 0; i < Runs; i++)
        {
            GeneratorDriver driver = GeneratedSource.CreateDriver();
            long start = Stopwatch.GetTimestamp();
            driver = source.Generate(driver);
            fresh = Math.Min(fresh, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            start = Stopwatch.GetTimestamp();
            driver = source.GenerateAfterUnrelatedEdit(driver, i);
            edited = Math.Min(edited, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            reasons.UnionWith(driver.GetRunResult().Results.Single().TrackedSteps
                .Where(static step => step.Key is TrackingNames.Model or TrackingNames.Plan)
                .SelectMany(static step => step.Value.SelectMany(run => run.Outputs.Select(output => $"{step.Key} {output.Reason}"))));
        }

        string steps = string.Join(", ", reasons.Order(StringComparer.Ordinal));
        bool idle = reasons.Count == 2 && reasons.All(static reason => reason.Split(' ')[1] is "Cached" or "Unchanged");
        ReportTable table = new("The generator on a 784-512-256-10 network", ["", "measured", "goal", ""])
        {
            Note = $"In process, best of {Runs}, a driver that has not run before.",
        };
        table.Rows.Add(["whole run", $"{Format.Ratio(fresh)} ms", $"≤ {Format.Ratio(MillisecondsGoal)} ms", table.Judge(MillisecondsGoal, fresh)]);
        table.Rows.Add(["whole run after an unrelated edit", $"{Format.Ratio(edited)} ms", "", ""]);
        table.Rows.Add(["steps after an unrelated edit", steps, "nothing re-run", table.Judge(idle ? 1 : 0, 1)]);
        context.Report.Add(table);
        RunImages(context);
    }

    private static void RunImages(TableContext context)
    {
        (double fresh, int lines) = Measure(ResidualNet(32));
        (_, int larger) = Measure(ResidualNet(64));
        ReportTable table = new("The generator on ResNet-8, with Adam", ["", "measured", "goal", ""]) { Note = $"In process, best of {Runs}, by the processor's clock, a driver that has not run before; all lines of all files." };
        table.Rows.Add(["whole run", $"{Format.Ratio(fresh)} ms", $"≤ {Format.Ratio(ImageMillisecondsGoal)} ms", table.Judge(ImageMillisecondsGoal, fresh)]);
        table.Rows.Add(["lines", Number(lines), $"≤ {Number(LinesGoal)}", table.Judge(LinesGoal, lines)]);
        table.Rows.Add(["lines for images of four times as many pixels", Number(larger), $"≤ {Number(lines)}", table.Judge(lines, larger)]);
        context.Report.Add(table);

        static string Number(int number) => number.ToString("#,0", CultureInfo.InvariantCulture);
    }

    private static (double Milliseconds, int Lines) Measure(GeneratedSource source)
    {
        double fresh = double.MaxValue;
        int lines = 0;
        for (int i = 0; i < Runs; i++)
        {
            GeneratorDriver driver = GeneratedSource.CreateDriver();
            TimeSpan start = Environment.CpuUsage.TotalTime;
            driver = source.Generate(driver);
            fresh = Math.Min(fresh, (Environment.CpuUsage.TotalTime - start).TotalMilliseconds);
            lines = driver.GetRunResult().GeneratedTrees.Sum(static tree => tree.GetText().Lines.Count);
        }

        return (fresh, lines);
    }

    /// <summary>The last network of the file with those that are trained.</summary>
    private static GeneratedSource ResidualNet(int pixels)
    {
        const string Declared = "[GeneratedNetwork(32, 32, 3)]";
        using StreamReader reader = new(Assembly.GetExecutingAssembly().GetManifestResourceStream("networks/ImageTrainingNets.cs")!);
        string text = reader.ReadToEnd();
        text = text[text.IndexOf(Declared, StringComparison.Ordinal)..].Replace(Declared, $"[GeneratedNetwork({pixels}, {pixels}, 3)]", StringComparison.Ordinal);
        return new($"ResNet8Of{pixels}", "using GeneratedNetworks;\n" + text);
    }
}
