using System;
using System.Diagnostics;
using System.IO;
using GeneratedNetworks;
using Gestures;
using Samples;
using Spectre.Console;

const int TrainingWindows = 3000, TestWindows = 500;
const int LiveSeconds = 300, ShownSeconds = 30, ShownGestures = 12;

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

Dataset<float> train = Examples.Cut(TrainingWindows, seed: 1), test = Examples.Cut(TestWindows, seed: 2);
AnsiConsole.MarkupLineInterpolated($"[bold]{train.Count:n0}[/] windows of a wrist's sensor to train on, {test.Count} to test on: {string.Join(", ", Hand.Names)}.");

GestureNet network = new(options.Seed);
GestureNet.Trainer trainer = new(network, options.Seed) { ClipNorm = 1 };
FitOptions fit = new()
{
    Epochs = options.Epochs,
    BatchSize = 32,
    Seed = options.Seed,
    Schedule = LearningRateSchedule.Cosine(options.Rate, options.Epochs),
    Validation = test,
};
Stopwatch watch = Stopwatch.StartNew();
TrainingScreen.Run(options.Epochs, every: 4, progress => trainer.Fit(train, fit, progress));
watch.Stop();
Report.Line("training", $"{GestureNet.ParameterCount} parameters, {options.Epochs} epochs in {watch.Elapsed.TotalSeconds:f1} s");
Report.Line("windows right", $"{network.Accuracy(test):p1} of those it did not see");

// A run that never ends, of which five minutes are looked at. The first one warms up.
Recording recording = Hand.Move(LiveSeconds * Hand.Rate, seed: 3);
_ = new LiveRun(network, recording);
LiveRun live = new(network, recording);
AnsiConsole.Write(Report.Table(recording, live, ShownGestures));
(int right, int all) = (0, 0);
for (int from = 0, to; from < recording.Frames; from = to)
{
    to = recording.NextChange(from);
    right += live.MostOften(from, to) == recording.Labels[from] ? 1 : 0;
    all++;
}

string picture = Path.Combine(Directory.CreateDirectory(options.Output).FullName, "live.png");
Picture.Save(picture, recording, live, ShownSeconds * Hand.Rate);
Report.Line("live", $"{LiveSeconds} s, half of the frames below {live.Nanoseconds:f0} ns, {GestureNet.MemorySize} numbers of memory, {live.Allocated} bytes allocated");
Report.Line("frames right", $"{live.FramesRight:p1}, those included in which a gesture has just begun");
Report.Line("picture", $"{picture}");
Report.Line("gestures right", $"{(double)right / all:p1} ({right} of {all})");
if (right >= options.Least * all)
    return 0;
Console.WriteLine(FormattableString.Invariant($"FAILED: at least {100 * options.Least} % was expected."));
return 1;
