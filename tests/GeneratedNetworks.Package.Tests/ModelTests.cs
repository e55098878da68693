namespace GeneratedNetworks.Package.Tests;

/// <summary>Projects that name model files.</summary>
[Collection(PackageCollection.Name)]
public class ModelTests(PackedPackage package)
{
    private const string Converted = "network model ";

    [Fact]
    public void Only_files_that_changed_are_converted()
    {
        string folder = package.CreateConsumer("Model", "My models, größer");
        string net = Path.Combine(folder, "net.safetensors");
        string elsewhere = Path.Combine(folder, "..", "elsewhere", "net.safetensors");
        WriteModel(net, 1);
        WriteModel(Path.Combine(folder, "zweite", "net.safetensors"), 2);
        WriteModel(elsewhere, 3);
        Assert.Equal(
            ["../elsewhere/net.safetensors: safetensors", "net.safetensors: safetensors", "zweite/net.safetensors: safetensors"], Build(folder));
        string[] texts = Texts(folder);
        Assert.Equal(3, texts.Length);
        Assert.Equal(3, texts.Select(File.ReadAllText).Distinct().Count());

        // Nothing changed: no conversion, and the same program.
        string program = Path.Combine(folder, "bin", "Debug", "net10.0", "Consumer.dll");
        DateTime compiled = File.GetLastWriteTimeUtc(program);
        Assert.Empty(Build(folder));
        Assert.Equal(compiled, File.GetLastWriteTimeUtc(program));

        // A new time but the same content: converted once more, and not compiled.
        File.SetLastWriteTimeUtc(net, DateTime.UtcNow);
        Assert.Equal(["net.safetensors: safetensors, as before"], Build(folder));
        Assert.Equal(compiled, File.GetLastWriteTimeUtc(program));
        Assert.Empty(Build(folder));

        // New content, and a file that is gone.
        WriteModel(net, 4);
        Directory.Delete(Path.Combine(folder, "zweite"), recursive: true);
        Assert.Equal(["net.safetensors: safetensors"], Build(folder));
        Assert.Equal(2, Texts(folder).Length);

        PackedPackage.Run(folder, "dotnet", "clean");
        Assert.Empty(Texts(folder));
    }

    private static string[] Build(string folder) =>
    [
        .. PackedPackage.Run(folder, "dotnet", "build", "-v:normal").ReplaceLineEndings("\n").Split('\n').Select(line => line.Trim())
            .Where(line => line.StartsWith(Converted, StringComparison.Ordinal)).Select(line => line[Converted.Length..]).Order(StringComparer.Ordinal),
    ];

    private static string[] Texts(string folder) => Directory.GetFiles(Path.Combine(folder, "obj"), "*.nnmodel", SearchOption.AllDirectories);

    private static void WriteModel(string path, float first)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        float[] numbers = [first, 2, 3, 4, 5, 6, 7, 8, 9];
        const string Header =
            """{"dense1.weight":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]},"dense1.bias":{"dtype":"F32","shape":[3],"data_offsets":[24,36]}}""";
        using BinaryWriter writer = new(File.Create(path));
        writer.Write((ulong)Header.Length);
        writer.Write(Header.ToCharArray());
        foreach (float number in numbers)
            writer.Write(number);
    }
}
