using System.Text.RegularExpressions;

namespace GeneratedNetworks.Package.Tests;

/// <summary>Projects that embed model files.</summary>
[Collection(PackageCollection.Name)]
public class ModelTests(PackedPackage package)
{
    private const string Converted = "network model ";

    [Fact]
    public void Models_from_any_folder_are_embedded_and_only_those_that_changed_are_converted_again()
    {
        string folder = Create("My models, größer");
        string net = Path.Combine(folder, "net.safetensors");
        string unused = Path.Combine(folder, "unused.safetensors");
        WriteModel(unused, 0);
        string[] all = ["../elsewhere/net.safetensors", "digits.onnx", "net.safetensors", "unused.safetensors", "zweite/net.safetensors"];
        Assert.Equal(all, Build(folder).Select(line => line[..line.IndexOf(": ", StringComparison.Ordinal)]));
        Assert.Equal("outputs 8 9 10\n4546 parameters, sum 1.0000", Outputs(folder));
        Assert.Equal(5, Texts(folder).Length);

        // Nothing changed: no conversion, and the same program.
        string program = ProgramPath(folder);
        DateTime compiled = File.GetLastWriteTimeUtc(program);
        Assert.Empty(Build(folder));
        Assert.Equal(compiled, File.GetLastWriteTimeUtc(program));

        // A new time but the same content: converted once more, and not compiled.
        File.SetLastWriteTimeUtc(net, DateTime.UtcNow);
        Assert.Equal(["net.safetensors: safetensors, as before"], Build(folder));
        Assert.Equal(compiled, File.GetLastWriteTimeUtc(program));
        Assert.Empty(Build(folder));

        // New content, and a file that is gone.
        WriteModel(net, 40);
        File.Delete(unused);
        Assert.Equal(["net.safetensors: safetensors"], Build(folder));
        Assert.StartsWith("outputs 47 9 10\n", Outputs(folder), StringComparison.Ordinal);
        Assert.Equal(4, Texts(folder).Length);

        PackedPackage.Run(folder, "dotnet", "clean");
        Assert.Empty(Texts(folder));
    }

    [Fact]
    public void A_damaged_model_is_one_error_where_it_is_named()
    {
        string folder = Create("Damaged");
        string net = Path.Combine(folder, "zweite", "net.safetensors");
        byte[] content = File.ReadAllBytes(net);
        File.WriteAllBytes(net, content[..^4]);
        (int code, string output) = PackedPackage.Try(folder, "dotnet", "build");
        Assert.NotEqual(0, code);
        string[] errors = [.. Regex.Matches(output, @"^.*\berror\b.*$", RegexOptions.Multiline).Select(match => match.Value.Trim()).Distinct()];
        string error = Assert.Single(errors, line => line.Contains("error ", StringComparison.Ordinal));
        Assert.Matches(@"Program\.cs\(\d+,\d+\): error GN0026: .*zweite/net\.safetensors: .*dense1\.bias", error);
        Assert.Single(errors);
    }

    private static string ProgramPath(string folder) => Path.Combine(folder, "bin", "Debug", "net10.0", "Consumer.dll");

    /// <summary>Builds, and returns what the converter said.</summary>
    private static string[] Build(string folder)
    {
        string[] lines = [.. PackedPackage.Run(folder, "dotnet", "build", "-v:normal").ReplaceLineEndings("\n").Split('\n').Select(line => line.Trim())];
        IEnumerable<string> converted = lines.Where(line => line.StartsWith(Converted, StringComparison.Ordinal));
        return [.. converted.Select(line => line[Converted.Length..]).Order(StringComparer.Ordinal)];
    }

    private static string Outputs(string folder) => PackedPackage.Run(folder, "dotnet", ProgramPath(folder)).ReplaceLineEndings("\n").Trim();

    private static string[] Texts(string folder) => Directory.GetFiles(Path.Combine(folder, "obj"), "*.nnmodel", SearchOption.AllDirectories);

    private string Create(string name)
    {
        string folder = package.CreateConsumer("Model", name);
        File.Copy(Path.Combine(PackedPackage.RepositoryRoot(), "samples", "ImportedModel", "digits.onnx"), Path.Combine(folder, "digits.onnx"));
        WriteModel(Path.Combine(folder, "net.safetensors"), 1);
        WriteModel(Path.Combine(folder, "zweite", "net.safetensors"), 2);
        WriteModel(Path.Combine(folder, "..", "elsewhere", "net.safetensors"), 3);
        return folder;
    }

    /// <summary>Two inputs to three outputs; the first output for the inputs 1 and 0 is 7 more than the first weight.</summary>
    private static void WriteModel(string path, float first)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        float[] numbers = [first, 2, 3, 4, 5, 6, 7, 8, 9];
        const string Weight = """{"dense1.weight":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]},""";
        const string Header = Weight + """ "dense1.bias":{"dtype":"F32","shape":[3],"data_offsets":[24,36]}}""";
        using BinaryWriter writer = new(File.Create(path));
        writer.Write((ulong)Header.Length);
        writer.Write(Header.ToCharArray());
        foreach (float number in numbers)
            writer.Write(number);
    }
}
