using GeneratedNetworks.Tool.Cli;
using GeneratedNetworks.Tool.Output;
using GeneratedNetworks.Tool.Tests.Support;

namespace GeneratedNetworks.Tool.Tests;

/// <summary>Help, exit codes, and what is printed where.</summary>
public sealed class UsageTests : IDisposable
{
    private readonly Workplace _place = new();

    public void Dispose() => _place.Dispose();

    [Theory]
    [InlineData("inspect")]
    [InlineData("import")]
    [InlineData("pack")]
    [InlineData("emit")]
    [InlineData("export")]
    [InlineData("check")]
    public void HelpOfEveryVerbEndsWithExamplesThatParse(string verb)
    {
        string help = _place.Succeed(verb, "--help");
        Assert.Contains($"gennet {verb} <", help, StringComparison.Ordinal);
        string tail = help[help.IndexOf("Examples:\n", StringComparison.Ordinal)..];
        string[] examples = [.. tail.Split('\n').Skip(1).Select(line => line.Trim()).Where(line => line.Length > 0)];
        Assert.NotEmpty(examples);
        foreach (string example in examples)
        {
            // Its model is not here: the command line is right, and the file is missing.
            Assert.StartsWith($"gennet {verb} ", example, StringComparison.Ordinal);
            Outcome outcome = Workplace.Run(example.Split(' ')[1..]);
            Assert.True(outcome.Code == 1, $"{example}\n{outcome.Error}");
            Assert.Contains("no such file", outcome.Error, StringComparison.Ordinal);
        }

        Assert.Contains("  " + verb + " ", _place.Succeed("--help"), StringComparison.Ordinal);
    }

    [Fact]
    public void WithoutArgumentsHelpGoesToStandardErrorAndTheCodeIs2()
    {
        Outcome outcome = Workplace.Run();
        Assert.Equal((2, ""), (outcome.Code, outcome.Output));
        Assert.Contains("gennet [command]", outcome.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gennet: 'inspct' is no verb; the verbs are inspect, import, pack, emit, export and check. Try", "inspct", "a.onnx")]
    [InlineData("gennet: '--what' is no option; the verbs are", "--what")]
    [InlineData("gennet inspect: ", "inspect")]
    [InlineData("gennet inspect: ", "inspect", "a.onnx", "b.onnx")]
    [InlineData("gennet emit: 'fast' is no profile: say simd, scalar or basic.", "emit", "a.onnx", "--profile", "fast")]
    [InlineData("gennet emit: 'Auto' is no profile", "emit", "a.onnx", "--profile", "Auto")]
    [InlineData("gennet emit: '1' is no precision", "emit", "a.onnx", "--precision", "1")]
    [InlineData("gennet import: 'Foo' is no loss: say MeanSquaredError,", "import", "a.onnx", "--training", "Foo")]
    [InlineData("gennet import: 'Bar' is no optimizer: say Sgd,", "import", "a.onnx", "--training", "Huber,Bar")]
    [InlineData("gennet import: A static network cannot be trained", "import", "a.onnx", "--training", "Huber", "--static")]
    [InlineData("gennet: 'a-b' is no name for a class.", "import", "a.onnx", "--name", "a-b")]
    [InlineData("gennet: 'class' is no name for a class.", "emit", "a.onnx", "--name", "class")]
    [InlineData("gennet: 'Trainer' is the name of a generated member", "emit", "a.onnx", "--name", "Trainer")]
    [InlineData("gennet: 'A..B' is no namespace.", "emit", "a.onnx", "--namespace", "A..B")]
    [InlineData("gennet import: A static network cannot be trained", "import", "a.onnx", "--static", "--training", "Foo")]
    [InlineData("gennet check: --samples is a whole number from 1 to 2,147,483,647, and not '0'.", "check", "a.onnx", "--samples", "0")]
    [InlineData("gennet check: --samples is a whole number", "check", "a.onnx", "--samples", "x")]
    [InlineData("gennet check: --samples is a whole number", "check", "a.onnx", "--samples", "2147483648")]
    [InlineData("gennet check: --seed is a whole number from 0 to 2,147,483,647, and not '-1'.", "check", "a.onnx", "--seed", "-1")]
    [InlineData("gennet check: --seed is a whole number", "check", "a.onnx", "--seed", "1.5")]
    [InlineData("gennet check: 'x' is no tolerance", "check", "a.onnx", "--tolerance", "x")]
    [InlineData("gennet export: ", "export", "a.onnx")]
    [InlineData("gennet: foo.txt: the generator reads only files whose names end in .nnmodel or .additionalfile", "pack", "a.onnx", "-o", "foo.txt")]
    [InlineData("gennet: a.txt: '.txt' is none of the formats that can be written", "export", "a.onnx", "-o", "a.txt")]
    public void WrongUsageIsOneLineAndCode2(string line, params string[] arguments) =>
        Assert.StartsWith(line, _place.Fail(2, arguments), StringComparison.Ordinal);

    [Theory]
    [InlineData("inspect")]
    [InlineData("import")]
    [InlineData("pack")]
    [InlineData("emit")]
    [InlineData("check")]
    public void AnUnusableFileIsOneLineAndCode1(string verb)
    {
        string refused = _place.Copy("TfLite/refused-conv.tflite");
        Assert.Contains("refused-conv.tflite: operator 0, CONV_2D", _place.Fail(1, verb, refused), StringComparison.Ordinal);
        string damaged = _place.PathOf("damaged.onnx");
        File.WriteAllBytes(damaged, [.. File.ReadAllBytes(Fixture.PathOf("Onnx/torch-softmax.onnx")).Take(300)]);
        Assert.StartsWith("gennet: damaged.onnx: ", _place.Fail(1, verb, damaged), StringComparison.Ordinal);
        Assert.Contains("missing.onnx", _place.Fail(1, verb, _place.PathOf("missing.onnx")), StringComparison.Ordinal);
        File.WriteAllText(_place.PathOf("notes.txt"), "");
        Assert.Contains("'.txt' is none of the formats", _place.Fail(1, verb, _place.PathOf("notes.txt")), StringComparison.Ordinal);
        Assert.Equal(["damaged.onnx", "notes.txt", "refused-conv.tflite"], _place.Files);
    }

    [Theory]
    [InlineData("inspect", ", .keras, .dll, .exe.")]
    [InlineData("pack", ", .keras.")]
    [InlineData("check", ", .keras.")]
    public void AFolderAndANameWithoutExtensionAreTold(string verb, string formats)
    {
        Assert.EndsWith(": it is a folder; name a file.", _place.Fail(1, verb, _place.Root), StringComparison.Ordinal);
        Assert.Equal("gennet: missing: there is no such file.", _place.Fail(1, verb, _place.PathOf("missing")));
        File.WriteAllText(_place.PathOf("digits"), "");
        string line = _place.Fail(1, verb, _place.PathOf("digits"));
        Assert.StartsWith("gennet: digits: its name has no extension", line, StringComparison.Ordinal);
        Assert.EndsWith(formats, line, StringComparison.Ordinal);
    }

    /// <summary>Output that cannot be written to stands for any fault that nobody thought of.</summary>
    [Fact]
    public void AFaultIsOneLineToo()
    {
        StringWriter output = new();
        output.Dispose();
        using StringWriter error = new() { NewLine = "\n" };
        int code = Gennet.Run(
            ["inspect", Fixture.PathOf("Onnx/torch-softmax.onnx")], new Terminal(output, error, hasColours: false, hasProgress: false));
        Assert.Equal(1, code);
        Assert.Matches(@"^gennet: a fault of this program: ObjectDisposedException: [^\n]+\n$", error.ToString());
    }

    [Fact]
    public void AModelWithoutLayersNeedsAnAssembly() =>
        Assert.Contains("--layers", _place.Fail(1, "check", Fixture.PathOf("SafeTensors/saved-in-out.safetensors")), StringComparison.Ordinal);

    [Fact]
    public void WhatIsPipedHasNoEscapeCodes()
    {
        Outcome outcome = Workplace.Run("check", Fixture.PathOf("Onnx/torch-softmax.onnx"), "--samples", "3", "--profile", "basic");
        Assert.Equal(0, outcome.Code);
        Assert.DoesNotContain('\e', outcome.Output + outcome.Error);
    }

    /// <summary>A name in a file may hold anything; printed as it is, it could write anywhere on the terminal.</summary>
    [Fact]
    public void ControlCharactersOutOfFilesAreNotPrinted()
    {
        string path = _place.PathOf("evil.safetensors");
        byte[] header = """{"w\u001b[2J\n\u202e":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"""u8.ToArray();
        File.WriteAllBytes(path, [.. BitConverter.GetBytes((long)header.Length), .. header, 0, 0, 128, 63]);
        string text = _place.Succeed("inspect", path);
        Assert.Contains("w\uFFFD[2J\uFFFD\uFFFD", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', text);
    }

    [Fact]
    public void ATableIsAsWideAsItsCells()
    {
        using StringWriter output = new() { NewLine = "\n" };
        TextTable table = new("name", ">number", "");
        table.Add(new string('n', 300), "1", "");
        table.Add("total", "12,345,678", "x");
        table.Write(new Terminal(output, output, hasColours: false, hasProgress: false), endsWithTotal: true);
        string name = new('n', 296);
        string rule = new('-', 300 + 2 + 10 + 2 + 1);
        string space = new(' ', 295);
        Assert.Equal($"name{space}       number\n{rule}\nnnnn{name}           1\n{rule}\ntotal{space}  12,345,678  x\n", output.ToString());
    }

    [Fact]
    public void TheVersionIsThatOfThePackage()
    {
        Assert.Matches(@"^\d+\.\d+\.\d+(-[\w.]+)?\n$", _place.Succeed("--version"));
        Assert.Equal(_place.Succeed("--version"), _place.Succeed("-v"));
    }
}
