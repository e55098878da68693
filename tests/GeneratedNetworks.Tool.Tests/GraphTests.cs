using System.Runtime.Loader;
using System.Text.Json;
using GeneratedNetworks.Import;
using GeneratedNetworks.Tool.Networks;
using GeneratedNetworks.Tool.Tests.Support;
using Microsoft.CodeAnalysis.CSharp;

namespace GeneratedNetworks.Tool.Tests;

/// <summary>Networks that branch, with several inputs and outputs: as declarations, and as <c>inspect</c> finds them in an assembly.</summary>
public sealed class GraphTests : IDisposable
{
    private static readonly string[] Layers =
    [
        "[Conv2D(4, new[] { 3, 5 }, Activation.Relu, Strides = new[] { 2, 1 }, Pads = new[] { 1, 0, 2, 2 }, From = \"image\")]",
        "[GlobalAveragePool]",
        "[Concat(\"globalpool1\", \"command\", Activation = Activation.Tanh)]",
        "[Dense(3, Activation.Softmax, Name = \"policy\")]",
        "[Dense(1, From = \"concat1\", Name = \"value\")]",
    ];

    private readonly Workplace _place = new();

    private static ImportedModel Actor => Declared.WithParameters(
        new("a test", [75], [.. Layers.Select(Declared.Layer)], [])
        {
            Inputs = [new("image:0", [6, 6, 2], "image"), new("command", [3])],
            Outputs = [new("policy/out", [3], "policy"), new("value", [1])],
        },
        null);

    public void Dispose() => _place.Dispose();

    [Fact]
    public void ADeclarationSaysInputsLayersAndOutputs()
    {
        string text = Text(Actor, "Actor");
        string expected = string.Join("\n",
            [
                "// From hand.test (a test): 6×6×2 + 3 → 3 + 1, 156 parameters.",
                "[GeneratedNetwork(Precision = Precision.Double)]",
                "[Input(\"image\", 6, 6, 2)]",
                "[Input(\"command\", 3)]",
                .. Layers,
                "[Output(\"policy\")]",
                "[Output(\"value\")]",
                "[Weights(\"Actor.safetensors\")]",
                "public sealed partial class Actor",
            ]);
        Assert.Contains(expected, text, StringComparison.Ordinal);

        // What was written, compiled, computes what the plain loops do from the layers.
        byte[] assembly = GeneratedAssembly.Compile(text.Replace("[Weights(\"Actor.safetensors\")]\n", "", StringComparison.Ordinal));
        double[] inputs = [.. Enumerable.Range(0, 150).Select(i => Math.Sin(i))];
        double[] expectedOutputs = new double[8], outputs = new double[8];
        new PlainNetwork<double>(Actor).Forward(inputs, expectedOutputs);
        INetwork<double> network = Create(assembly, "Actor", [.. Actor.Tensors.SelectMany(tensor => tensor.Values!)]);
        network.Forward(inputs, outputs);
        Assert.All(outputs.Zip(expectedOutputs), pair => Assert.Equal(pair.Second, pair.First, 1e-12));
    }

    /// <summary>Arguments by place are written up to the last that is not what it would be anyway, and no further.</summary>
    [Theory]
    [InlineData("[Clip(-1, 1)]")]
    [InlineData("[Clip(double.NegativeInfinity, 6)]")]
    [InlineData("[Clip(-2)]")]
    [InlineData("[Reshape(4, 2)]")]
    [InlineData("[Conv1D(3, 2)]", "[Conv1D(3, 2, Activation.Identity, Padding = Padding.Valid, Stride = 1, Groups = 1)]")]
    [InlineData("[Conv1D(3, 2, Padding = Padding.Causal, Dilation = 2)]")]
    [InlineData("[MaxPool1D(2, Stride = 1, CeilMode = true)]")]
    [InlineData("[Dense(3, PerStep = true)]", "[Dense(3, PerStep = true, UseBias = true)]")]
    [InlineData("[LayerNorm(Epsilon = 0.001, LastAxes = 2)]")]
    [InlineData("[BatchNorm(UnbiasedVariance = false)]")]
    [InlineData("[Activation(Activation.Identity)]")]
    public void AnArgumentIsWrittenWhereItIsNeeded(string expected, string? given = null)
    {
        ImportedLayer layer = given is not null ? Declared.Layer(given) : expected.Contains("Infinity", StringComparison.Ordinal)
            ? new ImportedLayer("Clip", [new("minimum", double.NegativeInfinity), new("maximum", 6.0)])
            : Declared.Layer(expected);
        ImportedModel model = Declared.WithParameters(new("a test", [4, 2], [layer], []), null);
        string text = Text(model, "Net");
        Assert.Contains($"[GeneratedNetwork(4, 2, Precision = Precision.Double)]\n{expected}\n", text, StringComparison.Ordinal);
    }

    /// <summary>Every network of which PyTorch's numbers are known, written as a declaration in words that C# 7.3 has, and compiled.</summary>
    [Fact]
    public void DeclarationsComputeWhatPyTorchDoes()
    {
        IReadOnlyList<TorchCase> cases = [.. TorchCase.All, .. TorchCase.Sequences];
        string text = "using GeneratedNetworks;\n" + string.Concat(cases.Select((network, i) =>
            Text(network.Model, $"Net{i}").Replace("using GeneratedNetworks;\n", "", StringComparison.Ordinal).Replace($"[Weights(\"Net{i}.safetensors\")]\n", "", StringComparison.Ordinal)));
        CSharpParseOptions oldest = new(LanguageVersion.CSharp7_3);
        Assert.Empty(CSharpSyntaxTree.ParseText(text, oldest, cancellationToken: TestContext.Current.CancellationToken).GetDiagnostics(TestContext.Current.CancellationToken));
        byte[] assembly = GeneratedAssembly.Compile(text);
        for (int i = 0; i < cases.Count; i++)
        {
            INetwork<double> network = Create(assembly, $"Net{i}", cases[i].Parameters);
            double[] outputs = new double[cases[i].Outputs.Length];
            network.Forward(cases[i].Inputs, outputs);
            cases[i].AssertOutputs(outputs, 1e-11);
        }
    }

    /// <summary>A file with branches, windows or its channels first, imported as a declaration and its parameters, computes what the file does.</summary>
    [Theory]
    [InlineData("Onnx/graph-residual.onnx")]
    [InlineData("Onnx/graph-decoder.onnx")]
    [InlineData("Onnx/graph-depthwise.onnx")]
    [InlineData("Onnx/graph-fusion.onnx")]
    [InlineData("Onnx/graph-pixels.onnx")]
    [InlineData("Onnx/graph-pools.onnx")]
    [InlineData("Onnx/graph-signal.onnx")]
    [InlineData("Onnx/graph-heads.onnx", "policy, value")]
    public void AnImportedFileComputesWhatItDid(string file, string? outputs = null)
    {
        string[] choice = outputs is null ? [] : ["--outputs", outputs];
        _place.Succeed(["import", Fixture.PathOf(file), "-o", _place.Root, "--name", "Net", "--precision", "double", .. choice]);
        string text = _place.Read("Net.cs");
        byte[] assembly = GeneratedAssembly.Compile(text, File.Exists(_place.PathOf("Net.safetensors")) ? [GeneratedAssembly.Convert(_place.PathOf("Net.safetensors"))] : []);
        ImportedModel model = ModelFile.Read(Fixture.PathOf(file), null, outputs);
        Fixture fixture = Fixture.Load(file);
        int rows = fixture.Inputs.Length / model.InputShape!.Aggregate((product, extent) => product * extent);
        FileOrder order = FileOrder.Of(model, fixture.Outputs.Length / rows);
        Fixture turned = new(
            [.. fixture.Inputs.Chunk(fixture.Inputs.Length / rows).SelectMany(order.ToInput)],
            [.. fixture.Outputs.Chunk(fixture.Outputs.Length / rows).SelectMany(order.ToOutput)]);
        turned.AssertOutputs(BareTarget.Forward(assembly, "Net", turned.Inputs), 1e-11);
        double[] plain = new double[turned.Outputs.Length];
        new PlainNetwork<double>(model).Forward(turned.Inputs, plain);
        turned.AssertOutputs(plain, 1e-11);
        Assert.Equal(model.Inputs.Count, System.Text.RegularExpressions.Regex.Count(text, @"\[Input\("));
        Assert.Equal(model.Outputs.Count, System.Text.RegularExpressions.Regex.Count(text, @"\[Output\("));
    }

    [Fact]
    public void AnAssemblyShowsWhatEachLayerReads()
    {
        File.WriteAllBytes(_place.PathOf("Game.dll"), GeneratedAssembly.Compile(Text(Actor with { Tensors = [] }, "Actor", Precision.Single)));
        Assert.StartsWith(
            """
            Game.dll: .NET assembly

            Actor: 6×6×2 + 3 → 3 + 1
            layer                                                        reads                 input  output  parameters  multiply-adds  bytes
            ----------------------------------------------------------------------------------------------------------------------------------
            image (input)                                                                             6×6×2
            command (input)                                                                           3
            conv1 (Conv2D, kernel 3×5, Relu, strides 2×1, pads 1 0 2 2)  image                 6×6×2  3×6×4          124          2,160    496
            globalpool1 (GlobalAveragePool)                              conv1                 3×6×4  4
            concat1 (Concat, Tanh)                                       globalpool1, command  4 + 3  7
            policy (Dense, Softmax)                                      concat1               7      3               24             21     96
            value (Dense)                                                concat1               7      1                8              7     32
            ----------------------------------------------------------------------------------------------------------------------------------
            total                                                                                                    156          2,188    624
            Outputs, one after another in a row: policy 3, value 1.
            """.ReplaceLineEndings("\n"),
            _place.Succeed("inspect", _place.PathOf("Game.dll")), StringComparison.Ordinal);

        using JsonDocument json = JsonDocument.Parse(_place.Succeed("inspect", _place.PathOf("Game.dll"), "--json"));
        JsonElement network = Assert.Single(json.RootElement.GetProperty("networks").EnumerateArray());
        Assert.Equal(["image", "command"], network.GetProperty("inputs").EnumerateArray().Select(input => input.GetProperty("name").GetString()));
        Assert.Equal(["policy", "value"], network.GetProperty("outputs").EnumerateArray().Select(output => output.GetProperty("name").GetString()));
        Assert.Equal(75, Assert.Single(network.GetProperty("inputShape").EnumerateArray()).GetInt32());
        JsonElement read = network.GetProperty("layers")[2].GetProperty("reads")[1];
        Assert.Equal(("command", 3), (read.GetProperty("name").GetString(), read.GetProperty("shape")[0].GetInt32()));
    }

    /// <summary>The layers of a class and the tensors that it saved are one model again, with its branches.</summary>
    [Fact]
    public void LayersOfAClassAndItsTensorsAreAModel()
    {
        File.WriteAllBytes(_place.PathOf("Game.dll"), GeneratedAssembly.Compile(Text(Actor with { Tensors = [] }, "Actor")));
        string saved = _place.PathOf("actor.safetensors");
        using (FileStream stream = File.Create(saved))
            StoredParameters.WriteSafeTensors(Actor, Precision.Double, stream);
        ImportedModel joined = NamedTensors.WithLayersOf(_place.PathOf("Game.dll") + ":Actor", ModelFile.Read(saved), saved);
        Assert.Equal(["image", "command"], joined.Inputs.Select(input => input.Name));
        double[] inputs = [.. Enumerable.Range(0, 75).Select(i => Math.Cos(i))];
        double[] expected = new double[4], outputs = new double[4];
        new PlainNetwork<double>(Actor).Forward(inputs, expected);
        new PlainNetwork<double>(joined).Forward(inputs, outputs);
        Assert.Equal(expected, outputs);

        // The generated code of both is the same function.
        foreach (EmitProfile profile in new[] { EmitProfile.Simd, EmitProfile.Scalar, EmitProfile.Basic })
        {
            Declaration declaration = new("Actor", "", Precision.Double, null, false);
            string[] text = [DeclarationText.Bare(declaration, "actor"), .. GeneratedText.Of(joined, "actor", declaration, profile).Files.Select(file => file.Text)];
            CompiledNetwork.Forward<double>(text, "Actor", profile)(inputs, outputs);
            Assert.All(outputs.Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 1e-12));
        }
    }

    /// <summary>An error in a small output is no smaller for a large one beside it, and is named by its output.</summary>
    [Fact]
    public void EveryOutputIsJudgedByItself()
    {
        CheckedOutputs outputs = new(["policy", "value"], [2, 1]);
        double[] reference = [0.5, 0.25, 1000, 0.5, 0.25, 1000];
        double[] actual = [0.5, 0.25, 1000, 0.5, 0.2501, 1000.01];
        WorstError worst = VectorError.Of(actual, reference, outputs.Sizes);
        Assert.Equal(4, worst.Index);
        Assert.Equal(1e-4, worst.Value, 12);
        Assert.Equal("1 of 'policy'", outputs.Place(4));
        Assert.Equal("0 of 'value'", outputs.Place(5));
        Assert.Equal("1", new CheckedOutputs(["policy"], [2]).Place(3));
    }

    private static string Text(ImportedModel model, string name, Precision precision = Precision.Double) => DeclarationText.WithAttributes(
        model, NetworkSummary.Of(model), "hand.test", new Declaration(name, "", precision, null, false), model.Tensors.Count == 0 ? null : name + ".safetensors");

    private static INetwork<double> Create(byte[] assembly, string type, double[] parameters)
    {
        INetwork<double> network = (INetwork<double>)Activator.CreateInstance(new AssemblyLoadContext("declared").LoadFromStream(new MemoryStream(assembly)).GetType(type, throwOnError: true)!)!;
        network.SetParameters(parameters);
        return network;
    }
}
