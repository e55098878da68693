using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;

namespace GeneratedNetworks.Runtimes.Tests;

/// <summary>Publishes what the machine can build, once and all together, runs it, and keeps what it wrote.</summary>
public sealed class Programs
{
    private readonly ConcurrentDictionary<(string Target, string Arguments), Lazy<string[]>> _runs = new();
    private readonly Lazy<string> _published;
    private readonly ConcurrentQueue<string> _durations = new();

    public Programs()
    {
        _published = new(Publish);
    }

    /// <summary>Whether all targets are asked for: they take minutes.</summary>
    public static bool AreAll => Environment.GetEnvironmentVariable("GENERATED_NETWORKS_RUNTIMES") == "all";

    /// <summary>How long everything took, in order.</summary>
    public IReadOnlyCollection<string> Durations => _durations;

    /// <summary>Why a target is not run here, or nothing.</summary>
    internal static string? WhyNot(Target target)
    {
        if (!AreAll)
            return "Takes minutes: GENERATED_NETWORKS_RUNTIMES=all in the environment runs it, as .ci/run does.";
        if (!OperatingSystem.IsLinux())
            return "Programs for other runtimes are built on Linux.";
        string? missing = target.Tools.FirstOrDefault(tool => !tool.Split('|').Any(IsOnPath));
        return missing is null ? null : $"{target.Name} needs {missing.Replace("|", " or ", StringComparison.Ordinal)}, which is not on the PATH.";
    }

    internal string[] Run(Target target, params string[] arguments) =>
        _runs.GetOrAdd((target.Name, string.Join(' ', arguments)), _ => new(() => Execute(target, arguments))).Value;

    private static bool IsOnPath(string tool) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Any(folder => File.Exists(Path.Combine(folder, OperatingSystem.IsWindows() ? tool + ".exe" : tool)));

    private string[] Execute(Target target, string[] arguments)
    {
        string log = _published.Value;
        Assert.True(File.Exists(target.OutputPath), $"{target.OutputPath} was not built:\n{log}");
        string[] command = [.. target.Host, target.OutputPath, .. arguments];
        Dictionary<string, string> environment = target.Without is null ? [] : new() { [target.Without] = "0" };

        // Times are those of compiled code, not of how soon it was compiled.
        if (arguments is ["times"])
            environment["DOTNET_TieredCompilation"] = "0";
        return Timed($"{target.Name} {string.Join(' ', arguments)}", () =>
        {
            (int code, string output, string errors) = Start(Path.GetDirectoryName(target.OutputPath)!, environment, command);
            Assert.True(code == 0, $"{string.Join(' ', command)} ended with {code}:\n{output}{errors}");
            return output.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        });
    }

    private string Publish() => Timed("publishing", () =>
    {
        string apps = string.Join('+', Targets.All.Where(target => WhyNot(target) is null).Select(target => target.Folder).Distinct());
        (_, string output, string errors) = Start(
            Repository.PathOf("tests/Runtimes"), [], "dotnet", "msbuild", "Publish.proj", "-m", "-nodeReuse:false", "-v:m", $"-p:Apps={apps}", $"-p:Configuration={Repository.Configuration}");
        foreach (string line in output.Split('\n').Where(line => line.Contains(" published after ", StringComparison.Ordinal)))
            _durations.Enqueue(line.Trim());
        return output + errors;
    });

    internal T Timed<T>(string what, Func<T> action)
    {
        Stopwatch watch = Stopwatch.StartNew();
        try
        {
            return action();
        }
        finally
        {
            _durations.Enqueue(FormattableString.Invariant($"{what.Trim()}: {watch.Elapsed.TotalSeconds:f1} s"));
        }
    }

    private static (int Code, string Output, string Errors) Start(string folder, Dictionary<string, string> environment, params string[] command)
    {
        ProcessStartInfo start = new(command[0], command[1..])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        };

        // What the test platform and the SDK hand down must steer neither the builds made here nor the runtimes.
        foreach (string key in start.Environment.Keys.Where(k => k.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase) || k.StartsWith("DOTNET_Enable", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(key);
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        foreach ((string key, string value) in environment)
            start.Environment[key] = value;
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, errors.Result);
    }
}
