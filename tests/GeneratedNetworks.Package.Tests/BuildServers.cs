using System.Collections.Concurrent;

namespace GeneratedNetworks.Package.Tests;

/// <summary>
/// Servers of MSBuild and of the compiler for the builds of this process alone. A build of a user's has them as well; where the environment forbids them to the
/// builds around the tests, so that none outlives them, dozens of small projects would each wait for a cold MSBuild and a cold compiler.
/// </summary>
internal static class BuildServers
{
    /// <summary>Of the pipe that the compiler listens at, which lies in a path that may not be long.</summary>
    private static readonly string Name = "gn" + Guid.NewGuid().ToString("N")[..16];

    /// <summary>Names of servers of MSBuild that nobody waits for. One serves one build at a time: as many are started as tests run side by side.</summary>
    private static readonly ConcurrentStack<string> Free = [];

    private static int _count;

    /// <summary>A server of MSBuild for one command, which is given back after it; the first command that has it starts it.</summary>
    public static string Take() => Free.TryPop(out string? name) ? name : $"{Name}-{Interlocked.Increment(ref _count)}";

    public static void Return(string server) => Free.Push(server);

    /// <summary>What a command reads from its environment to use them.</summary>
    public static void AddTo(IDictionary<string, string?> environment, string server)
    {
        environment["UseSharedCompilation"] = "true";
        environment["SharedCompilationId"] = Name;
        environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "1";

        // Only who says the same word is let in.
        environment["MSBUILDNODEHANDSHAKESALT"] = server;
    }

    /// <summary>Ends those that were started.</summary>
    public static void ShutDown()
    {
        const string Label = "Base Path:";
        string root = PackedPackage.RepositoryRoot();
        string? sdk = PackedPackage.Run(root, "dotnet", "--info").Split('\n').Select(line => line.Trim())
            .FirstOrDefault(line => line.StartsWith(Label, StringComparison.Ordinal))?[Label.Length..].Trim();
        Assert.NotNull(sdk);
        PackedPackage.Run(sdk, "dotnet", Path.Combine(sdk, "Roslyn", "bincore", "VBCSCompiler.dll"), "-shutdown", "-pipename:" + Name);
        for (int i = 1; i <= _count; i++)
        {
            Dictionary<string, string> environment = new() { ["MSBUILDNODEHANDSHAKESALT"] = $"{Name}-{i}" };
            PackedPackage.Run(root, environment, "dotnet", "build-server", "shutdown", "--msbuild");
        }
    }
}
