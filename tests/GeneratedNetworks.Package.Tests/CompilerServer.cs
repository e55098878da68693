namespace GeneratedNetworks.Package.Tests;

/// <summary>
/// A compiler server for the builds of this process alone. A build of a user's has one as well; where the environment forbids it to the builds around the
/// tests, so that none outlives them, dozens of small projects would each wait for a cold compiler.
/// </summary>
internal static class CompilerServer
{
    /// <summary>Of the pipe that it listens at, which lies in a path that may not be long.</summary>
    private static readonly string Name = "gn" + Guid.NewGuid().ToString("N")[..16];

    /// <summary>What a build reads from its environment to use it: the first that does starts it.</summary>
    public static void AddTo(IDictionary<string, string?> environment)
    {
        environment["UseSharedCompilation"] = "true";
        environment["SharedCompilationId"] = Name;
    }

    /// <summary>Ends it, if it was started.</summary>
    public static void ShutDown()
    {
        const string Label = "Base Path:";
        string? sdk = PackedPackage.Run(PackedPackage.RepositoryRoot(), "dotnet", "--info").Split('\n').Select(line => line.Trim())
            .FirstOrDefault(line => line.StartsWith(Label, StringComparison.Ordinal))?[Label.Length..].Trim();
        Assert.NotNull(sdk);
        PackedPackage.Run(sdk, "dotnet", Path.Combine(sdk, "Roslyn", "bincore", "VBCSCompiler.dll"), "-shutdown", "-pipename:" + Name);
    }
}
