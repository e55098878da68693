using GeneratedNetworks.Tool.Tests.Support;

namespace GeneratedNetworks.Tool.Tests;

/// <summary>Emitted files in projects that reference nothing of ours.</summary>
public sealed class EmitTests : IDisposable
{
    private readonly Workplace _place = new();

    public void Dispose() => _place.Dispose();

    [Theory]
    [InlineData("simd")]
    [InlineData("scalar")]
    [InlineData("basic")]
    public void FilesCompileWithoutOurPackages(string profile)
    {
        (string Name, string[] Options)[] classes =
        [
            ("Plain", []),
            ("Trainable", ["--training", "CrossEntropy,AdamW", "--precision", "double"]),
            ("Frozen", ["--static", "--namespace", "Deep.Inside"]),
        ];
        string model = Fixture.PathOf("Onnx/torch-softmax.onnx");
        foreach ((string name, string[] options) in classes)
            _place.Succeed(["emit", model, "--profile", profile, "--name", name, "-o", _place.PathOf(profile), .. options]);

        IEnumerable<string> files = classes.SelectMany(c => Parts(profile).Select(part => $"{profile}/{c.Name}{part}"));
        Assert.Equal(files.Order(StringComparer.Ordinal), _place.Files);
        foreach (BareTarget target in BareTarget.Of(profile))
            target.Compile(Directory.EnumerateFiles(_place.PathOf(profile)));

        // Of that namespace there is nothing but the functions beside it.
        string read = _place.Read(profile, "Trainable.g.cs").Replace("global::GeneratedNetworks.Generated.Functions_", "", StringComparison.Ordinal);
        Assert.DoesNotContain("global::GeneratedNetworks", read, StringComparison.Ordinal);
    }

    /// <summary>The same files, run in this process: the numbers are those of the framework that the model comes from.</summary>
    [Theory]
    [InlineData("simd")]
    [InlineData("scalar")]
    [InlineData("basic")]
    public void FilesComputeWhatTheModelDoes(string profile)
    {
        Fixture.RequireLayers("Keras/layers-3.keras");
        (string Model, string Name)[] models =
        [
            ("Onnx/torch-flatten.onnx", "TorchFlatten"), ("Onnx/torch-gelu.onnx", "TorchGelu"),
            ("TfLite/float.tflite", "Float"), ("Keras/layers-3.keras", "Layers3"),
        ];
        foreach ((string model, _) in models)
            _place.Succeed("emit", Fixture.PathOf(model), "--profile", profile, "-o", _place.PathOf("single"));
        foreach ((string model, _) in models)
            _place.Succeed("emit", Fixture.PathOf(model), "--profile", profile, "-o", _place.PathOf("double"), "--precision", "double", "--static");

        // Basic runs on the big framework as well.
        BareTarget target = profile == "basic" ? BareTarget.Net80 with { Language = BareTarget.Nano.Language } : BareTarget.Of(profile)[0];
        byte[] single = target.Compile(Directory.EnumerateFiles(_place.PathOf("single")));
        byte[] exact = target.Compile(Directory.EnumerateFiles(_place.PathOf("double")));
        foreach ((string model, string name) in models)
        {
            Fixture fixture = Fixture.Load(model);
            fixture.AssertOutputs(BareTarget.Forward(single, name, fixture.Inputs), 1e-5);
            fixture.AssertOutputs(BareTarget.Forward(exact, name, fixture.Inputs), 1e-12);
        }
    }

    /// <summary>Functions of vectors stand in a file of their own.</summary>
    private static string[] Parts(string profile) => profile == "simd" ? [".cs", ".g.cs", ".Kernels.g.cs", ".Functions.g.cs"] : [".cs", ".g.cs", ".Kernels.g.cs"];

    [Fact]
    public void TheUsersHalfIsPublic()
    {
        string model = _place.Copy("Onnx/torch-relu.onnx", "my 2nd net.onnx");
        string printed = _place.Succeed("emit", model, "-o", _place.PathOf("gen"), "--namespace", "A.B");
        Assert.Equal(
            """
            wrote gen/My2ndNet.cs
            wrote gen/My2ndNet.g.cs
            wrote gen/My2ndNet.Kernels.g.cs
            wrote gen/My2ndNet.Functions.g.cs
            A.B.My2ndNet: 5 → 4, 94 parameters.
            To compile it a project needs .NET 8 or newer, C# 12.

            """.ReplaceLineEndings("\n"),
            printed.Replace('\\', '/'));
        Assert.Equal(
            """
            namespace A.B
            {
                // The network of my 2nd net.onnx. The other half is in My2ndNet.g.cs.
                public sealed partial class My2ndNet
                {
                }
            }

            """.ReplaceLineEndings("\n"),
            _place.Read("gen", "My2ndNet.cs"));
    }

    [Fact]
    public void FilesThatAreThereStayAsTheyAre()
    {
        string model = Fixture.PathOf("Onnx/torch-relu.onnx");
        File.WriteAllText(_place.PathOf("Net.g.cs"), "mine");
        string line = _place.Fail(1, "emit", model, "--name", "Net", "-o", _place.Root);
        Assert.Equal("gennet: Net.g.cs: the file is there already; --force replaces it.", line);
        Assert.Equal(["Net.g.cs"], _place.Files);
        Assert.Equal("mine", _place.Read("Net.g.cs"));
        _place.Succeed("emit", model, "--name", "Net", "-o", _place.Root, "--force");
        Assert.Contains("partial class Net", _place.Read("Net.g.cs"), StringComparison.Ordinal);
        Assert.Equal(["Net.Functions.g.cs", "Net.Kernels.g.cs", "Net.cs", "Net.g.cs"], _place.Files);
    }

    [Fact]
    public void WhatTheGeneratorRefusesIsSaidAndNothingIsWritten()
    {
        // The model is a good one: the option does not go with it.
        string line = _place.Fail(2, "emit", Fixture.PathOf("Onnx/torch-softmax.onnx"), "-o", _place.Root, "--training", "BinaryCrossEntropy");
        Assert.StartsWith("gennet: --training does not fit torch-softmax.onnx: Loss BinaryCrossEntropy needs Sigmoid as the output activation, not Softmax: ", line, StringComparison.Ordinal);
        Assert.Empty(_place.Files);
    }

    /// <summary>A file that ends in logits gets the activation that its loss takes.</summary>
    [Fact]
    public void LogitsAreTrainedBehindAnActivation()
    {
        string printed = _place.Succeed("emit", Fixture.PathOf("Onnx/torch-relu.onnx"), "-o", _place.Root, "--training", "CrossEntropy");
        Assert.Contains("torch-relu.onnx ends in no activation, and CrossEntropy takes Softmax: [Activation(Activation.Softmax)] stands behind its last layer.\n", printed, StringComparison.Ordinal);
        Assert.Contains("Training: CrossEntropy", _place.Read("TorchRelu.g.cs"), StringComparison.Ordinal);
    }
}
