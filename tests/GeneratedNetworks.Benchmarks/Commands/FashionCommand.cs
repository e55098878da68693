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

    private const double AccuracyGoal = 0.88, SpeedGoal = 2;

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
        report.Say("One thread. Epochs of ours and of libtorch take turns; both shuffle and gather batches within the epoch's time. " +
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

    private static ReportTable Measure(NativeProcess? torch)
    {
        Dataset<float> training = FashionData.Load(test: false), test = FashionData.Load(test: true);
        FashionNet network = new(seed: 1);
        FashionNet.Trainer trainer = new(network);
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
                ["epoch", "ours, s", "libtorch, s", "loss", "test accuracy", "libtorch's"]);
            List<(double Ours, double Torch)> times = [];
            double accuracy = 0;
            for (int epoch = 1; epoch <= Epochs; epoch++)
            {
                long start = Stopwatch.GetTimestamp();
                FitResult fit = trainer.Fit(training, new FitOptions { Epochs = 1, BatchSize = BatchSize, Seed = (ulong)epoch });
                double ours = Stopwatch.GetElapsedTime(start).TotalSeconds;
                double theirs = torch?.AskNumber("epoch") ?? double.NaN;
                times.Add((ours, theirs));
                accuracy = network.Accuracy(test);
                table.Rows.Add(
                [
                    epoch.ToString(CultureInfo.InvariantCulture), Format.Ratio(ours), Format.Ratio(theirs), Format.Ratio(fit.History[0].TrainingLoss),
                    Format.Percent(accuracy), Format.Percent(torch?.AskNumber("accuracy") ?? double.NaN),
                ]);
            }

            double fastest = times.Min(static time => time.Ours), ratio = times.Min(static time => time.Torch) / fastest;
            table.Rows.Add(["fastest epoch", Format.Ratio(fastest), Format.Ratio(times.Min(static time => time.Torch)), "", "", ""]);
            string speed = table.Judge(ratio, SpeedGoal), quality = table.Judge(accuracy, AccuracyGoal);
            table.Rows.Add([$"× faster than libtorch: {Format.Ratio(ratio)}", $"goal {Format.Ratio(SpeedGoal)}", speed, "", "", ""]);
            table.Rows.Add([$"test accuracy: {Format.Percent(accuracy)}", $"goal {Format.Percent(AccuracyGoal)}", quality, "", "", ""]);
            return table;
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
