using System;
using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Benchmarks.Measurement;
using GeneratedNetworks.Benchmarks.Output;
using GeneratedNetworks.Benchmarks.Tables;

namespace GeneratedNetworks.Benchmarks.Commands;

/// <summary>The short driver: every table with goals, beside the peers, in one run.</summary>
internal sealed class TableCommand : ICommand
{
    private static readonly IReadOnlyList<ITable> Tables =
        [new ForwardTables(), new ImageTable(), new SequenceTable(), new SgdTables(), new AdamTable(), new LimitsTable(), new PrecisionTable(), new ScalarTable(), new ReproducibleTable(), new AllocationTable()];

    public string Name => "table";

    public string Summary => "tables beside the peers with ratios and goals [--quick] [--only forward,sgd,...] [--markdown FILE] [--svg FILE]";

    public int Run(string[] arguments)
    {
        Options options = new(arguments, ["--quick"], ["--only", "--markdown", "--svg"]);
        string[]? only = options.Value("--only")?.Split(',');
        if (only?.FirstOrDefault(static name => Tables.All(table => table.Name != name)) is { } unknown)
        {
            Console.Error.WriteLine($"No table is called '{unknown}'. Tables: {string.Join(", ", Tables.Select(static table => table.Name))}");
            return 1;
        }

        using TableContext context = new() { Quick = options.Has("--quick") };
        Report report = context.Report;
        report.Say(Machine.Describe());
        report.Say(Method.Describe(context.Rounds));
        report.Say($"ONNX Runtime: {context.Onnx.Description}");
        report.Say($"FANN: {context.Fann.Description}");
        report.Say($"libtorch: {context.Torch.Description}");
        report.Say($"naive C#: {context.Naive.Description}");
        foreach (ITable table in Tables.Where(table => only is null || only.Contains(table.Name)))
        {
            table.Run(context);
        }

        context.Finish(options.Value("--markdown"), options.Value("--svg"));
        return 0;
    }
}
