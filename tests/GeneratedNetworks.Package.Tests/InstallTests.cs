using System.Xml.Linq;

namespace GeneratedNetworks.Package.Tests;

/// <summary>The README's way to install, in an empty folder, with an empty package cache and no template installed.</summary>
public class InstallTests(PackedPackage package)
{
    [Fact]
    public void What_the_readme_says_works_to_the_letter()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("generatednetworks-");
        try
        {
            string solution = Path.Combine(folder.FullName, "solution");
            Directory.CreateDirectory(solution);
            Dictionary<string, string> environment = new()
            {
                ["NUGET_PACKAGES"] = Path.Combine(folder.FullName, "cache"),
                ["DOTNET_CLI_HOME"] = Path.Combine(folder.FullName, "home"),
                ["DOTNET_GENERATE_ASPNET_CERTIFICATE"] = "false",
            };
            Page page = new(solution, environment);

            // Packed once for all tests, by the same command.
            page.Instead.Add(PackedPackage.Command + " -o packages", () => package.CopyFeed(Path.Combine(solution, "packages")));
            page.Follow(Path.Combine(PackedPackage.RepositoryRoot(), "README.md"), "## Install");

            Assert.Equal(PackedPackage.Command + " -o packages", page.Commands[0]);
            Assert.Contains("dotnet test", page.Commands);
            Assert.Contains("setosa (9", page.Log, StringComparison.Ordinal);
            Assert.Equal(3, page.Log.Split("setosa (").Length);
            Assert.Contains("Passed!", page.Log, StringComparison.Ordinal);
            Assert.DoesNotContain("warning", page.Log, StringComparison.OrdinalIgnoreCase);
            Assert.True(File.Exists(Path.Combine(solution, "Flowers", "model.safetensors")));

            // The five minutes need what the first two steps of the installation left.
            Page minutes = new(solution, environment);
            string current = XDocument.Load(Path.Combine(PackedPackage.RepositoryRoot(), "Directory.Build.props")).Descendants("Version").Single().Value;
            minutes.Replacements.Add($"Version=\"{current}\"", $"Version=\"{package.Version}\"");
            minutes.Follow(Path.Combine(PackedPackage.RepositoryRoot(), "README.md"), "## Five minutes");
            Assert.Equal(2, minutes.Commands.Count(command => command == "dotnet run"));
            Assert.DoesNotContain("warning", minutes.Log, StringComparison.OrdinalIgnoreCase);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
