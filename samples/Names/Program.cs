using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using GeneratedNetworks;
using Names;
using Samples;
using Spectre.Console;

const int Shown = 24, Written = 1000;
const string Example = "Marianne";

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

string[] names = Letters.Read(Path.Combine(AppContext.BaseDirectory, "names.txt"));
new Random(0).Shuffle(names);
string[] held = names[..(names.Length / 10)], known = names[held.Length..];
AnsiConsole.MarkupLineInterpolated($"[bold]{known.Length}[/] given names to learn from, {held.Length} others to be surprised by.");

NameNet network = new(options.Seed);
NameNet.Trainer trainer = new(network, options.Seed) { ClipNorm = 1 };
FitOptions fit = new()
{
    Epochs = options.Epochs,
    BatchSize = 16,
    Seed = options.Seed,
    Schedule = LearningRateSchedule.Cosine(options.Rate, options.Epochs),
    Validation = Letters.ToDataset(held),
    RestoreBest = true,
};
Stopwatch watch = Stopwatch.StartNew();
FitResult result = TrainingScreen.Run(options.Epochs, every: 10, progress => trainer.Fit(Letters.ToDataset(known), fit, progress));
watch.Stop();
Line("training", $"{NameNet.ParameterCount} parameters, {options.Epochs} epochs in {watch.Elapsed.TotalSeconds:f1} s; the best was epoch {result.BestEpoch}");

Writer writer = new(network, options.Temperature, (int)options.Seed);
watch.Restart();
string[] written = [.. Enumerable.Range(0, Written).Select(_ => writer.Write())];
watch.Stop();
HashSet<string> all = [.. names];
string[] fresh = [.. written.Distinct().Where(name => !all.Contains(name))];
Grid grid = new Grid().AddColumns(6);
foreach (string[] row in fresh.Take(Shown).Chunk(6))
    grid.AddRow(row);
AnsiConsole.Write(grid);
int letters = written.Sum(name => name.Length + 1);
Line("writing", $"{Written} names, {1e6 * watch.Elapsed.TotalSeconds / letters:f1} µs a letter, {NameNet.MemorySize} numbers of memory");
Line("of these", $"{written.Count(known.Contains)} were learned, {written.Count(held.Contains)} are among those that were held back, {fresh.Length} different ones are new");

string picture = Path.Combine(Directory.CreateDirectory(options.Output).FullName, "expectations.png");
Picture.Save(picture, network, Example);
Line("picture", $"{picture}");
double surprise = Surprise.Of(network, held);
Line("surprise", $"{surprise:f2} bits a letter of the names held back; {Surprise.OfFrequencies(known, held):f2} to who knows only how often letters occur");
if (surprise <= options.Most)
    return 0;
Console.WriteLine(FormattableString.Invariant($"FAILED: at most {options.Most} bits were expected."));
return 1;

static void Line(string label, FormattableString text) => Console.WriteLine($"{label + ":",-10} {FormattableString.Invariant(text)}");
