using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Reflection;
using GeneratedNetworks.Benchmarks.Numbers;
using GeneratedNetworks.Benchmarks.Output;
using Planned = GeneratedNetworks.Generator.Planning.Machine;

namespace GeneratedNetworks.Benchmarks.Commands;

/// <summary>Every number of the cost model beside what this machine says of it.</summary>
internal sealed class MachineCommand : ICommand
{
    private const int Rounds = 101, QuickRounds = 11;

    private const string Source = "generator/Planning/Choice/Machine.cs";

    public string Name => "machine";

    public string Summary => "the cost model's numbers beside what this machine says of each [--quick] [--only Latency,...] [--markdown FILE]";

    public int Run(string[] arguments)
    {
        Options options = new(arguments, ["--quick"], ["--only", "--markdown"]);
        MachineNumber[] numbers = [.. PriceNumbers.All, .. MemoryNumbers.All, .. TextNumbers.All];
        FieldInfo[] fields = typeof(Planned).GetFields();
        string[] missing = [.. fields.Select(static field => field.Name).Except(numbers.Select(static number => number.Name))];
        if (missing.Length > 0)
        {
            Console.Error.WriteLine($"No line for {string.Join(", ", missing)}: add one under tests/GeneratedNetworks.Benchmarks/Numbers.");
            return 1;
        }

        string[]? only = options.Value("--only")?.Split(',');
        if (only?.Except(fields.Select(static field => field.Name)).FirstOrDefault() is { } unknown)
        {
            Console.Error.WriteLine($"{Source} has no number '{unknown}'.");
            return 1;
        }

        Report report = new();
        Bench bench = new(options.Has("--quick") ? QuickRounds : Rounds);
        report.Say(Output.Machine.Describe());
        report.Say(FormattableString.Invariant($"{bench.Gigahertz:0.00} GHz by a chain of products of integers; load {Output.Machine.Load()}. Prices are cycles, sizes bytes."));
        ReportTable table = new("The cost model's numbers", ["number", "here", "this machine", "how", "where"])
        {
            Note = "A ratio says how much longer the second form takes than the first: above 1 the first wins. Minimum of several rounds, candidates in turns.",
        };
        IReadOnlyDictionary<string, int> lines = Lines();
        foreach (MachineNumber number in numbers.Where(number => only is null || only.Contains(number.Name)).OrderBy(number => lines[number.Name]))
        {
            string value = Convert.ToString(fields.Single(field => field.Name == number.Name).GetRawConstantValue(), CultureInfo.InvariantCulture)!;
            table.Rows.Add([number.Name, value, number.Says(bench), number.How, $"Machine.cs:{lines[number.Name].ToString(CultureInfo.InvariantCulture)}"]);
            Console.Error.WriteLine(number.Name);
        }

        report.Add(table);
        if (options.Value("--markdown") is { } path)
        {
            report.WriteMarkdown(path);
        }

        return 0;
    }

    /// <summary>The line that declares each number, as the file was when this was built.</summary>
    private static Dictionary<string, int> Lines()
    {
        using StreamReader reader = new(Assembly.GetExecutingAssembly().GetManifestResourceStream("planning/Machine.cs")!);
        string[] text = reader.ReadToEnd().Split('\n');
        return typeof(Planned).GetFields().ToDictionary(
            static field => field.Name,
            field => 1 + Array.FindIndex(text, line => line.Contains(" const ", StringComparison.Ordinal) && line.Contains($" {field.Name} = ", StringComparison.Ordinal)),
            StringComparer.Ordinal);
    }
}
