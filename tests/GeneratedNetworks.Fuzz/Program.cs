using System.Globalization;
using GeneratedNetworks.Fuzz;
using GeneratedNetworks.Import;

// Damages model files and reads what comes of it. An input is imported or refused; all else is a failure and is kept.
//   dotnet run -c Release --project tests/GeneratedNetworks.Fuzz -- [--per-format 20000] [--seed 1] [--format onnx] [--input 123] [--file PATH]
// A format like reading.onnx is executed node by node instead of imported.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
const string Usage = "usage: [--per-format 20000] [--seed 1] [--format onnx] [--input 123] [--file PATH]";
int perFormat = 20_000;
int seed = 1;
int? input = null;
string? only = null;
List<string> files = [];
for (int i = 0; i < args.Length; i += 2)
{
    string value = i + 1 < args.Length ? args[i + 1] : "";
    bool valid = args[i] switch
    {
        "--per-format" => int.TryParse(value, out perFormat) && perFormat > 0,
        "--seed" => int.TryParse(value, out seed),
        "--format" => (only = value).Length > 0,
        "--input" => int.TryParse(value, out int number) && (input = number) >= 0,
        "--file" => File.Exists(value),
        _ => false,
    };
    if (!valid)
    {
        Console.Error.WriteLine(Usage);
        return 2;
    }

    if (args[i] == "--file")
        files.Add(value);
}

string[] extensions = [.. Subject.Extensions.Where(extension => only is null || extension == "." + only.ToLowerInvariant())];
if (extensions.Length == 0)
{
    Console.Error.WriteLine($"'{only}' is none of {string.Join(", ", Subject.Extensions)}");
    return 2;
}

using Watch watch = new();
int failures = 0;
foreach (string file in files)
{
    byte[] content = File.ReadAllBytes(file);
    watch.Begin(file);
    Trial trial = Trial.Timed(bytes => Trial.Run(ModelFormat.Of(file) ?? throw new ArgumentException(file), bytes), content);
    string outcome = trial.Failure ?? (trial.Imported ? "imported" : "refused");
    Console.WriteLine($"{file} ({content.Length:n0} bytes): {outcome}, {trial.Time.TotalMilliseconds:n0} ms, {trial.Memory / 1048576.0:n1} MB");
    failures += trial.Failure is null ? 0 : 1;
}

if (files.Count > 0)
    return failures == 0 ? 0 : 1;

Console.WriteLine($"{"format",-12} {"inputs",9} {"imported",9} {"refused",9} {"failures",9} {"worst time",12} {"of input",9} {"per MB",12} {"worst memory",14}");
foreach (string extension in extensions)
{
    // Reading the models that are damaged is no input's time, nor is compiling what reads them.
    watch.Begin($"preparing --format {extension[1..]}");
    Subject subject = Subject.Of(extension, seed);
    subject.Run(subject.Inputs.Make(perFormat));
    int imported = 0;
    int failed = 0;
    int tried = 0;
    TimeSpan time = default;
    int slowest = 0;
    TimeSpan perMegabyte = default;
    long memory = 0;
    foreach (int number in input is { } one ? [one] : Enumerable.Range(0, perFormat))
    {
        string current = $"--format {extension[1..]} --seed {seed} --input {number}";
        watch.Begin(current);
        byte[] content = subject.Inputs.Make(number);
        Trial trial = Trial.Timed(subject.Run, content);
        tried++;
        imported += trial.Imported && trial.Failure is null ? 1 : 0;
        (time, slowest) = trial.Time > time ? (trial.Time, number) : (time, slowest);
        TimeSpan share = trial.Time / Trial.Megabytes(content);
        perMegabyte = share > perMegabyte ? share : perMegabyte;
        memory = Math.Max(memory, trial.Memory);
        if (trial.Failure is null)
            continue;
        failed++;
        string file = Path.GetFullPath($"fuzz-{extension[1..]}-{seed}-{number}{subject.FileExtension}");
        File.WriteAllBytes(file, content);
        Console.WriteLine($"{current}, kept as {file}: {trial.Failure}");
    }

    failures += failed;
    Console.WriteLine(
        $"{subject.Name,-12} {tried,9:n0} {imported,9:n0} {tried - imported - failed,9:n0} {failed,9:n0} {time.TotalMilliseconds,9:n0} ms {slowest,9} "
        + $"{perMegabyte.TotalMilliseconds,9:n0} ms {memory / 1048576.0,11:n1} MB");
}

return failures == 0 ? 0 : 1;
