using System.Text.RegularExpressions;

namespace GeneratedNetworks.Package.Tests;

/// <summary>Projects that embed model files.</summary>
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

        // A new time but the same content is nothing.
        File.SetLastWriteTimeUtc(net, DateTime.UtcNow);
        Assert.Empty(Build(folder));
        Assert.Equal(compiled, File.GetLastWriteTimeUtc(program));

        // New content, and a file that is gone.
        WriteModel(net, 40);
        File.Delete(unused);
        Assert.Equal(["net.safetensors: safetensors"], Build(folder));
        Assert.StartsWith("outputs 47 9 10\n", Outputs(folder), StringComparison.Ordinal);
        Assert.Equal(4, Texts(folder).Length);

        // Another content that is older than the text made of the last, as a file that is put back from elsewhere.
        WriteModel(net, 20);
        File.SetLastWriteTimeUtc(net, new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        Assert.Equal(["net.safetensors: safetensors"], Build(folder));
        Assert.StartsWith("outputs 27 9 10\n", Outputs(folder), StringComparison.Ordinal);

        PackedPackage.Run(folder, "dotnet", "clean");
        Assert.Empty(Texts(folder));
    }

    /// <summary>Data of a model that lie in a file of their own, and links.</summary>
    [Fact]
    public void Data_beside_a_model_and_what_a_link_leads_to_are_watched_too()
    {
        string folder = Create("External");
        string models = Path.Combine(PackedPackage.RepositoryRoot(), "tests", "Golden", "Models", "Onnx");
        string data = Path.Combine(folder, "hand-external.bin");
        File.Copy(Path.Combine(models, "hand-external.onnx"), Path.Combine(folder, "hand-external.onnx"));
        File.Copy(Path.Combine(models, "hand-external.bin"), data);
        string project = Path.Combine(folder, "Consumer.csproj");
        const string Item = "<NetworkModel Include=\"hand-external.onnx\" /><NetworkModel Include=\"hand-external.onnx\" Link=\"again/x.onnx\" />";
        File.WriteAllText(project, File.ReadAllText(project).Replace("<NetworkModel Include=\"digits.onnx\" />", Item, StringComparison.Ordinal));
        File.WriteAllText(
            Path.Combine(folder, "Program.cs"),
            """
            using System;
            using GeneratedNetworks;
            float[] inputs = new float[Near.InputSize];
            Array.Fill(inputs, 1f);
            float[] outputs = new float[Near.OutputSize];
            Near.Forward(inputs, outputs);
            Again.Forward(inputs, outputs);
            Console.WriteLine(string.Join(' ', outputs));
            [GeneratedNetwork(Model = "hand-external.onnx")] internal static partial class Near;
            [GeneratedNetwork(Model = "again/x.onnx")] internal static partial class Again;
            """);
        if (!OperatingSystem.IsWindows())
        {
            // The data lie beside the link.
            File.Move(Path.Combine(folder, "hand-external.onnx"), Path.Combine(folder, "..", "elsewhere", "real.onnx"), overwrite: true);
            File.CreateSymbolicLink(Path.Combine(folder, "hand-external.onnx"), Path.Combine("..", "elsewhere", "real.onnx"));
        }

        Build(folder);
        string first = Outputs(folder);
        byte[] content = File.ReadAllBytes(data);

        // Every number with the other sign.
        byte[] other = [.. content.Select((value, i) => i % sizeof(float) == 3 ? (byte)(value ^ 0x80) : value)];
        File.WriteAllBytes(data, other);
        File.SetLastWriteTimeUtc(data, new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        Assert.Equal(2, Build(folder).Length);
        Assert.NotEqual(first, Outputs(folder));
        File.WriteAllBytes(data, content);
        Assert.Equal(2, Build(folder).Length);
        Assert.Equal(first, Outputs(folder));
    }

    /// <summary>Names that command lines and lists take for something else, a pipe, and a name in a file that would add a line to the log.</summary>
    [Fact]
    public void No_name_and_no_file_hinders_the_others()
    {
        string folder = Create("Names");
        WriteModel(Path.Combine(folder, "zweite", "semi;colon, quote's `tick` $(x) %41.safetensors"), 5);
        if (!OperatingSystem.IsWindows())
        {
            WriteModel(Path.Combine(folder, "tab\tand\nline.safetensors"), 6);
            PackedPackage.Run(folder, "mkfifo", "pipe.safetensors");
        }

        const string Forged = "x\\n/app/a.cs(1,1): error CS9999: forged";
        string header = "{\"" + Forged + "\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}}";
        File.WriteAllBytes(
            Path.Combine(folder, "forged.safetensors"),
            [.. BitConverter.GetBytes((long)header.Length), .. System.Text.Encoding.UTF8.GetBytes(header), 0, 0, 0, 0]);
        string output = PackedPackage.Run(folder, "dotnet", "build", "-v:normal");
        Assert.DoesNotMatch(@"(?m)^\s*/app/a\.cs", output);
        Assert.Contains(" 0 Error(s)", output, StringComparison.Ordinal);
        Assert.Equal("outputs 8 9 10\n4546 parameters, sum 1.0000", Outputs(folder));

        // Named, it is one error in one line.
        string program = Path.Combine(folder, "Program.cs");
        File.WriteAllText(program, File.ReadAllText(program).Replace("\"net.safetensors\"", "\"forged.safetensors\"", StringComparison.Ordinal));
        (int code, output) = PackedPackage.Try(folder, "dotnet", "build");
        Assert.NotEqual(0, code);
        Assert.DoesNotMatch(@"(?m)^\s*/app/a\.cs", output);
        Assert.Contains(" 1 Error(s)", output, StringComparison.Ordinal);
    }

    /// <summary>Nothing of where a project lies gets into the program.</summary>
    [Fact]
    public void Two_folders_give_the_same_bytes()
    {
        string[] texts = [.. new[] { "Same", "Same again, deeper" }.SelectMany(name =>
        {
            string folder = Create(name);
            Build(folder);
            return Texts(folder).Order(StringComparer.Ordinal).Select(path => $"{Path.GetFileName(path)}\n{File.ReadAllText(path)}");
        })];
        Assert.Equal(texts[..(texts.Length / 2)], texts[(texts.Length / 2)..]);
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
