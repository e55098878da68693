using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using GeneratedNetworks.Benchmarks.Fashion;
using GeneratedNetworks.Benchmarks.Output;
using GeneratedNetworks.Benchmarks.Peers;

namespace GeneratedNetworks.Benchmarks.Commands;

/// <summary>A whole training run on real images through <c>Fit</c>, epoch by epoch in turns with libtorch.</summary>
internal sealed class FashionCommand : ICommand
{
    private const int Epochs = 10, BatchSize = 64;

    private const double AccuracyGoal = 0.88, SpeedGoal = 2, ThreadsGoal = 1.7;

    public string Name => "fashion";

    public string Summary => "Fashion-MNIST, 784-128-10, Adam, batch 64, 10 epochs beside libtorch [--markdown FILE]";

    public int Run(string[] arguments)
    {
        Options options = new(arguments, [], ["--markdown"]);
        if (!FashionData.IsInstalled)
        {
            Console.Error.WriteLine("Fashion-MNIST is not installed (Debian package dataset-fashion-mnist).");
            return 1;
        }

        Report report = new();
        report.Say(Machine.Describe());
        report.Say("One thread each, and ours on two beside it. Epochs take turns; all shuffle and gather batches within the epoch's time. " +
            "The fastest epoch counts.");
        using TorchPeer torch = new();
        report.Say($"libtorch: {torch.Description}");
        report.Add(Measure(torch.Process));
        report.Close();
        if (options.Value("--markdown") is { } path)
        {
            report.WriteMarkdown(path);
        }

        return 0;
    }

    private static (double Seconds, double Loss) Time(FashionNet.Trainer trainer, Dataset<float> training, FitOptions options)
    {
        long start = Stopwatch.GetTimestamp();
        FitResult fit = trainer.Fit(training, options);
        return (Stopwatch.GetElapsedTime(start).TotalSeconds, fit.History[0].TrainingLoss);
    }

    private static ReportTable Measure(NativeProcess? torch)
    {
        Dataset<float> training = FashionData.Load(test: false), test = FashionData.Load(test: true);
        FashionNet network = new(seed: 1);
        FashionNet.Trainer trainer = new(network), shared = new(new FashionNet(seed: 1));
        string folder = Path.Combine(Path.GetTempPath(), $"generated-networks-fashion-{Environment.ProcessId}");
        try
        {
            if (torch is not null)
            {
                FashionData.Unpack(folder);
                torch.Ask($"fashion {folder}");
            }

            ReportTable table = new(
                "Fashion-MNIST, 784-128-10 relu, softmax, cross-entropy, Adam, batch 64",
                ["epoch", "ours, s", "two threads, s", "libtorch, s", "loss", "test accuracy", "libtorch's"]);
            List<(double Ours, double Two, double Torch)> times = [];
            double accuracy = 0;
            for (int epoch = 1; epoch <= Epochs; epoch++)
            {
                FitOptions options = new() { Epochs = 1, BatchSize = BatchSize, Seed = (ulong)epoch };
                (double ours, double loss) = Time(trainer, training, options);
                options.Threads = 2;
                (double two, _) = Time(shared, training, options);
                double theirs = torch?.AskNumber("epoch") ?? double.NaN;
                times.Add((ours, two, theirs));
                accuracy = network.Accuracy(test);
                table.Rows.Add(
                [
                    epoch.ToString(CultureInfo.InvariantCulture), Format.Ratio(ours), Format.Ratio(two), Format.Ratio(theirs), Format.Ratio(loss),
                    Format.Percent(accuracy), Format.Percent(torch?.AskNumber("accuracy") ?? double.NaN),
                ]);
            }

            double fastest = times.Min(static time => time.Ours), onTwo = times.Min(static time => time.Two);
            double torchs = times.Min(static time => time.Torch);
            table.Rows.Add(["fastest epoch", Format.Ratio(fastest), Format.Ratio(onTwo), Format.Ratio(torchs), "", "", ""]);
            AddGoal("× faster than libtorch", torchs / fastest, SpeedGoal, Format.Ratio);
            AddGoal("two threads × one", fastest / onTwo, ThreadsGoal, Format.Ratio);
            AddGoal("test accuracy", accuracy, AccuracyGoal, Format.Percent);
            return table;

            void AddGoal(string name, double value, double goal, Func<double, string> format) =>
                table.Rows.Add([$"{name}: {format(value)}", $"goal {format(goal)}", table.Judge(value, goal), "", "", "", ""]);
        }
        finally
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }
}
