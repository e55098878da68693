using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using GeneratedNetworks.Benchmarks.Generation;
using GeneratedNetworks.Benchmarks.Output;
using Microsoft.CodeAnalysis;

namespace GeneratedNetworks.Benchmarks.Tables;

/// <summary>Generated text, generator time and build time against the number of parameters.</summary>
internal sealed class GrowthTable : ITable
{
    /// <summary>Text may grow by this much from the first looped network to the last: constants get longer.</summary>
    private const double AllowedGrowth = 1.1;

    private static readonly int[] Widths = [4, 16, 64, 128, 256, 512, 1024, 2048, 4096];

    /// <summary>Every layer of this width and more is a loop.</summary>
    private const int Looped = 128;

    public string Name => "growth";

    public void Run(TableContext context)
    {
        ReportTable table = new(
            "Source size, generator time and build time against parameters",
            ["network", "parameters", "generated source, KB", "generator, ms", "generate and compile, ms", ""])
        {
            Note = "In process, best of 7. Compiling is Roslyn's release build of the class alone to an assembly in memory, generator included.",
        };
        List<(int Width, int Bytes)> sizes = [];
        foreach (int width in Widths)
        {
            GeneratedSource source = new(width, width, 10);
            long parameters = ((long)width * width) + width + (10L * width) + 10;
            double generate = double.MaxValue, build = double.MaxValue;
            int bytes = 0;
            for (int i = 0; i < 7; i++)
            {
                GeneratorDriver driver = GeneratedSource.CreateDriver();
                long start = Stopwatch.GetTimestamp();
                driver = source.Generate(driver);
                generate = Math.Min(generate, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                bytes = GeneratedSource.SourceBytes(driver);
                start = Stopwatch.GetTimestamp();
                source.Build();
                build = Math.Min(build, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }

            sizes.Add((width, bytes));
            table.Rows.Add(
            [
                $"{width}-{width}-10", parameters.ToString("#,0", CultureInfo.InvariantCulture),
                Format.Ratio(bytes / 1000.0), Format.Ratio(generate), Format.Ratio(build), "",
            ]);
        }

        int first = sizes.First(static size => size.Width >= Looped).Bytes, last = sizes[^1].Bytes;
        string growth = Format.Ratio((double)last / first);
        string verdict = table.Judge(AllowedGrowth * first, last);
        table.Rows.Add([$"text of {Widths[^1]} over {Looped}", "", $"× {growth}", "", $"goal ≤ × {Format.Ratio(AllowedGrowth)}", verdict]);
        context.Report.Add(table);
    }
}
