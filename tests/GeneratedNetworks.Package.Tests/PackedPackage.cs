using System.Diagnostics;

namespace GeneratedNetworks.Package.Tests;

/// <summary>
/// All packages, packed once from the sources into a folder of their own that serves as feed, and room for projects that consume them.
/// </summary>
public sealed class PackedPackage : IDisposable
{
    private static readonly Dictionary<string, string> NoVariables = [];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("generatednetworks-");

    public PackedPackage()
    {
        // A version that no cache can know. No suffix: `dotnet add package` takes what is stable. What is packed was built before the tests; nothing is
        // built here, and what is restored for the new version goes to a folder of its own, so that tests in other processes keep theirs.
        Version = $"0.1.{DateTimeOffset.UtcNow.ToUnixTimeSeconds()}";
        string[] command = Command.Split(' ');
        string restored = Path.Combine(_folder.FullName, "restored");
        string[] properties = [$"-p:PackageVersion={Version}", "-p:NoBuild=true", $"-p:PackRestoreFolder={restored}", "-p:DisablePackageAssetsCache=true"];
        Run(RepositoryRoot(), command[0], [.. command[1..], "-o", Feed, .. properties]);

        // Packages of others may come from the user's folder; ours is not there in this version.
        string users = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        string fallback = Directory.Exists(users) ? $"""<add key="users" value="{users}" />""" : "";
        File.WriteAllText(
            Path.Combine(_folder.FullName, "nuget.config"),
            $"""
            <configuration>
              <config><add key="globalPackagesFolder" value="packages" /></config>
              <fallbackPackageFolders>{fallback}</fallbackPackageFolders>
              <packageSources><add key="local" value="feed" /></packageSources>
            </configuration>
            """);

        // Consumers are no part of this repository: its build settings must not reach them.
        File.WriteAllText(Path.Combine(_folder.FullName, "Directory.Build.props"), "<Project />");
        File.WriteAllText(Path.Combine(_folder.FullName, "Directory.Packages.props"), "<Project />");
    }

    /// <summary>What makes all packages, in a clone; then comes the folder.</summary>
    public static string Command => "dotnet pack -c Release src";

    public string Version { get; }

    public string PackagePath => Path.Combine(Feed, $"GeneratedNetworks.{Version}.nupkg");

    public string BuildPackagePath => Path.Combine(Feed, $"GeneratedNetworks.Build.{Version}.nupkg");

    public string ChartsPackagePath => Path.Combine(Feed, $"GeneratedNetworks.Charts.{Version}.nupkg");

    public string TemplatesPackagePath => Path.Combine(Feed, $"GeneratedNetworks.Templates.{Version}.nupkg");

    public string ToolPackagePath => Path.Combine(Feed, $"GeneratedNetworks.Tool.{Version}.nupkg");

    public string SymbolsPath => Path.ChangeExtension(PackagePath, ".snupkg");

    public string Feed => Path.Combine(_folder.FullName, "feed");

    public void Dispose()
    {
        BuildServers.ShutDown();
        _folder.Delete(recursive: true);
    }

    /// <summary>
    /// Copies a consumer's files into a folder, called like it unless told otherwise, and names the version that was packed; returns the folder.
    /// </summary>
    public string CreateConsumer(string name, string? folder = null)
    {
        string source = Path.Combine(AppContext.BaseDirectory, "Consumers", name);
        string target = Path.Combine(_folder.FullName, folder ?? name);
        Directory.CreateDirectory(target);
        foreach (string file in Directory.GetFiles(source))
        {
            string text = File.ReadAllText(file).Replace("$PACKED_VERSION$", Version, StringComparison.Ordinal);
            File.WriteAllText(Path.Combine(target, Path.GetFileName(file)), text);
        }

        return target;
    }

    /// <summary>An empty folder beside the consumers.</summary>
    public string CreateFolder(string name) => Directory.CreateDirectory(Path.Combine(_folder.FullName, name)).FullName;

    /// <summary>Copies the packages into a folder, which is made.</summary>
    public void CopyFeed(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (string file in Directory.GetFiles(Feed))
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
    }

    /// <summary>Runs a program to its end and returns what it wrote; any exit code but 0 fails the test with that.</summary>
    public static string Run(string folder, string program, params string[] arguments) => Run(folder, NoVariables, program, arguments);

    /// <summary>The same with variables in its environment.</summary>
    public static string Run(string folder, IReadOnlyDictionary<string, string> environment, string program, params string[] arguments)
    {
        (int code, string output) = Try(folder, environment, program, arguments);

        // NU1301: a package source did not answer. That says nothing about our packages.
        for (int retry = 0; retry < 2 && code != 0 && output.Contains("NU1301", StringComparison.Ordinal); retry++)
        {
            Thread.Sleep(TimeSpan.FromSeconds(5));
            (code, output) = Try(folder, environment, program, arguments);
        }

        Assert.True(code == 0, $"{program} {string.Join(' ', arguments)} ended with {code}:\n{output}");
        return output;
    }

    /// <summary>Runs a program to its end, whatever that is.</summary>
    public static (int ExitCode, string Output) Try(string folder, string program, params string[] arguments) =>
        Try(folder, NoVariables, program, arguments);

    private static (int ExitCode, string Output) Try(
        string folder, IReadOnlyDictionary<string, string> environment, string program, string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // What the test platform and the SDK hand down must not steer the builds made here.
        foreach (string key in start.Environment.Keys.Where(k => k.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(key);
        start.Environment.Remove("NUGET_PACKAGES");
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        string? server = program == "dotnet" ? BuildServers.Take() : null;
        if (server is not null)
            BuildServers.AddTo(start.Environment, server);

        // Each of these processes lives for seconds: a profile of its methods costs more than it gains.
        start.Environment["DOTNET_TieredPGO"] = "0";
        foreach ((string key, string value) in environment)
            start.Environment[key] = value;
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (server is not null)
            BuildServers.Return(server);
        return (process.ExitCode, output + errors.Result);
    }

    public static string RepositoryRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Generated.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException("The tests do not run from within the repository.");
    }
}
