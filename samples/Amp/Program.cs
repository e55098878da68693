using System;
using System.Diagnostics;
using System.IO;
using Amp;
using GeneratedNetworks;
using Spectre.Console;

const int TrainingFrames = 4 * Guitar.Rate, TestFrames = 3 * Guitar.Rate;

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

float[] dry = Guitar.Play(TrainingFrames, seed: 1), wet = Amplifier.Play(dry);
AnsiConsole.MarkupLineInterpolated($"[bold]{TrainingFrames / Guitar.Rate}[/] seconds of a guitar and of what an amplifier makes of it, {Guitar.Rate:n0} frames each.");

AmpNet network = new(options.Seed);
AmpNet.Trainer trainer = new(network, options.Seed) { ClipNorm = 1 };
Lesson lesson = new(trainer, dry, wet);
LearningRateSchedule schedule = LearningRateSchedule.Cosine(options.Rate, options.Epochs);
Stopwatch watch = Stopwatch.StartNew();
TrainingScreen.Run(options.Epochs, epoch =>
{
    trainer.LearningRate = (float)schedule.GetRate(epoch - 1);
    return lesson.Epoch();
});
watch.Stop();
double samples = (double)options.Epochs * lesson.Windows * AmpNet.InputSize;
Line("training", $"{AmpNet.ParameterCount} parameters, {options.Epochs} epochs of {lesson.Windows} steps in {watch.Elapsed.TotalSeconds:f1} s");

// Another tune. Once through it for what the runtime does first, then in earnest.
float[] newDry = Guitar.Play(TestFrames, seed: 2), newWet = Amplifier.Play(newDry);
_ = new LiveRun(network, newDry);
LiveRun live = new(network, newDry);
Line("memory of a stream", $"{AmpNet.MemorySize} numbers; {live.Allocated} bytes allocated while playing");
Line("time per frame", $"{1000 * live.Median / LiveRun.Block:f0} ns; {Guitar.Rate:n0} frames a second leave {1e9 / Guitar.Rate:n0} ns");
Line("blocks of 64 frames", $"half of them below {live.Median:f1} µs, the slowest {live.Slowest:f0} µs, {live.Late} of them later than {LiveRun.Deadline:f0} µs");

string output = Directory.CreateDirectory(options.Output).FullName;
foreach ((string name, float[] sound) in new[] { ("guitar", newDry), ("amplifier", newWet), ("network", live.Output) })
{
    string path = Path.Combine(output, name + ".wav");
    WavFile.Save(path, sound);
    Line(name, $"{path}");
}

string picture = Path.Combine(output, "waveforms.png");
Picture.Save(picture, newDry, newWet, live.Output);
Line("waveforms", $"{picture}");
double ratio = live.ErrorToSignal(newWet);
Line("error to signal", $"{100 * ratio:f2} %, or {10 * Math.Log10(ratio):f1} dB, where it was not trained");
if (ratio <= options.Most)
    return 0;
Console.WriteLine(FormattableString.Invariant($"FAILED: at most {100 * options.Most} % was expected."));
return 1;

static void Line(string label, FormattableString text) => Console.WriteLine($"{label + ":",-20} {FormattableString.Invariant(text)}");
