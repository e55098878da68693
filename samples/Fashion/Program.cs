using System;
using System.Diagnostics;
using System.IO;
using Fashion;
using GeneratedNetworks;
using GeneratedNetworks.Charts;
using Samples;
using Spectre.Console;

const int BatchSize = 64;

Options options;
try
{
    options = Options.Parse(args);
}
catch (ArgumentException wrong)
{
    Console.Error.WriteLine($"{wrong.Message}\n\n{Options.Help}");
    return 2;
}

if (!FashionData.IsIn(options.Data))
{
    Console.Error.WriteLine(FashionData.Advice(options.Data));
    return 2;
}

Dataset<float> train, test;
try
{
    train = FashionData.Load(options.Data, test: false, options.Images);
    test = FashionData.Load(options.Data, test: true, options.Images);
}
catch (InvalidDataException damaged)
{
    Console.Error.WriteLine(damaged.Message);
    return 2;
}

AnsiConsole.MarkupLineInterpolated($"[bold]{train.Count:n0}[/] pictures of clothes, 28×28 pixels, to train on, {test.Count:n0} to test on.");

FashionNet network = new(options.Seed);
FashionNet.Trainer trainer = new(network, options.Seed);
FitOptions fit = new()
{
    Epochs = options.Epochs,
    BatchSize = BatchSize,
    Seed = options.Seed,
    Threads = options.Threads,
    Schedule = LearningRateSchedule.Cosine(options.Rate, options.Epochs),
    Validation = test,
};
TimeSpan used = Environment.CpuUsage.TotalTime;
Stopwatch watch = Stopwatch.StartNew();
FitResult result = TrainingScreen.Run(options.Epochs, every: 1, progress => trainer.Fit(train, fit, progress));
watch.Stop();
used = Environment.CpuUsage.TotalTime - used;
Console.WriteLine(FormattableString.Invariant(
    $"{FashionNet.ParameterCount} parameters, {options.Epochs} epochs in {watch.Elapsed.TotalSeconds:f2} s; {used.TotalSeconds / options.Epochs:f2} s of processor time each, tests included"));

ConfusionMatrix matrix = network.Confusion(test);
AnsiConsole.Write(Report.Table(matrix));

string output = Directory.CreateDirectory(options.Output).FullName;
Save("loss by epoch", "loss.png", Chart.Loss(result));
Save("accuracy by epoch", "accuracy.png", Chart.Accuracy(result));
Save("confusion matrix", "confusion.png", Chart.Confusion(matrix));
Save("filters", "filters.png", Chart.Weights(network, "conv1"));
Save("misread pictures", "misread.png", Chart.Mistakes(network, test, imageWidth: 28, most: 24));
Report.Line("test accuracy", FormattableString.Invariant($"{100 * matrix.Accuracy:f2} % ({matrix.Correct} of {matrix.Total})"));
if (matrix.Accuracy >= options.Least)
    return 0;
Console.WriteLine(FormattableString.Invariant($"FAILED: at least {100 * options.Least} % was expected."));
return 1;

void Save(string label, string file, Chart chart)
{
    string path = Path.Combine(output, file);
    chart.SavePng(path);
    Report.Line(label, path);
}
