using System.Runtime.InteropServices;

namespace GeneratedNetworks.Package.Tests;

public class ConsumerTests(PackedPackage package)
{
    private const string Output = "xor 0 1 1 0\naccuracy 1, Completed";

    [Fact]
    public void A_console_program_builds_from_the_package_and_learns()
    {
        string folder = package.CreateConsumer("Console");
        AssertLearned(PackedPackage.Run(folder, "dotnet", "run", "-c", "Release"));
    }

    [Fact]
    public void Libraries_for_older_targets_build_from_the_package()
    {
        string folder = package.CreateConsumer("Library");
        PackedPackage.Run(folder, "dotnet", "build", "-c", "Release", "-warnaserror");
        string[] built = [.. Directory.GetFiles(Path.Combine(folder, "bin", "Release"), "Consumer.dll", SearchOption.AllDirectories)];
        Assert.Equal(3, built.Length);

        // The attributes are read at compile time only.
        Assert.All(built, dll => Assert.DoesNotContain("DenseAttribute", File.ReadAllText(dll), StringComparison.Ordinal));
    }

    [Fact]
    public void Published_as_native_code_it_has_no_warning_and_learns()
    {
        if (FindLinker() is null)
            Assert.Skip("Native compilation needs clang or gcc (on Windows, the Visual C++ tools); none is on the PATH.");
        string folder = package.CreateConsumer("Console");
        string output = Path.Combine(folder, "native");
        string[] native = ["-r", RuntimeInformation.RuntimeIdentifier, "-p:PublishAot=true"];
        string log = PackedPackage.Run(folder, "dotnet", ["publish", "-c", "Release", .. native, "-o", output, "-warnaserror"]);
        Assert.DoesNotContain("warning", log, StringComparison.OrdinalIgnoreCase);
        string program = Path.Combine(output, OperatingSystem.IsWindows() ? "Consumer.exe" : "Consumer");
        Assert.False(File.Exists(Path.Combine(output, "Consumer.dll")), "the program was not compiled to native code");
        AssertLearned(PackedPackage.Run(folder, program));
    }

    private static void AssertLearned(string log) => Assert.Contains(Output, log.ReplaceLineEndings("\n"), StringComparison.Ordinal);

    private static string? FindLinker()
    {
        string[] names = OperatingSystem.IsWindows() ? ["link.exe"] : ["clang", "gcc"];
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return folders.SelectMany(folder => names.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists);
    }
}
