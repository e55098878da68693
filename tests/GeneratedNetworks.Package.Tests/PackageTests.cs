using System.IO.Compression;
using System.Reflection.Metadata;
using System.Xml.Linq;

namespace GeneratedNetworks.Package.Tests;

public class PackageTests(PackedPackage package)
{
    private static readonly string[] Frameworks = ["net10.0", "net8.0", "netstandard2.0", "netstandard2.1"];

    [Fact]
    public void One_package_carries_libraries_generator_and_documentation()
    {
        using ZipArchive zip = ZipFile.OpenRead(package.PackagePath);
        string[] files = [.. zip.Entries.Select(e => e.FullName).Where(IsContent).Order(StringComparer.Ordinal)];
        string[] expected =
        [
            "README.md",
            "analyzers/dotnet/cs/GeneratedNetworks.Generator.dll",
            "analyzers/dotnet/roslyn4.8/cs/GeneratedNetworks.CodeFixes.dll",
            "buildTransitive/GeneratedNetworks.props",
            "icon.png",
            .. Frameworks.SelectMany(f => new[] { $"lib/{f}/GeneratedNetworks.dll", $"lib/{f}/GeneratedNetworks.xml" }),
        ];
        Assert.Equal(expected, files);
    }

    [Fact]
    public void Its_only_dependency_is_system_memory_where_spans_are_missing()
    {
        XElement metadata = Nuspec(package.PackagePath, "GeneratedNetworks").Root!.Elements().Single();
        Dictionary<string, string[]> dependencies = Child(metadata, "dependencies").Elements().ToDictionary(
            group => group.Attribute("targetFramework")!.Value,
            group => group.Elements().Select(d => d.Attribute("id")!.Value).ToArray());
        Assert.Equal([".NETStandard2.0", ".NETStandard2.1", "net10.0", "net8.0"], dependencies.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(["System.Memory"], dependencies[".NETStandard2.0"]);
        Assert.All(dependencies.Where(d => d.Key != ".NETStandard2.0"), d => Assert.Empty(d.Value));
        Assert.Equal(("expression", "MIT"), (Child(metadata, "license").Attribute("type")!.Value, Child(metadata, "license").Value));
        Assert.Equal("README.md", Child(metadata, "readme").Value);
    }

    [Fact]
    public void Every_library_has_its_symbols()
    {
        using ZipArchive zip = ZipFile.OpenRead(package.SymbolsPath);
        foreach (string framework in Frameworks)
        {
            using MemoryStream stream = new();
            using (Stream entry = zip.GetEntry($"lib/{framework}/GeneratedNetworks.pdb")!.Open())
                entry.CopyTo(stream);
            stream.Position = 0;
            using MetadataReaderProvider provider = MetadataReaderProvider.FromPortablePdbStream(stream);
            MetadataReader reader = provider.GetMetadataReader();
            string[] sources = [.. reader.Documents.Select(d => reader.GetString(reader.GetDocument(d).Name))];
            Assert.Contains(sources, name => name.EndsWith("FitRun.cs", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void The_build_package_carries_a_converter_and_nothing_for_the_program()
    {
        using ZipArchive zip = ZipFile.OpenRead(package.BuildPackagePath);
        string[] files = [.. zip.Entries.Select(e => e.FullName).Where(IsContent).Order(StringComparer.Ordinal)];
        string[] own =
        [
            "README.md",
            "THIRD-PARTY-NOTICES.txt",
            "build/GeneratedNetworks.Build.targets",
            "buildTransitive/GeneratedNetworks.Build.targets",
            "icon.png",
            "tools/net8.0/GeneratedNetworks.Build.dll",
            "tools/net8.0/GeneratedNetworks.Build.runtimeconfig.json",
            "tools/net8.0/GeneratedNetworks.Import.dll",
            "tools/net8.0/GeneratedNetworks.Onnx.dll",
            "tools/net8.0/GeneratedNetworks.dll",
        ];
        Assert.Empty(own.Except(files));
        Assert.Contains("tools/net8.0/Google.Protobuf.dll", files);

        // Libraries of others lie beside the converter; there is nothing in lib or analyzers.
        Assert.All(files.Except(own), file => Assert.Matches(@"^tools/net8\.0/[^/]+\.(dll|json)$", file));
        XElement metadata = Nuspec(package.BuildPackagePath, "GeneratedNetworks.Build").Root!.Elements().Single();
        Assert.Equal("true", Child(metadata, "developmentDependency").Value);
        Assert.DoesNotContain(metadata.Descendants(), element => element.Name.LocalName == "dependency");
    }

    private static bool IsContent(string path) =>
        path is not "[Content_Types].xml" && !path.StartsWith("_rels/", StringComparison.Ordinal)
        && !path.StartsWith("package/", StringComparison.Ordinal) && !path.EndsWith(".nuspec", StringComparison.Ordinal);

    private static XElement Child(XElement parent, string name) => parent.Elements().Single(e => e.Name.LocalName == name);

    private static XDocument Nuspec(string packagePath, string id)
    {
        using ZipArchive zip = ZipFile.OpenRead(packagePath);
        using Stream stream = zip.GetEntry($"{id}.nuspec")!.Open();
        return XDocument.Load(stream);
    }
}
