using GeneratedNetworks.Import;
using GeneratedNetworks.Tool.Networks;
using GeneratedNetworks.Tool.Tests.Support;

namespace GeneratedNetworks.Tool.Tests;

public sealed class ImportTests : IDisposable
{
    private readonly Workplace _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public void AClassWithAttributesAndItsWeightsAreWritten()
    {
        string printed = _place.Succeed(
            "import", _place.Copy("Onnx/torch-softmax.onnx"), "-o", _place.PathOf("Nets"),
            "--name", "DigitNet", "--namespace", "Shop", "--training", "CrossEntropy,Adam");
        Assert.Equal(["Nets/DigitNet.cs", "Nets/DigitNet.safetensors", "torch-softmax.onnx"], _place.Files);
        Assert.Equal(
            """
            using GeneratedNetworks;

            namespace Shop
            {
                // From torch-softmax.onnx (ONNX, opset 13, by pytorch 1.13.0): 5 → 4, 94 parameters.
                [GeneratedNetwork(5)]
                [Dense(9, Activation.Tanh, Name = "fc1")]
                [Dense(4, Activation.Softmax, Name = "fc2")]
                [Weights("DigitNet.safetensors")]
                [Training(Loss.CrossEntropy, Optimizer.Adam)]
                public sealed partial class DigitNet
                {
                }
            }

            """.ReplaceLineEndings("\n"),
            _place.Read("Nets", "DigitNet.cs"));
        Assert.Contains("<NetworkModel Include=\"Nets/DigitNet.safetensors\" />\n", printed, StringComparison.Ordinal);
        Assert.Contains("<PackageReference Include=\"GeneratedNetworks.Build\" Version=\"", printed, StringComparison.Ordinal);
    }

    /// <summary>What was written, compiled as a user's project compiles it, computes what the model did.</summary>
    [Theory]
    [InlineData("Onnx/torch-softmax.onnx", "TorchSoftmax", "single", 1e-5)]
    [InlineData("Onnx/torch-flatten.onnx", "TorchFlatten", "double", 1e-12)]
    [InlineData("Onnx/torch-batch-norm.onnx", "TorchBatchNorm", "double", 1e-12)]
    [InlineData("Onnx/torch-no-bias.onnx", "TorchNoBias", "single", 1e-5)]
    [InlineData("TfLite/int8.tflite", "Int8", "single", 1e-5)]
    [InlineData("Keras/sequential-2.h5", "Sequential2", "double", 1e-12)]
    public void TheClassComputesWhatTheModelDoes(string model, string name, string precision, double tolerance)
    {
        Fixture.RequireLayers(model);
        _place.Succeed("import", Fixture.PathOf(model), "-o", _place.Root, "--precision", precision);
        byte[] assembly = GeneratedAssembly.Compile(_place.Read(name + ".cs"), GeneratedAssembly.Convert(_place.PathOf(name + ".safetensors")));
        Fixture fixture = Fixture.Load(model);
        fixture.AssertOutputs(BareTarget.Forward(assembly, name, fixture.Inputs), tolerance);
    }

    /// <summary>Layers with arguments that are usual elsewhere: what is left out must be what the attribute means without it.</summary>
    [Fact]
    public void EveryLayerIsWrittenAsItsAttributeTakesIt()
    {
        LayerChain chain = new(new ModelSource("hand.test", [], null), [2, 3]);
        chain.Activate(null, Activation.Silu);
        chain.Reshape(null, [6]);
        chain.Dropout(null, 0.125);
        chain.Dense("dense1", new double[6], null, 1);
        ImportedModel model = chain.Build("a \u001b test");
        ImportedModel nothing = new LayerChain(new ModelSource("nothing.test", [], null), [2]).Build("a test");
        string text = Text(model, "Net") + Text(nothing, "Nothing")["using GeneratedNetworks;\n".Length..];
        Assert.Contains(
            "[GeneratedNetwork(2, 3)]\n[Activation(Activation.Silu)]\n[Flatten]\n[Dropout(0.125)]\n[Dense(1, UseBias = false)]\n", text, StringComparison.Ordinal);
        Assert.Contains("[Activation(Activation.Identity)]\n", text, StringComparison.Ordinal);
        GeneratedAssembly.Compile(text);

        static string Text(ImportedModel model, string name) => DeclarationText.WithAttributes(
            model, NetworkSummary.Of(model), "hand.test", new Declaration(name, "", Precision.Single, null, false), null);
    }

    [Theory]
    [InlineData("Onnx/heads.onnx", "policy", "[Dense(3, Name = ")]
    [InlineData("Onnx/heads.onnx", "t", "[Dense(6, Activation.Relu, Name = ")]
    [InlineData("Onnx/policy-masked.onnx", "logits", "[Dense(3, Name = ")]
    [InlineData("Onnx/policy.onnx", "deterministic_continuous_actions", "[Clip(-3, 3)]")]
    [InlineData("Keras/heads-3.keras", "value", "[Dense(1, UseBias = false, Name = \"value\")]")]
    [InlineData("TfLite/heads.tflite", "trunk", "[Dense(6, Activation.Relu, Name = \"trunk\")]")]
    public void OutputsChoosesWhereTheNetworkEnds(string model, string output, string expected)
    {
        Fixture.RequireLayers(model, output);
        _place.Succeed("import", Fixture.PathOf(model), "--outputs", output, "-o", _place.Root, "--name", "Net");
        string text = _place.Read("Net.cs");
        Assert.Contains(expected, text, StringComparison.Ordinal);
        GeneratedAssembly.Compile(text, GeneratedAssembly.Convert(_place.PathOf("Net.safetensors")));
    }

    [Fact]
    public void SeveralOutputsWithoutAChoiceAreAnErrorThatSaysHow() => Assert.Contains(
        "Choose with Outputs = \"…\" beside Model, or with --outputs: 'policy' of shape [batch, 3], 'value' of shape [batch, 1]",
        _place.Fail(1, "import", Fixture.PathOf("Onnx/heads.onnx"), "-o", _place.Root), StringComparison.Ordinal);

    [Fact]
    public void AStaticClassIsWrittenAsOne()
    {
        _place.Succeed("import", Fixture.PathOf("Onnx/torch-no-bias.onnx"), "-o", _place.Root, "--static", "--precision", "double");
        string text = _place.Read("TorchNoBias.cs");
        Assert.Contains("public static partial class TorchNoBias\n", text, StringComparison.Ordinal);
        Assert.Contains("Precision = Precision.Double", text, StringComparison.Ordinal);
        Assert.Contains("UseBias = false", text, StringComparison.Ordinal);
        GeneratedAssembly.Compile(text, GeneratedAssembly.Convert(_place.PathOf("TorchNoBias.safetensors")));
    }

    [Fact]
    public void LettersOfAllScriptsStayInTheClassName()
    {
        _place.Succeed("import", _place.Copy("Onnx/torch-relu.onnx", "ünï-сеть_2.onnx"), "-o", _place.PathOf("Nets"));
        byte[] assembly = GeneratedAssembly.Compile(
            _place.Read("Nets", "ÜnïСеть2.cs"), GeneratedAssembly.Convert(_place.PathOf("Nets", "ÜnïСеть2.safetensors")));
        Fixture fixture = Fixture.Load("Onnx/torch-relu.onnx");
        fixture.AssertOutputs(BareTarget.Forward(assembly, "ÜnïСеть2", fixture.Inputs), 1e-5);
    }

    [Theory]
    [InlineData("digits-v2.onnx", "DigitsV2")]
    [InlineData("u\u0308n.onnx", "U\u0308n")]
    [InlineData("\u0308n.onnx", "Net\u0308n")]
    [InlineData("٣d.onnx", "Net٣d")]
    [InlineData("a\u200db.onnx", "AB")]
    [InlineData("--.onnx", "Net")]
    [InlineData("trainer.onnx", "TrainerNet")]
    public void AClassIsNamedForItsFile(string file, string name) => Assert.Equal(name, ClassNames.OfFile(file));

    /// <summary>A file that ends in logits gets the activation that its loss takes, and the file of its parameters knows that.</summary>
    [Theory]
    [InlineData("MeanSquaredError", "")]
    [InlineData("CrossEntropy", "[Activation(Activation.Softmax)]")]
    [InlineData("BinaryCrossEntropy", "[Activation(Activation.Sigmoid)]")]
    public void LogitsAreTrainedBehindAnActivation(string loss, string activation)
    {
        string printed = _place.Succeed("import", Fixture.PathOf("Onnx/torch-relu.onnx"), "-o", _place.Root, "--training", loss);
        string declaration = _place.Read("TorchRelu.cs");
        Assert.Equal(activation.Length > 0, printed.Contains("torch-relu.onnx ends in no activation", StringComparison.Ordinal));
        Assert.Contains($"{(activation.Length > 0 ? activation + "\n" : "")}[Weights(\"TorchRelu.safetensors\")]\n[Training(Loss.{loss})]\n", declaration, StringComparison.Ordinal);
        Assert.Equal(activation.Length > 0, declaration.Contains("[Activation(", StringComparison.Ordinal));
        string functions = System.Text.Encoding.UTF8.GetString(File.ReadAllBytes(_place.PathOf("TorchRelu.safetensors")));
        Assert.Equal(loss == "CrossEntropy", functions.Contains("=Softmax", StringComparison.Ordinal));
        GeneratedAssembly.Compile(declaration, GeneratedAssembly.Convert(_place.PathOf("TorchRelu.safetensors")));
    }

    [Fact]
    public void ALossThatDoesNotFitIsWrongUsage() => Assert.Equal(
        "gennet: --training does not fit torch-softmax.onnx: Loss BinaryCrossEntropy needs Sigmoid as the output activation, not Softmax: "
            + "write Loss.CrossEntropy for that output, or let 'gennet import' write the layers of 'torch-softmax.onnx' as attributes, and Activation.Sigmoid on the last of them (GN0011).",
        _place.Fail(2, "import", Fixture.PathOf("Onnx/torch-softmax.onnx"), "-o", _place.Root, "--training", "BinaryCrossEntropy"));

    [Fact]
    public void AFileIsNoFolderToWriteTo()
    {
        File.WriteAllText(_place.PathOf("text"), "mine");
        foreach (string folder in new[] { _place.PathOf("text"), _place.PathOf("text", "deeper") })
        {
            string line = _place.Fail(1, "import", Fixture.PathOf("Onnx/torch-relu.onnx"), "-o", folder);
            Assert.Equal("gennet: text: it is a file; name a folder.", line);
        }

        Assert.Equal("mine", _place.Read("text"));
    }

    [Fact]
    public void FilesThatAreThereStayAsTheyAre()
    {
        string model = Fixture.PathOf("Onnx/torch-relu.onnx");
        File.WriteAllText(_place.PathOf("TorchRelu.safetensors"), "mine");
        string line = _place.Fail(1, "import", model, "-o", _place.Root);
        Assert.StartsWith("gennet: TorchRelu.safetensors: the file is there already", line, StringComparison.Ordinal);
        Assert.Equal(["TorchRelu.safetensors"], _place.Files);
    }
}
