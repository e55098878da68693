using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using GeneratedNetworks.Benchmarks.Generation;
using GeneratedNetworks.Benchmarks.Output;
using GeneratedNetworks.Generator;
using Microsoft.CodeAnalysis;

namespace GeneratedNetworks.Benchmarks.Tables;

/// <summary>What the generator costs an editor: a 784-512-256-10 network from nothing, and after an edit that does not concern it.</summary>
internal sealed class GeneratorTable : ITable
{
    private const double MillisecondsGoal = 10;

    public string Name => "generator";

    public void Run(TableContext context)
    {
        GeneratedSource source = new(784, 512, 256, 10);
        double fresh = double.MaxValue, edited = double.MaxValue;
        HashSet<string> reasons = [];
        for (int i = 0; i < 25; i++)
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
            Note = "In process, best of 25, a driver that has not run before.",
        };
        table.Rows.Add(["whole run", $"{Format.Ratio(fresh)} ms", $"≤ {Format.Ratio(MillisecondsGoal)} ms", table.Judge(MillisecondsGoal, fresh)]);
        table.Rows.Add(["whole run after an unrelated edit", $"{Format.Ratio(edited)} ms", "", ""]);
        table.Rows.Add(["steps after an unrelated edit", steps, "nothing re-run", table.Judge(idle ? 1 : 0, 1)]);
        context.Report.Add(table);
    }
}
