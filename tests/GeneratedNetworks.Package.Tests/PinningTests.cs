namespace GeneratedNetworks.Package.Tests;

/// <summary>The page that says how to pin generated code, followed to the letter.</summary>
public class PinningTests(PackedPackage package)
{
    // The build server's own variable would forbid to accept.
    private static readonly Dictionary<string, string> Environment = new() { ["CI"] = "" };

    [Fact]
    public void What_the_page_says_works_and_a_change_is_shown_as_a_difference()
    {
        string folder = package.CreateFolder("pinning");
        Page page = new(folder, Environment);
        page.Follow(Path.Combine(PackedPackage.RepositoryRoot(), "src", "GeneratedNetworks.Testing", "README.md"), "# GeneratedNetworks.Testing");
        Assert.Contains("Passed!", page.Log, StringComparison.Ordinal);
        Assert.DoesNotContain("warning", page.Log, StringComparison.OrdinalIgnoreCase);
        string project = Path.Combine(folder, "Pinning.Tests");
        string pinned = Assert.Single(Directory.GetFiles(Path.Combine(project, "Pinned")));
        Assert.Equal("XorNet.verified.cs", Path.GetFileName(pinned));
        string[] lines = File.ReadAllLines(pinned);
        Assert.Contains(lines, line => line.Contains("partial class XorNet", StringComparison.Ordinal));

        // Another declaration: the failure shows each line that is gone and each that came.
        string source = Path.Combine(project, "UnitTest1.cs");
        File.WriteAllText(source, File.ReadAllText(source).Replace("[Dense(4, Activation.Tanh)]", "[Dense(5, Activation.Tanh)]", StringComparison.Ordinal));
        (int code, string output) = PackedPackage.Try(project, "dotnet", "test");
        Assert.NotEqual(0, code);
        Assert.Contains("The generated code is not as pinned", output, StringComparison.Ordinal);
        string first = Assert.Single(lines, line => line.StartsWith("// dense1          4", StringComparison.Ordinal));
        Assert.Contains("-" + first, output, StringComparison.Ordinal);
        Assert.Contains("+// dense1          5", output, StringComparison.Ordinal);
        string last = Directory.GetFiles(Path.Combine(project, "bin"), "pinned.diff", SearchOption.AllDirectories).Single();
        Assert.Contains(File.ReadAllLines(last)[^1], output, StringComparison.Ordinal);
    }
}
