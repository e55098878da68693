using System.IO;
using System.Runtime.CompilerServices;

namespace GeneratedNetworks.Generator.Tests;

/// <summary>Files of the repository, for the tests that hold text and code together.</summary>
internal static class Repository
{
    public static string PathOf(string relative) => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "../..", relative));

    public static string Read(string relative) => File.ReadAllText(PathOf(relative)).ReplaceLineEndings("\n");

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
