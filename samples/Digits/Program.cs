using System;
using System.Diagnostics;
using System.IO;
using Digits;
using GeneratedNetworks;
using GeneratedNetworks.Charts;
using Samples;
using Spectre.Console;

const ulong Seed = 0;
const int Epochs = 60;

string csv = Path.Combine(AppContext.BaseDirectory, "digits.csv");
Dataset<float> digits = Dataset<float>.ReadCsv(csv, new CsvOptions { ClassCount = 10 }).MapInputs(pixel => pixel / 16);
(Dataset<float> train, Dataset<float> test) = digits.Split(0.8, Seed);
AnsiConsole.MarkupLineInterpolated($"[bold]{digits.Count}[/] handwritten digits of 8×8 pixels: {train.Count} to train on, {test.Count} to test on.");

DigitNet network = new(Seed);
DigitNet.Trainer trainer = new(network, Seed);
FitOptions options = new()
{
    Epochs = Epochs,
    BatchSize = 32,
    Seed = Seed,
    Schedule = LearningRateSchedule.Cosine(0.003, Epochs),
    Validation = test,
    MeasureTraining = true,
};
Stopwatch watch = Stopwatch.StartNew();
FitResult result = TrainingScreen.Run(Epochs, every: 10, progress => trainer.Fit(train, options, progress));
watch.Stop();
AnsiConsole.WriteLine(FormattableString.Invariant(
    $"{DigitNet.ParameterCount} parameters, {Epochs} epochs in {watch.Elapsed.TotalSeconds:f2} s; last loss {result.History[^1].TrainingLoss:f4}, test {result.History[^1].ValidationLoss:f4}"));

ConfusionMatrix matrix = network.Confusion(test);
AnsiConsole.Write(Report.Table(matrix));

string project = Report.Metadata("ProjectDirectory");
string output = Directory.CreateDirectory(Path.Combine(project, "output")).FullName;
string lossCurve = Path.Combine(output, "loss.png");
string accuracyCurve = Path.Combine(output, "accuracy.png");
string mistakes = Path.Combine(output, "misclassified.png");
string confusion = Path.Combine(output, "confusion.png");
string weights = Path.Combine(output, "weights.png");
Chart.Loss(result).SavePng(lossCurve);
Chart.Accuracy(result).SavePng(accuracyCurve);
Chart.Mistakes(network, test, imageWidth: 8).SavePng(mistakes);
Chart.Confusion(matrix).SavePng(confusion);
Chart.Weights(network, "dense1").SavePng(weights);

Report.Line("test accuracy", FormattableString.Invariant($"{100 * matrix.Accuracy:f2} % ({matrix.Correct} of {matrix.Total})"));
Report.Line("generated source", Report.GeneratedSource(project, "DigitNet"));
Report.Line("loss curve", lossCurve);
Report.Line("accuracy by epoch", accuracyCurve);
Report.Line("misclassified", mistakes);
Report.Line("confusion matrix", confusion);
Report.Line("weights", weights);
return matrix.Accuracy >= 0.96 ? 0 : 1;
