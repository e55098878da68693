using GeneratedNetworks.Tool.Cli;
using GeneratedNetworks.Tool.Output;

namespace GeneratedNetworks.Tool.Tests.Support;

/// <summary>A fresh folder, and the tool to run in it.</summary>
public sealed class Workplace : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gennet-");

    public string Root => _folder.FullName;

    public void Dispose() => _folder.Delete(recursive: true);

    public string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    public string Read(params string[] parts) => File.ReadAllText(PathOf(parts));

    /// <summary>Every file below the folder, with forward slashes, in ordinal order.</summary>
    public IReadOnlyList<string> Files =>
    [
        .. Directory.EnumerateFiles(Root, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/'))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>A copy of a committed model, and its path.</summary>
    public string Copy(string model, string? name = null)
    {
        string copy = PathOf(name ?? Path.GetFileName(model));
        File.Copy(Fixture.PathOf(model), copy);
        return copy;
    }

    /// <summary>Runs a command line as one that is piped: no terminal on either side.</summary>
    public static Outcome Run(params string[] arguments)
    {
        using StringWriter output = new() { NewLine = "\n" };
        using StringWriter error = new() { NewLine = "\n" };
        int code = Gennet.Run(arguments, new Terminal(output, error, hasColours: false, hasProgress: false));
        return new Outcome(code, output.ToString(), error.ToString());
    }

    /// <summary>Runs a command line that must succeed and say nothing on standard error; returns what it printed, without the folder.</summary>
    public string Succeed(params string[] arguments)
    {
        Outcome outcome = Run(arguments);
        Assert.Equal((0, ""), (outcome.Code, outcome.Error));
        return outcome.Output.Replace(Root + Path.DirectorySeparatorChar, "", StringComparison.Ordinal);
    }

    /// <summary>Runs a command line that must fail with one line on standard error; returns that line, without the folder.</summary>
    public string Fail(int code, params string[] arguments)
    {
        Outcome outcome = Run(arguments);
        Assert.Equal(code, outcome.Code);
        string line = Assert.Single(outcome.Error.TrimEnd('\n').Split('\n'));
        return line.Replace(Root + Path.DirectorySeparatorChar, "", StringComparison.Ordinal);
    }
}

/// <summary>What a command line did.</summary>
public sealed record Outcome(int Code, string Output, string Error);
