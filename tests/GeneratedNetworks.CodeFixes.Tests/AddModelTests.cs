using System;
using System.IO;
using System.Threading.Tasks;
using System.Xml.Linq;
using Xunit;

namespace GeneratedNetworks.CodeFixes.Tests;

public sealed class AddModelTests : IDisposable
{
    private const string Source =
        "using GeneratedNetworks;\n\n[GeneratedNetwork(2)]\n[Dense(1)]\n[Weights(\"xor.safetensors\")]\npublic partial class Net { }\n";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("generatednetworks-");

    private string Project => Path.Combine(_folder.FullName, "Consumer.csproj");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public async Task The_file_is_looked_for_and_named_in_the_project(string newLine)
    {
        string text = Lines(newLine, "<Project Sdk=\"Microsoft.NET.Sdk\">", "  <ItemGroup>", "    <PackageReference Include=\"GeneratedNetworks\" Version=\"0.1.0\" />", "  </ItemGroup>", "</Project>");
        File.WriteAllText(Project, text);
        Directory.CreateDirectory(Path.Combine(_folder.FullName, "models"));
        Directory.CreateDirectory(Path.Combine(_folder.FullName, "bin"));
        File.WriteAllText(Path.Combine(_folder.FullName, "models", "xor.safetensors"), "");
        File.WriteAllText(Path.Combine(_folder.FullName, "bin", "xor.safetensors"), "");
        using Editor editor = new(Source, Project);
        await editor.Take(new AddModelFix(), "GN0025", "Add <NetworkModel Include=\"models/xor.safetensors\" /> to the project");
        string expected = text.Replace(
            "</Project>",
            Lines(newLine, "  <ItemGroup>", "    <NetworkModel Include=\"models/xor.safetensors\" />", "    <PackageReference Include=\"GeneratedNetworks.Build\" Version=\"0.1.0\" PrivateAssets=\"all\" />", "  </ItemGroup>", "</Project>").TrimEnd(),
            StringComparison.Ordinal);
        Assert.Equal(expected, File.ReadAllText(Project));
        XDocument.Parse(File.ReadAllText(Project));
    }

    [Fact]
    public async Task A_package_that_is_there_is_not_added_again_and_the_source_stays()
    {
        File.WriteAllText(Project, "<Project>\n  <ItemGroup><PackageReference Include=\"GeneratedNetworks.Build\" /></ItemGroup>\n</Project>\n");
        using Editor editor = new(Source, Project);
        await editor.Take(new AddModelFix(), "GN0025", "Add <NetworkModel Include=\"xor.safetensors\" /> to the project");
        Assert.Equal(Source, await editor.Text());
        Assert.Equal(
            "<Project>\n  <ItemGroup><PackageReference Include=\"GeneratedNetworks.Build\" /></ItemGroup>\n  <ItemGroup>\n    <NetworkModel Include=\"xor.safetensors\" />\n  </ItemGroup>\n</Project>\n",
            File.ReadAllText(Project));
    }

    [Fact]
    public async Task Without_a_project_file_there_is_no_offer()
    {
        using Editor editor = new(Source);
        Assert.Empty(await editor.Offers(new AddModelFix(), "GN0025"));
    }

    private static string Lines(string newLine, params string[] lines) => string.Join(newLine, lines) + newLine;
}
