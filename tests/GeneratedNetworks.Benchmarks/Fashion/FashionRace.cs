using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using GeneratedNetworks.Benchmarks.Output;
using GeneratedNetworks.Benchmarks.Peers;

namespace GeneratedNetworks.Benchmarks.Fashion;

/// <summary>A training run of one network beside libtorch, epoch by epoch in turns.</summary>
/// <param name="name">What the peer calls the network.</param>
/// <param name="title">What it is.</param>
/// <param name="create">A trainer of a new network, from a seed.</param>
/// <param name="epochs">How many there are.</param>
/// <param name="speedGoal">How many times as fast as libtorch is wanted.</param>
/// <param name="threadsGoal">How many times as fast two threads shall be as one.</param>
internal sealed class FashionRace(string name, string title, Func<ulong, ITrainer<float>> create, int epochs, double speedGoal, double threadsGoal)
{
    private const int BatchSize = 64;

    private const double AccuracyGoal = 0.88;

    /// <summary>Networks whose least accuracy counts; the first is the one that is timed.</summary>
    private const int Seeds = 3;

    public static readonly IReadOnlyList<FashionRace> All =
    [
        new("dense", "784-128-10 relu", seed => new FashionNet.Trainer(new FashionNet(seed)), epochs: 10, speedGoal: 2, threadsGoal: 1.7),
        new("small", "convolution 1 → 8 3×3 relu, max pool 2×2, 1352-64-10 relu", seed => new SmallNet.Trainer(new SmallNet(seed)), epochs: 5, speedGoal: 4, threadsGoal: 1.6),
    ];

    public string Name => name;

    /// <summary>Runs it.</summary>
    /// <param name="torch">The peer, or null where it is not installed.</param>
    /// <param name="folder">Where it finds the unpacked files.</param>
    /// <param name="training">What is learned from.</param>
    /// <param name="test">What the accuracy is measured on.</param>
    public ReportTable Run(NativeProcess? torch, string folder, Dataset<float> training, Dataset<float> test)
    {
        torch?.Ask($"fashion {name} {folder}");
        ITrainer<float> trainer = create(1), shared = create(1);
        ReportTable table = new(
            $"Fashion-MNIST, {title}, softmax, cross-entropy, Adam, batch {BatchSize}",
            ["epoch", "ours, CPU s", "libtorch, CPU s", "one thread, s", "two threads, s", "loss", "test accuracy", "libtorch's"]);
        List<(double Cpu, double One, double Two, double Torch)> times = [];
        double accuracy = 0;
        for (int epoch = 1; epoch <= epochs; epoch++)
        {
            FitOptions options = new() { Epochs = 1, BatchSize = BatchSize, Seed = (ulong)epoch };
            (double cpu, double one, double loss) = Time(trainer, training, options);
            options.Threads = 2;
            (_, double two, _) = Time(shared, training, options);
            double theirs = torch?.AskNumber("epoch") ?? double.NaN;
            times.Add((cpu, one, two, theirs));
            accuracy = trainer.Network.Accuracy(test);
            table.Rows.Add(
            [
                epoch.ToString(CultureInfo.InvariantCulture), Format.Ratio(cpu), Format.Ratio(theirs), Format.Ratio(one), Format.Ratio(two), Format.Ratio(loss),
                Format.Percent(accuracy), Format.Percent(torch?.AskNumber("accuracy") ?? double.NaN),
            ]);
        }

        double ours = times.Min(static time => time.Cpu), torchs = times.Min(static time => time.Torch);
        double alone = times.Min(static time => time.One), both = times.Min(static time => time.Two);
        table.Rows.Add(["fastest epoch", Format.Ratio(ours), Format.Ratio(torchs), Format.Ratio(alone), Format.Ratio(both), "", "", ""]);
        AddGoal("× faster than libtorch", torchs / ours, speedGoal, Format.Ratio);
        AddGoal("two threads × one", alone / both, threadsGoal, Format.Ratio);
        for (ulong seed = 2; seed <= Seeds; seed++)
        {
            ITrainer<float> other = create(seed);
            other.Fit(training, new FitOptions { Epochs = epochs, BatchSize = BatchSize, Seed = seed });
            accuracy = Math.Min(accuracy, other.Network.Accuracy(test));
        }

        AddGoal($"test accuracy, least of {Seeds} seeds", accuracy, AccuracyGoal, Format.Percent);
        return table;

        void AddGoal(string goal, double value, double wanted, Func<double, string> format) =>
            table.Rows.Add([$"{goal}: {format(value)}", $"goal {format(wanted)}", table.Judge(value, wanted), "", "", "", "", ""]);
    }

    /// <summary>Seconds of the processor and of the clock, and the loss.</summary>
    private static (double Cpu, double Wall, double Loss) Time(ITrainer<float> trainer, Dataset<float> training, FitOptions options)
    {
        TimeSpan used = Environment.CpuUsage.TotalTime;
        long start = Stopwatch.GetTimestamp();
        FitResult fit = trainer.Fit(training, options);
        double wall = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return ((Environment.CpuUsage.TotalTime - used).TotalSeconds, wall, fit.History[0].TrainingLoss);
    }
}
