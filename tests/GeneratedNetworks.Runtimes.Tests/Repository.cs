using System.Reflection;
using System.Runtime.CompilerServices;

namespace GeneratedNetworks.Runtimes.Tests;

/// <summary>Files of the repository and of its build.</summary>
internal static class Repository
{
    /// <summary>Where a run may accept what it sees: never in CI.</summary>
    public static bool IsUpdate => Environment.GetEnvironmentVariable("CI") != "true" && Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1";

    public static string Configuration => Metadata("Configuration");

    public static string PackageRoot => Metadata("NuGetPackageRoot");

    public static string PathOf(string relative) => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "../..", relative));

    private static string Metadata(string key) => typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(item => item.Key == key).Value!;

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
