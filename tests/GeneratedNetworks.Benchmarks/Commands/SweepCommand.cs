using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using GeneratedNetworks.Benchmarks.Output;
using GeneratedNetworks.Benchmarks.Sweep;

namespace GeneratedNetworks.Benchmarks.Commands;

/// <summary>Whether the planner picks well: single layers of many shapes, its pick against every other candidate.</summary>
internal sealed class SweepCommand : ICommand
{
    private const double Tolerance = 1.15, Goal = 0.9;

    private static readonly int[] Sizes = [1, 3, 8, 17, 64, 100, 256, 1024], Batches = [1, 4, 32, 256];

    public string Name => "sweep";

    public string Summary => "the planner's pick against every other candidate, shape by shape [--inputs 1,3] [--outputs 1,3] [--all FILE] [--markdown FILE]";

    public int Run(string[] arguments)
    {
        Options options = new(arguments, [], ["--inputs", "--outputs", "--all", "--markdown"]);
        int[] inputs = List(options.Value("--inputs")), outputs = List(options.Value("--outputs"));
        string? all = options.Value("--all");
        if (all is not null)
        {
            File.WriteAllText(all, "");
        }

        Report report = new();
        report.Say(Machine.Describe());
        report.Say("One dense layer, linear, single precision; a training step is SGD on the mean squared error. All candidates of a point take turns in one " +
            "process, at least 11 rounds of 60 µs each, 45 more where the pick looks more than 8 % behind; minima count.");
        long start = Stopwatch.GetTimestamp();
        List<SweepPoint> points = [];
        foreach (int input in inputs)
        {
            foreach (int output in outputs)
            {
                List<Variant> variants = VariantSet.Create(input, output);
                List<SweepPoint> measured =
                [
                    .. Batches.SelectMany(batch => new[] { false, true }.Select(trains => SweepPoint.Measure(input, output, batch, trains, variants))),
                ];
                points.AddRange(measured);
                if (all is not null)
                {
                    File.AppendAllLines(all, measured.SelectMany(Lines));
                }
            }

            Console.Error.WriteLine(FormattableString.Invariant($"{input} inputs done after {Stopwatch.GetElapsedTime(start).TotalSeconds:0} s"));
        }

        Write(report, points);
        report.Say(FormattableString.Invariant(
            $"{points.Count} points, {points.Sum(static point => point.Times.Count)} candidates, {Stopwatch.GetElapsedTime(start).TotalMinutes:0.0} minutes; load of the machine {Machine.Load()}."));
        report.Close();
        if (options.Value("--markdown") is { } path)
        {
            report.WriteMarkdown(path);
        }

        return 0;
    }

    /// <summary>Every candidate of a point, to be looked at with other tools.</summary>
    private static IEnumerable<string> Lines(SweepPoint point) => point.Times.Select(candidate => string.Join(
        '\t', point.Trains ? "step" : "forward", Text(point.Inputs), Text(point.Outputs), Text(point.Batch), candidate.Name,
        candidate.Time.ToString("0.0", CultureInfo.InvariantCulture), candidate.Name == point.Pick ? "pick" : ""));

    private static void Write(Report report, List<SweepPoint> points)
    {
        ReportTable summary = new("Points at which the pick takes at most 15 % longer than the best candidate", ["", "points", "within 15 %", "goal", "", "median", "worst"]);
        foreach (IGrouping<bool, SweepPoint> pass in points.GroupBy(static point => point.Trains))
        {
            double[] ratios = [.. pass.Select(static point => point.Ratio).Order()];
            double share = ratios.Count(static ratio => ratio <= Tolerance) / (double)ratios.Length;
            summary.Rows.Add(
            [
                pass.Key ? "training step" : "forward", Text(ratios.Length), Format.Percent(share), Format.Percent(Goal), summary.Judge(share, Goal),
                Format.Ratio(ratios[ratios.Length / 2]), Format.Ratio(ratios[^1]),
            ]);
        }

        report.Add(summary);
        ReportTable worst = new("The points beyond 15 %", ["", "pick", "ns", "best", "ns", "ratio"]);
        foreach (SweepPoint point in points.Where(static point => point.Ratio > Tolerance).OrderByDescending(static point => point.Ratio))
        {
            worst.Rows.Add(
            [
                (point.Trains ? "step " : "forward ") + point.Shape, point.Pick, Format.Nanoseconds(point.Time), point.Best, Format.Nanoseconds(point.BestTime),
                Format.Ratio(point.Ratio),
            ]);
        }

        report.Add(worst);
    }

    private static int[] List(string? text) => text is null ? Sizes : [.. text.Split(',').Select(static word => int.Parse(word, CultureInfo.InvariantCulture))];

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
