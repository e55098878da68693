using System.Globalization;
using GeneratedNetworks.Fuzz;
using GeneratedNetworks.Import;

// Damages the committed model files and reads what comes of it. An input is imported or refused; all else is a failure and is kept.
//   dotnet run -c Release --project tests/GeneratedNetworks.Fuzz -- [--per-format 20000] [--seed 1] [--format onnx] [--input 123]
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
int perFormat = 20_000;
int seed = 1;
int? input = null;
string? only = null;
for (int i = 0; i < args.Length; i += 2)
{
    string value = i + 1 < args.Length ? args[i + 1] : "";
    bool valid = args[i] switch
    {
        "--per-format" => int.TryParse(value, out perFormat) && perFormat > 0,
        "--seed" => int.TryParse(value, out seed),
        "--format" => (only = value).Length > 0,
        "--input" => int.TryParse(value, out int number) && (input = number) >= 0,
        _ => false,
    };
    if (!valid)
    {
        Console.Error.WriteLine("usage: [--per-format 20000] [--seed 1] [--format onnx] [--input 123]");
        return 2;
    }
}

ModelFormat[] formats = [.. ModelFormat.All.Where(format => only is null || format.FileExtensions.Contains("." + only.ToLowerInvariant()))];
if (formats.Length == 0)
{
    Console.Error.WriteLine($"'{only}' is none of {ModelFormat.Extensions}");
    return 2;
}

// An input that never ends is named as well.
string current = "";
long started = Environment.TickCount64;
using Timer watch = new(_ =>
{
    if (Environment.TickCount64 - Volatile.Read(ref started) < 60_000)
        return;
    Console.WriteLine($"{current} has not ended after a minute");
    Environment.Exit(1);
});
watch.Change(1000, 1000);

Console.WriteLine($"{"format",-12} {"inputs",9} {"imported",9} {"refused",9} {"failures",9} {"worst time",12} {"worst memory",14}");
int failures = 0;
foreach (ModelFormat format in formats)
{
    Mutator mutator = new(Seeds.Of(format), seed);
    int imported = 0;
    int failed = 0;
    int tried = 0;
    TimeSpan time = default;
    long memory = 0;
    foreach (int number in input is { } one ? [one] : Enumerable.Range(0, perFormat))
    {
        byte[] content = mutator.Make(number);
        current = $"--format {format.FileExtensions[0][1..]} --seed {seed} --input {number}";
        Volatile.Write(ref started, Environment.TickCount64);
        Trial trial = Trial.Run(format, content, checkTime: true);
        tried++;
        imported += trial.Imported ? 1 : 0;
        time = trial.Time > time ? trial.Time : time;
        memory = Math.Max(memory, trial.Memory);
        if (trial.Failure is null)
            continue;
        failed++;
        string file = Path.GetFullPath($"fuzz-{format.FileExtensions[0][1..]}-{seed}-{number}{format.FileExtensions[0]}");
        File.WriteAllBytes(file, content);
        Console.WriteLine($"{current}, kept as {file}: {trial.Failure}");
    }

    failures += failed;
    Console.WriteLine(
        $"{format.Name,-12} {tried,9:n0} {imported,9:n0} {tried - imported - failed,9:n0} {failed,9:n0} {time.TotalMilliseconds,9:n0} ms "
        + $"{memory / 1048576.0,11:n1} MB");
}

return failures == 0 ? 0 : 1;
