using System.Runtime.CompilerServices;

namespace GeneratedNetworks.Import.Tests.Support;

/// <summary>Files of the repository that tests hold to the code.</summary>
internal static class Repository
{
    public static string PathOf(string relative) => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "../../..", relative));

    /// <summary>Fails where the file differs from <paramref name="text"/>; UPDATE_SNAPSHOTS=1 writes it instead, except where CI=true.</summary>
    public static void MustHold(string relative, string text)
    {
        string path = PathOf(relative);
        bool isCi = Environment.GetEnvironmentVariable("CI") == "true";
        if (!isCi && Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
        {
            File.WriteAllText(path, text);
            return;
        }

        string[] found = File.Exists(path) ? File.ReadAllText(path).ReplaceLineEndings("\n").Split('\n') : [];
        string[] expected = text.Split('\n');
        for (int i = 0; i < Math.Max(found.Length, expected.Length); i++)
        {
            if (found.ElementAtOrDefault(i) != expected.ElementAtOrDefault(i))
            {
                Assert.Fail(
                    $"{relative} is stale; UPDATE_SNAPSHOTS=1 rewrites it.\nline {i + 1}\nin the file: {found.ElementAtOrDefault(i)}\nfrom the code: {expected.ElementAtOrDefault(i)}");
            }
        }
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
