using System;
using System.Globalization;
using System.IO;
using System.Linq;
using GeneratedNetworks.Benchmarks.Cold;
using GeneratedNetworks.Benchmarks.Output;

namespace GeneratedNetworks.Benchmarks.Commands;

/// <summary>From process start to the first answer, over a program that does nothing.</summary>
internal sealed class ColdCommand : ICommand
{
    private const int Starts = 60;

    private const double JitGoal = 50, NativeGoal = 2;

    public string Name => "cold";

    public string Summary => "process start to the first Forward of the digits network, JIT and NativeAOT [--jit] [--markdown FILE]";

    public int Run(string[] arguments)
    {
        Options options = new(arguments, ["--jit"], ["--markdown"]);
        Report report = new();
        report.Say(Machine.Describe());
        report.Say($"Wall time of whole processes, the two programs in turns, {Starts} starts each. " +
            "Default runtime settings, invariant globalization.");
        ReportTable table = new(
            "Cold start of the digits network (64-32-10)",
            ["", "empty program, ms", "with the network, ms", "difference, ms", "of medians, ms", "executable, KB", "goal, ms", ""])
        {
            Note = "The difference of the fastest starts counts; that of the medians stands beside it.",
        };
        string folder = Path.Combine(Path.GetTempPath(), $"generated-networks-cold-{Environment.ProcessId}");
        try
        {
            Measure(report, table, Path.Combine(folder, "jit"), native: false);
            if (!options.Has("--jit"))
            {
                Measure(report, table, Path.Combine(folder, "aot"), native: true);
            }
        }
        finally
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }
        }

        report.Add(table);
        report.Close();
        if (options.Value("--markdown") is { } path)
        {
            report.WriteMarkdown(path);
        }

        return 0;
    }

    private static void Measure(Report report, ReportTable table, string folder, bool native)
    {
        ColdProject empty = ColdProject.Publish(Path.Combine(folder, "empty"), "Empty", ColdPrograms.Empty, native);
        ColdProject digits = ColdProject.Publish(Path.Combine(folder, "digits"), "Digits", ColdPrograms.Digits, native);
        double[] without = new double[Starts], with = new double[Starts];
        for (int i = 0; i < Starts; i++)
        {
            without[i] = empty.Time();
            with[i] = digits.Time();
        }

        string name = native ? "NativeAOT" : "JIT";
        report.Say($"{name}, inside the process: {digits.Ask("say")}");
        double difference = with.Min() - without.Min(), goal = native ? NativeGoal : JitGoal;
        double size = new FileInfo(digits.Executable).Length / 1000.0;
        table.Rows.Add(
        [
            name, Format.Nanoseconds(without.Min()), Format.Nanoseconds(with.Min()), Format.Ratio(difference),
            Format.Ratio(Median(with) - Median(without)), native ? size.ToString("#,0", CultureInfo.InvariantCulture) : "", $"≤ {Format.Ratio(goal)}", table.Judge(goal, difference),
        ]);
    }

    private static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);
}
