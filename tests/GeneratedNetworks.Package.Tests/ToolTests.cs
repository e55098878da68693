namespace GeneratedNetworks.Package.Tests;

/// <summary>The command-line tool as its users get it: installed from its package.</summary>
public class ToolTests(PackedPackage package)
{
    private const string Project =
        """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework>
            <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
          </PropertyGroup>
        </Project>
        """;

    [Fact]
    public void Installed_from_its_package_it_does_each_verb_in_a_fresh_folder()
    {
        string folder = package.CreateFolder("tool");
        string gennet = Path.Combine(folder, "tools", OperatingSystem.IsWindows() ? "gennet.exe" : "gennet");
        PackedPackage.Run(
            folder, "dotnet", "tool", "install", "GeneratedNetworks.Tool", "--tool-path", "tools", "--add-source", package.Feed, "--version", package.Version);
        File.Copy(Path.Combine(PackedPackage.RepositoryRoot(), "tests", "Golden", "Models", "Onnx", "torch-softmax.onnx"), Path.Combine(folder, "brain.onnx"));

        Assert.Equal("0.1.0", Gennet("--version").Trim());
        Assert.Contains("fc1 (Dense, Tanh)", Gennet("inspect", "brain.onnx", "--svg", "brain.svg"), StringComparison.Ordinal);
        Assert.Contains("<NetworkModel Include=\"Brain.safetensors\" />", Gennet("import", "brain.onnx"), StringComparison.Ordinal);
        Assert.Contains("brain.GeneratedNetworks.Generator.additionalfile", Gennet("pack", "brain.onnx"), StringComparison.Ordinal);
        Assert.Contains("Brain.g.cs", Gennet("emit", "brain.onnx", "-o", "Bare"), StringComparison.Ordinal);
        Assert.Contains("copy.onnx", Gennet("export", "brain.onnx", "-o", "copy.onnx"), StringComparison.Ordinal);
        Assert.Contains("The relative error is within 1e-5.", Gennet("check", "brain.onnx", "--samples", "10"), StringComparison.Ordinal);
        Assert.Equal(1, PackedPackage.Try(folder, gennet, "check", "brain.onnx", "--samples", "10", "--tolerance", "0").ExitCode);
        string[] written = ["Brain.cs", "Brain.safetensors", "brain.GeneratedNetworks.Generator.additionalfile", "brain.svg", "copy.onnx"];
        Assert.Empty(written.Except(Directory.GetFiles(folder).Select(file => Path.GetFileName(file)!)));

        // The emitted files are a project's whole source: it references nothing of ours. What it is built to can be inspected in turn.
        string bare = Path.Combine(folder, "Bare");
        File.WriteAllText(Path.Combine(bare, "Bare.csproj"), Project);
        PackedPackage.Run(bare, "dotnet", "build", "-c", "Release");
        Assert.Contains("Brain: 5 → 4", Gennet("inspect", Path.Combine("Bare", "bin", "Release", "net10.0", "Bare.dll")), StringComparison.Ordinal);

        string Gennet(params string[] arguments) => PackedPackage.Run(folder, gennet, arguments);
    }
}
