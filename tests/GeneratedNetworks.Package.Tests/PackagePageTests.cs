using System.IO.Compression;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace GeneratedNetworks.Package.Tests;

/// <summary>What a package shows of itself where it is listed: icon, page, addresses.</summary>
public partial class PackagePageTests(PackedPackage package)
{
    private const string Repository = "https://github.com/generatednetworks/generatednetworks";

    [Theory]
    [InlineData("GeneratedNetworks")]
    [InlineData("GeneratedNetworks.Build")]
    [InlineData("GeneratedNetworks.Charts")]
    [InlineData("GeneratedNetworks.Onnx")]
    [InlineData("GeneratedNetworks.Templates")]
    [InlineData("GeneratedNetworks.Testing")]
    [InlineData("GeneratedNetworks.Tool")]
    public void It_has_an_icon_addresses_and_a_page_whose_links_lead(string id)
    {
        using ZipArchive zip = ZipFile.OpenRead(Path.Combine(package.Feed, $"{id}.{package.Version}.nupkg"));
        XElement metadata = XDocument.Parse(Read(zip, $"{id}.nuspec")).Root!.Elements().Single();
        Assert.Equal(Repository, Value(metadata, "projectUrl"));
        Assert.Equal(Repository + "/blob/main/CHANGELOG.md", Value(metadata, "releaseNotes"));
        Assert.Equal(("icon.png", "README.md"), (Value(metadata, "icon"), Value(metadata, "readme")));
        Assert.InRange(Value(metadata, "description").Length, 40, 300);
        Assert.InRange(zip.GetEntry("icon.png")!.Length, 500, 100_000);

        string[] links = [.. Link().Matches(Read(zip, "README.md")).Select(match => match.Groups["target"].Value)];
        Assert.All(links, link => Assert.StartsWith(link.StartsWith('#') ? "#" : "https://", link, StringComparison.Ordinal));
        string[] own = [.. links.Where(link => link.StartsWith(Repository, StringComparison.Ordinal))];
        Assert.All(own, link =>
        {
            string path = link[(Repository + "/blob/main/").Length..].Split('#')[0];
            Assert.True(Path.Exists(Path.Combine(PackedPackage.RepositoryRoot(), path)), link);
        });
        Assert.True(own.Length > 0 || id is not ("GeneratedNetworks" or "GeneratedNetworks.Tool"));
    }

    private static string Value(XElement parent, string name) => parent.Elements().Single(e => e.Name.LocalName == name).Value;

    private static string Read(ZipArchive zip, string name)
    {
        using StreamReader reader = new(zip.GetEntry(name)!.Open());
        return reader.ReadToEnd();
    }

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();
}
