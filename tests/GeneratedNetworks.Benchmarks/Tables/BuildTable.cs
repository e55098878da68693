using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using GeneratedNetworks.Benchmarks.Generation;
using GeneratedNetworks.Benchmarks.Output;

namespace GeneratedNetworks.Benchmarks.Tables;

/// <summary>What a project pays for many networks, and for one of many layers.</summary>
internal sealed class BuildTable : ITable
{
    private const int Networks = 200, Layers = 300, Seed = 1;

    private const double ManySeconds = 45, ManyGigabytes = 2.5, DeepSeconds = 12;

    private static readonly int[] Sizes = [1, 2, 3, 4, 5, 8, 10, 16, 17, 24, 32, 48, 64, 100, 128, 200, 256, 400, 512, 784];

    private static readonly string[] Activations = ["Relu", "Tanh", "Sigmoid", "Gelu", "Elu"];

    private static readonly string[] Optimizers = ["Sgd", "Momentum", "RmsProp", "Adam"];

    public string Name => "build";

    public void Run(TableContext context)
    {
        ReportTable table = new(
            "dotnet build of a project with networks and their trainers",
            ["", "seconds", "goal", "", "of all processors", "compiler, GB", "goal", "", "text, MB"])
        {
            Note = "Release, restored before, no build server, generated files written to disk. "
                + FormattableString.Invariant($"{Networks} networks of 1 to 5 layers, 1 to 784 wide, drawn from seed {Seed}; one of {Layers} layers of 8.")
                + " Compare processor seconds where the machine has other work.",
        };
        string folder = Path.Combine(Path.GetTempPath(), $"generated-networks-build-{Environment.ProcessId}");
        try
        {
            BuildCost many = BuildProject.Build(Path.Combine(folder, "many"), Many());
            table.Rows.Add([$"{Networks} networks", .. Time(table, many, ManySeconds), Format.Ratio(many.CompilerGigabytes), $"≤ {Format.Ratio(ManyGigabytes)}", table.Judge(ManyGigabytes, many.CompilerGigabytes), Format.Ratio(many.TextMegabytes)]);
            BuildCost deep = BuildProject.Build(Path.Combine(folder, "deep"), Deep());
            table.Rows.Add([$"{Layers} layers", .. Time(table, deep, DeepSeconds), Format.Ratio(deep.CompilerGigabytes), "", "", Format.Ratio(deep.TextMegabytes)]);
        }
        finally
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }
        }

        context.Report.Add(table);
    }

    private static string[] Time(ReportTable table, BuildCost cost, double goal) =>
        [Format.Ratio(cost.Seconds), $"≤ {Format.Ratio(goal)}", table.Judge(goal, cost.Seconds), Format.Ratio(cost.ProcessorSeconds)];

    private static string Many()
    {
        Random random = new(Seed);
        List<string> networks = ["using GeneratedNetworks;"];
        for (int i = 0; i < Networks; i++)
        {
            int inputs = Sizes[random.Next(Sizes.Length)], layers = random.Next(1, 6);
            string dense = string.Concat(Enumerable.Range(0, layers).Select(_ =>
                $"[Dense({Sizes[random.Next(Sizes.Length)]}, Activation.{Activations[random.Next(Activations.Length)]})]"));
            networks.Add($"[GeneratedNetwork({inputs})]{dense}[Training(Loss.MeanSquaredError, Optimizer.{Optimizers[random.Next(Optimizers.Length)]})] public sealed partial class Network{i};");
        }

        return string.Join('\n', networks);
    }

    private static string Deep() =>
        "using GeneratedNetworks;\n[GeneratedNetwork(8)]\n" + string.Concat(Enumerable.Repeat("[Dense(8, Activation.Tanh)]\n", Layers))
        + "[Training(Loss.MeanSquaredError)]\npublic sealed partial class Deep;";
}
