using System;
using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Benchmarks.Output;
using GeneratedNetworks.Benchmarks.Tables;

namespace GeneratedNetworks.Benchmarks.Commands;

/// <summary>How cost grows with the network: running it, its source text, generating and building it.</summary>
internal sealed class ScaleCommand : ICommand
{
    private static readonly IReadOnlyList<ITable> Tables = [new GrowthTable(), new GeneratorTable(), new BuildTable(), new MultiplyAddTable()];

    public string Name => "scale";

    public string Summary =>
        "time per multiply-add against layer size; source, generator and build time against parameters [--quick] [--only growth,...] [--markdown FILE] [--svg FILE]";

    public int Run(string[] arguments)
    {
        Options options = new(arguments, ["--quick"], ["--only", "--markdown", "--svg"]);
        string[]? only = options.Value("--only")?.Split(',');
        if (only?.FirstOrDefault(static name => Tables.All(table => table.Name != name)) is { } unknown)
        {
            Console.Error.WriteLine($"No table is called '{unknown}'. Tables: {string.Join(", ", Tables.Select(static table => table.Name))}");
            return 1;
        }

        using TableContext context = new() { Quick = options.Has("--quick"), Chart = new Chart("ps per multiply-add") };
        context.Report.Say(Machine.Describe());
        foreach (ITable table in Tables.Where(table => only is null || only.Contains(table.Name)))
        {
            table.Run(context);
        }

        context.Finish(options.Value("--markdown"), options.Value("--svg"));
        return 0;
    }
}
