using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using GeneratedNetworks.Import;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace GeneratedNetworks.Generator.Tests;

/// <summary>Model files: found, checked, and written into the source.</summary>
public sealed class EmbeddingTests
{
    private const string Declared = "[GeneratedNetwork(2)] [Dense(4, Activation.Tanh)] [Dense(1, Activation.Sigmoid)] ";

    public static IEnumerable<TheoryDataRow<string, string>> Forms =>
        from form in new[] { (Target.Net80, ""), (Target.Net80, "static "), (Target.Nano, "static ") }
        select new TheoryDataRow<string, string>(form.Item1.Name, form.Item2);

    [Theory]
    [MemberData(nameof(Forms))]
    public void FewParametersAreWrittenAsNumbers(string target, string form)
    {
        string source = $"using GeneratedNetworks; {Declared}[Weights(\"xor.safetensors\")] public {form}partial class Net {{ }}";
        GeneratorRun run = GeneratorHarness.Run(source, Target.Named(target), null, ModelTexts.Xor).AssertClean();
        Snapshot.Match($"Embedded.{(form.Length > 0 ? "Static" : "Instance")}.{target}", run.KernelsFile);
    }

    [Theory]
    [InlineData("net8.0")]
    [InlineData("netstandard2.0")]
    public void ManyParametersAreWrittenAsAString(string target)
    {
        AdditionalText file = ModelTexts.Of("wide.onnx", ModelTexts.Model([64], ModelTexts.Dense("wide", 64, 70, Activation.Relu)));
        const string Source = "using GeneratedNetworks; [GeneratedNetwork(Model = \"wide.onnx\")] public partial class Net { }";
        GeneratorRun run = GeneratorHarness.Run(Source, Target.Named(target), null, file).AssertClean();
        Assert.Contains("internal static string Parameters =>\n", run.KernelsFile, StringComparison.Ordinal);
        Assert.Contains("// Parameters: from wide.onnx (ONNX, opset 13), as a string that holds their bits.\n", run.SingleFile, StringComparison.Ordinal);
        Assert.All(run.KernelsFile.Split('\n').Where(line => line.EndsWith("\" +", StringComparison.Ordinal)), line => Assert.InRange(line.Length, 64, 400));
    }

    /// <summary>Shape, layers and parameters from the file are those of the same declaration with the weights in a file of tensors.</summary>
    [Fact]
    public void ArchitectureFromAFileIsTheDeclarationItStandsFor()
    {
        string declared = Text("[GeneratedNetwork(2)] [Dense(4, Activation.Tanh, Name = \"hidden\")] [Dense(1, Activation.Sigmoid, Name = \"output\")]"
            + " [Weights(\"xor.onnx\")] [Training(Loss.BinaryCrossEntropy)] public partial class Net { }");
        string imported = Text("[GeneratedNetwork(Model = \"xor.onnx\")] [Training(Loss.BinaryCrossEntropy)] public partial class Net { }");
        Assert.Equal(Without(declared, "const string Layers"), Without(imported, "const string Layers"));

        static string Without(string text, string part) =>
            string.Join("\n", text.Split('\n').Where(line => !line.Contains(part, StringComparison.Ordinal)));
    }

    [Fact]
    public void FrozenLayersAreThoseFirstOnes()
    {
        string frozen = Text("[GeneratedNetwork(Model = \"xor.onnx\", FrozenLayers = 1)] [Training(Loss.BinaryCrossEntropy)] public partial class Net { }");
        Assert.DoesNotContain("// hidden: dW = ", frozen, StringComparison.Ordinal);
        Assert.Contains("// output: dW = ", frozen, StringComparison.Ordinal);
        string free = Text("[GeneratedNetwork(Model = \"xor.onnx\")] [Training(Loss.BinaryCrossEntropy)] public partial class Net { }");
        Assert.Contains("// hidden: dW = ", free, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("models/a/net.safetensors", "net.safetensors")]
    [InlineData("models/a/net.safetensors", "a/net.safetensors")]
    [InlineData("models/a/net.safetensors", "./models/a/net.safetensors")]
    [InlineData("models/a/net.safetensors", "models\\\\a\\\\net.safetensors")]
    public void AFileIsFoundByItsPathOrTheEndOfIt(string path, string name)
    {
        AdditionalText file = ModelTexts.Of(path, ModelTexts.Tensors(("dense1.weight", [2, 1]), ("dense1.bias", [1])), "x.nnmodel");
        AdditionalText other = ModelTexts.Of("models/b/other.safetensors", ModelTexts.Tensors(("w", [1])), "y.nnmodel");
        GeneratorHarness.Run($"using GeneratedNetworks; [GeneratedNetwork(2)] [Dense(1)] [Weights(\"{name}\")] public partial class Net {{ }}", null, null, file, other)
            .AssertClean();
    }

    /// <summary>Unity runs no build of ours: there the text is a file of the project, named for the analyzer that reads it.</summary>
    [Fact]
    public void UnitysNameForAnAdditionalFileIsAccepted()
    {
        AdditionalText file = ModelTexts.Of(
            "net.safetensors", ModelTexts.Tensors(("dense1.weight", [2, 1]), ("dense1.bias", [1])), "Assets/net.GeneratedNetworks.Generator.additionalfile");
        AdditionalText foreign = new InMemoryText("Assets/other.Some.Analyzer.additionalfile", "no model");
        GeneratorHarness.Run(
            "using GeneratedNetworks; [GeneratedNetwork(2)] [Dense(1)] [Weights(\"net.safetensors\")] public partial class Net { }",
            Target.NetStandard20, null, file, foreign).AssertClean();
    }

    [Fact]
    public void GN0025_ModelFileMissing() => AssertOnlyError(
        "GN0025", "[«GeneratedNetwork(Model = \"missing.onnx\")»] public partial class Net { }", "'missing.onnx' is none of the project's model files (there are none)", []);

    [Fact]
    public void GN0025_OtherwiseSpelled() => AssertOnlyError(
        "GN0025", "[«GeneratedNetwork(Model = \"XOR.onnx\")»] public partial class Net { }", "; did you mean 'xor.onnx'?", ModelTexts.Xor);

    [Fact]
    public void GN0026_ModelFileUnusable() => AssertOnlyError(
        "GN0026", "[«GeneratedNetwork(Model = \"broken.onnx\")»] public partial class Net { }", "broken.onnx: node 'conv1' (Conv)", ModelTexts.Xor);

    [Fact]
    public void GN0029_EmbeddedTooLarge() => AssertOnlyError(
        "GN0029", "[GeneratedNetwork(2000)] [Dense(2000)] [«Weights(\"xor.safetensors\")»] public partial class Net { }",
        "take 16008000 bytes, and at most 16000000", ModelTexts.Xor);

    [Theory]
    [InlineData("GN0025", "[«Weights(\"missing.onnx\")»]", "'missing.onnx' is none of the project's model files (there are 'broken.onnx', ")]
    [InlineData("GN0026", "[«Weights(\"broken.onnx\")»]", "broken.onnx: node 'conv1' (Conv)")]
    [InlineData("GN0027", "[«Weights(\"torch.safetensors\")»]",
        "torch.safetensors: tensor 'dense1.weight': expected [2, 4], found [4, 2]; Order = WeightOrder.OutIn would fit")]
    [InlineData("GN0009", "[«Weights(\"xor.safetensors\", Order = (WeightOrder)7)»]", "7 is not a value of WeightOrder")]
    public void AFileThatCannotBeTakenIsOneError(string id, string attribute, string message) =>
        AssertOnlyError(id, Declared + attribute + " public partial class Net { }", message, ModelTexts.Xor);

    [Theory]
    [InlineData("[«GeneratedNetwork(2, Model = \"xor.onnx\")»]", "the input shape comes from 'xor.onnx'")]
    [InlineData("[GeneratedNetwork(Model = \"xor.onnx\")] [«Dense(1)»]", "the layers come from 'xor.onnx', so [Dense] has no place")]
    [InlineData("[GeneratedNetwork(Model = \"xor.onnx\")] [Activation(Activation.Tanh)] [«Activation(Activation.Relu)»]", "the layers come from 'xor.onnx', so only one [Activation] may stand behind them")]
    [InlineData("[GeneratedNetwork(Model = \"xor.onnx\")] [Activation(Activation.Tanh)] [«Dense(2)»]", "the layers come from 'xor.onnx', so [Dense] has no place")]
    [InlineData("[«GeneratedNetwork(Model = \"xor.safetensors\")»]", "holds tensors and no layers")]
    [InlineData("[«GeneratedNetwork(Model = \"xor.onnx\", FrozenLayers = 3)»]", "at least 0 and at most 2")]
    [InlineData("[«GeneratedNetwork(2, FrozenLayers = 1)»] [Dense(1)]", "FrozenLayers = 1 has no effect without Model")]
    public void GN0028_ModelFileMisused(string attributes, string message) =>
        AssertOnlyError("GN0028", attributes + " public partial class Net { }", message, ModelTexts.Xor);

    /// <summary>A file that ends in logits is trained on with the output activation that the loss takes.</summary>
    [Theory]
    [InlineData("Loss.CrossEntropy", "Softmax", 3)]
    [InlineData("Loss.BinaryCrossEntropy", "Sigmoid", 3)]
    public void AnActivationStandsBehindTheFilesLastLayer(string loss, string activation, int units)
    {
        AdditionalText file = ModelTexts.Of("logits.onnx", ModelTexts.Model([2], ModelTexts.Dense("hidden", 2, 4, Activation.Tanh), ModelTexts.Dense("output", 4, units, Activation.Identity)) with { Output = "logits" });
        AssertOnlyError(
            "GN0011", $"[GeneratedNetwork(Model = \"logits.onnx\")] [«Training({loss})»] public partial class Net {{ }}",
            $"write [Activation(Activation.{activation})] below [GeneratedNetwork], which then stands behind the file's last layer", [file]);
        GeneratorRun run = GeneratorHarness.Run(
            $"using GeneratedNetworks; [GeneratedNetwork(Model = \"logits.onnx\")] [Activation(Activation.{activation})] [Training({loss})] public partial class Net {{ }}",
            null, null, file).AssertClean();
        GeneratorRun declared = GeneratorHarness.Run(
            $"using GeneratedNetworks; [GeneratedNetwork(2)] [Dense(4, Activation.Tanh, Name = \"hidden\")] [Dense({units}, Name = \"output\")] [Activation(Activation.{activation})] "
                + $"[Weights(\"logits.onnx\")] [Training({loss})] public partial class Net {{ }}",
            null, null, file).AssertClean();

        // The file's own name for its output is not that of what stands behind it.
        Assert.Equal(Comparable(declared), Comparable(run));

        // A checkpoint is of the declaration to the letter, defaults included.
        static string Comparable(GeneratorRun run) => Regex.Replace(run.KernelsFile.Replace(" UseBias=true", "", StringComparison.Ordinal), "0x[0-9A-F]{16}UL", "hash");
    }

    [Fact]
    public void GN0011_OfAFileWithAnotherActivation() => AssertOnlyError(
        "GN0011", "[GeneratedNetwork(Model = \"xor.onnx\")] [«Training(Loss.CrossEntropy)»] public partial class Net { }",
        "write Loss.BinaryCrossEntropy for that output, or let 'gennet import' write the layers of 'xor.onnx' as attributes, and Activation.Softmax on the last of them", ModelTexts.Xor);

    [Theory]
    [InlineData("F32", double.NaN, "expected finite numbers, found NaN at index 1")]
    [InlineData("F32", double.NegativeInfinity, "expected finite numbers, found -infinity at index 1")]
    [InlineData("F64", 1e300, "expected numbers within single precision, found one of magnitude 1E+300")]
    public void GN0027_NumbersThatAreNone(string type, double value, string message)
    {
        ImportedModel model = new("safetensors", null, [], [new("dense1.weight", [2, 1], type, [0.5, value]), new("dense1.bias", [1], type, [0])]);
        AssertOnlyError(
            "GN0027", "[GeneratedNetwork(2)] [Dense(1)] [«Weights(\"net.safetensors\")»] public partial class Net { }", message,
            [ModelTexts.Of("net.safetensors", model)]);
    }

    [Fact]
    public void GN0027_TypeAndNames()
    {
        ImportedModel integers = new("safetensors", null, [], [new("dense1.weight", [2, 1], "I64", null), new("dense1.bias", [1], "F32", [0])]);
        const string Net = "[GeneratedNetwork(2)] [Dense(1)] [«Weights(\"net.safetensors\")»] public partial class Net { }";
        AssertOnlyError("GN0027", Net, "tensor 'dense1.weight': expected [2, 1] of 32 or 64 bits, floating-point, found I64",
            [ModelTexts.Of("net.safetensors", integers)]);
        AssertOnlyError("GN0027", Net, "tensor 'dense1.bias': expected a tensor of that name, [1], found 'dense1.weight'; layers are named by Name, or Names says",
            [ModelTexts.Of("net.safetensors", ModelTexts.Tensors(("dense1.weight", [2, 1])))]);
        AssertOnlyError("GN0027", Net.Replace(".safetensors", ".onnx", StringComparison.Ordinal), "net.onnx: its tensors: expected 2 tensors in the order of the layers",
            [ModelTexts.Of("net.onnx", ModelTexts.Model([2], ModelTexts.Dense("a", 2, 1, Activation.Tanh), ModelTexts.Dense("b", 1, 1, Activation.Tanh)))]);
    }

    /// <summary>Both sizes, and the attributes that would fit the file.</summary>
    [Theory]
    [InlineData("[GeneratedNetwork(2)] [Dense(3, Activation.Relu)] [Dense(1)]", "", "'dense1' is [2 inputs, 3 units] here and [2, 4] in the file: write [Dense(4, Activation.Relu)], or,")]
    [InlineData("[GeneratedNetwork(1)] [Dense(4)] [Dense(1)]", "", "'dense1' is [1 input, 4 units] here and [2, 4] in the file: write [GeneratedNetwork(2)], or,")]
    [InlineData("[GeneratedNetwork(1)] [Dense(3)] [Dense(1)]", "", "'dense1' is [1 input, 3 units] here and [2, 4] in the file: write [GeneratedNetwork(2)] and [Dense(4)], or,")]
    [InlineData("[GeneratedNetwork(2)] [Dense(4)] [Dense(2)]", "", "'dense2' is [4 inputs, 2 units] here and [4, 1] in the file: write [Dense(1)], or,")]
    [InlineData("[GeneratedNetwork(3, 1)] [Dense(4)] [Dense(1)]", "", "'dense1' is [3 inputs, 4 units] here and [2, 4] in the file: write layers above it that give 2 values, or,")]
    [InlineData("[GeneratedNetwork(4)] [Dense(5)] [Dense(1)]", ", Order = WeightOrder.OutIn", "'dense1' is [5 units, 4 inputs] here and [2, 4] in the file: write [Dense(2)], or,")]
    [InlineData("[GeneratedNetwork(2)] [Normalize(Name = \"dense2\")] [Dense(4)]", ", Names = \"dense1=dense1, dense2=n\"", "'dense2.mean' is [2] here and [3] in the file: give the layer the file's size, or,")]
    public void GN0027_OtherSizes(string layers, string options, string message)
    {
        AdditionalText file = ModelTexts.Of("net.safetensors", ModelTexts.Tensors(
            ("dense1.weight", [2, 4]), ("dense1.bias", [4]), ("dense2.weight", [4, 1]), ("dense2.bias", [1]), ("n.mean", [3]), ("n.deviation", [3])));
        AssertOnlyError(
            "GN0027", $"{layers} [«Weights(\"net.safetensors\"{options}, AllowOtherTensors = true)»] public partial class Net {{ }}",
            message + " if the change is meant, delete the file and train again", [file]);
    }

    [Fact]
    public void GN0027_ANormalizationThatTheNetworkLacks()
    {
        const string Net = "[GeneratedNetwork(2)] [Dense(1)] [«Weights(\"net.safetensors\")»] public partial class Net { }";
        AssertOnlyError("GN0027", Net,
            "tensor 'normalize1.mean': the file's network began with [Normalize], 'normalize1': write [Normalize] above the first layer, or AllowOtherTensors = true, which",
            [ModelTexts.Of("net.safetensors", ModelTexts.Tensors(("normalize1.mean", [2]), ("normalize1.deviation", [2]), ("dense1.weight", [2, 1]), ("dense1.bias", [1])))]);
        AssertOnlyError("GN0027", Net,
            "tensor 'normalize1.mean': the file's network had [Normalize], 'normalize1': write [Normalize] where it was, or AllowOtherTensors = true, which",
            [ModelTexts.Of("net.safetensors", ModelTexts.Tensors(("dense1.weight", [2, 1]), ("dense1.bias", [1]), ("normalize1.mean", [1]), ("normalize1.deviation", [1])))]);
    }

    /// <summary>A forgotten bias or layer would be another network.</summary>
    [Fact]
    public void GN0027_TensorsThatTheNetworkLacks()
    {
        AdditionalText file = ModelTexts.Of(
            "net.safetensors", ModelTexts.Tensors(("dense1.weight", [2, 1]), ("dense1.bias", [1]), ("dense2.weight", [1, 1])));
        AssertOnlyError("GN0027", "[GeneratedNetwork(2)] [Dense(1)] [«Weights(\"net.safetensors\")»] public partial class Net { }",
            "tensor 'dense2.weight': expected a parameter for it, or AllowOtherTensors = true, found only 'dense1.weight', 'dense1.bias'", [file]);
        GeneratorHarness.Run(
            GeneratorHarness.Usings + "[GeneratedNetwork(2)] [Dense(1)] [Weights(\"net.safetensors\", AllowOtherTensors = true)] public partial class Net { }",
            null, null, file).AssertClean();
    }

    /// <summary>PyTorch's names are no layer names; a list says which belongs to which.</summary>
    [Fact]
    public void NamesOfTheFileAreMapped()
    {
        AdditionalText file = ModelTexts.Of("torch.safetensors", ModelTexts.Tensors(("0.weight", [3, 2]), ("0.bias", [3]), ("m.fc2.weight", [1, 3])));
        const string Net = "[GeneratedNetwork(2)] [Dense(3)] [Dense(1, UseBias = false)] ";
        GeneratorRun run = GeneratorHarness.Run(
            GeneratorHarness.Usings + Net
                + "[Weights(\"torch.safetensors\", Order = WeightOrder.OutIn, Names = \"dense1=0, dense2=m.fc2\")] public partial class Net { }",
            null, null, file).AssertClean();
        Assert.Contains("    // dense1.weight [2, 3], a row for each input\n                0.015625f, 0.046875f, 0.078125f,\n", run.KernelsFile, StringComparison.Ordinal);
        AssertOnlyError("GN0028", Net + "[«Weights(\"torch.safetensors\", Names = \"dense7=0\")»] public partial class Net { }",
            "Names speaks of 'dense7', and no layer with parameters is called so", [file]);
        AssertOnlyError("GN0028", Net + "[«Weights(\"torch.safetensors\", Names = \"dense1\")»] public partial class Net { }",
            "'dense1' does not fit", [file]);
    }

    /// <summary>Square weights would be read transposed without a word otherwise.</summary>
    [Fact]
    public void AFileThatStatesItsOrderIsReadInIt()
    {
        ImportedModel model = ModelTexts.Tensors(("dense1.weight", [2, 2]), ("dense1.bias", [2])) with { WeightOrder = WeightOrder.OutIn };
        AdditionalText file = ModelTexts.Of("net.safetensors", model);
        string text = GeneratorHarness.Run(
            GeneratorHarness.Usings + "[GeneratedNetwork(2)] [Dense(2)] [Weights(\"net.safetensors\")] public partial class Net { }", null, null, file)
            .AssertClean().KernelsFile;
        Assert.Contains("                0.015625f, 0.046875f,\n                0.03125f, 0.0625f,\n", text, StringComparison.Ordinal);
        AssertOnlyError(
            "GN0028", "[GeneratedNetwork(2)] [Dense(2)] [«Weights(\"net.safetensors\", Order = WeightOrder.InOut)»] public partial class Net { }",
            "'net.safetensors' says that its weights are [out, in], and Order reads them as [in, out]: remove Order", [file]);
        AssertOnlyError(
            "GN0028", Declared + "[«Weights(\"xor.onnx\", Order = WeightOrder.OutIn)»] public partial class Net { }",
            "'xor.onnx' has layers and says itself", ModelTexts.Xor);
    }

    [Fact]
    public async Task GN0105_OtherFunctions()
    {
        const string Relu = "using GeneratedNetworks; [GeneratedNetwork(2)] [Dense(4, Activation.Relu)] [Dense(1, Activation.Sigmoid)] [Weights(\"xor.onnx\")] partial class Net { }";
        Diagnostic warning = Assert.Single(
            await GeneratorHarness.Run(Relu, null, null, ModelTexts.Xor).AnalyzeAsync(), diagnostic => diagnostic.Id == "GN0105");
        Assert.Contains("'xor.onnx' was trained as Dense → Tanh → Dense → Sigmoid, and the layers declared here are Dense → Relu → Dense → Sigmoid",
            warning.GetMessage(), StringComparison.Ordinal);
        Assert.EndsWith("Declare the file's functions, or take the layers from it: [GeneratedNetwork(Model = \"xor.onnx\")] without layers and [Weights].",
            warning.GetMessage(), StringComparison.Ordinal);
        GeneratorRun taken = GeneratorHarness.Run(
            "using GeneratedNetworks; [GeneratedNetwork(Model = \"xor.onnx\")] partial class Net { }", null, null, ModelTexts.Xor).AssertClean();
        Assert.DoesNotContain(await taken.AnalyzeAsync(), diagnostic => diagnostic.Id == "GN0105");
        GeneratorRun same = GeneratorHarness.Run(Relu.Replace("Relu", "Tanh", StringComparison.Ordinal), null, null, ModelTexts.Xor);
        Assert.DoesNotContain(await same.AnalyzeAsync(), diagnostic => diagnostic.Id == "GN0105");
    }

    /// <summary>A file of tensors says at most what stood behind its layers, by its own names for them.</summary>
    [Theory]
    [InlineData("[Dense(4, Activation.Relu)] [Dense(1, Activation.Sigmoid)]", "", "'dense1' with Tanh", "'dense1' with Relu")]
    [InlineData("[Dense(4)] [Dense(1)]", "", "'dense1' with Tanh, 'dense2' with Sigmoid", "'dense1' with Identity, 'dense2' with Identity")]
    [InlineData("[Dense(4, Activation.Tanh)] [Clip(-1, 1)] [Dense(1, Activation.Sigmoid)]", "", "'dense1' with Tanh", "'dense1' with Tanh Clip")]
    [InlineData("[Dense(4, Activation.Relu, Name = \"a\")] [Dense(1, Activation.Sigmoid)]", ", Names = \"a=dense1\"", "'dense1' with Tanh", "'dense1' with Relu")]
    [InlineData("[Dense(4, Activation.Relu)] [Dense(1, Activation.Sigmoid)]", "", null, null)]
    [InlineData("[Dense(4, Activation.Tanh)] [Dense(1, Activation.Sigmoid)]", "", "", null)]
    [InlineData("[Dense(4)] [Activation(Activation.Tanh)] [Dropout(0.5)] [Dense(1, Activation.Sigmoid)]", "", "", null)]
    public async Task GN0105_OfTensors(string layers, string options, string? trained, string? declared)
    {
        ImportedModel model = ModelTexts.Tensors(("dense1.weight", [2, 4]), ("dense1.bias", [4]), ("dense2.weight", [4, 1]), ("dense2.bias", [1]));
        if (trained is not null)
            model = model with { Functions = [new("dense1", "Tanh"), new("dense2", "Sigmoid")] };
        Marked marked = Marked.Parse(
            GeneratorHarness.Usings + $"[GeneratedNetwork(2)] {layers} [«Weights(\"net.safetensors\"{options})»] public partial class Net {{ }}");
        IEnumerable<Diagnostic> notes = await GeneratorHarness.Run(marked.Text, null, null, ModelTexts.Of("net.safetensors", model)).AssertClean().AnalyzeAsync();
        Diagnostic[] warnings = [.. notes.Where(note => note.Severity == DiagnosticSeverity.Warning)];
        if (declared is null)
        {
            Assert.Empty(warnings);
            return;
        }

        Assert.Equal("GN0105", Assert.Single(warnings).Id);
        Assert.StartsWith($"'net.safetensors' was trained as {trained}, and the layers declared here are {declared}: ", warnings[0].GetMessage(), StringComparison.Ordinal);
        marked.AssertAt(warnings[0], "File0.cs");
    }

    /// <summary>Zeros around a window are no layer with parameters, and what is behind them is behind the layer.</summary>
    [Theory]
    [InlineData("8, 8, 1", "[Conv2D(4, 3, Activation.{0}, Padding = Padding.Same)]", "conv1", "3,3,1,4", 4)]
    [InlineData("8, 8, 1", "[Conv2D(4, 3, Activation.{0}, Pads = new[] {{ 1, 1, 1, 1 }})]", "conv1", "3,3,1,4", 4)]
    [InlineData("8, 2", "[Conv1D(4, 3, Activation.{0}, Padding = Padding.Causal)]", "conv1", "3,2,4", 4)]
    [InlineData("8, 8, 2", "[DepthwiseConv2D(3, Activation.{0}, Padding = Padding.Same)]", "depthwise1", "3,3,2,1", 2)]
    [InlineData("8, 8, 2", "[Conv2DTranspose(4, 3, Activation.{0}, Padding = Padding.Same)]", "transposed1", "3,3,4,2", 4)]
    public async Task GN0105_OfPaddedWindows(string input, string layer, string name, string weight, int channels)
    {
        int[] shape = [.. weight.Split(',').Select(extent => int.Parse(extent, CultureInfo.InvariantCulture))];
        ImportedModel model = ModelTexts.Tensors((name + ".weight", shape), (name + ".bias", [channels])) with { Functions = [new(name, "Relu")] };
        Assert.Empty(await Notes("Relu"));
        Assert.Equal(
            $"'net.safetensors' was trained as '{name}' with Relu, and the layers declared here are '{name}' with Tanh: the same parameters give other outputs. "
                + $"Write Activation.Relu on '{name}', or train again with Tanh and replace the file.",
            Assert.Single(await Notes("Tanh")).GetMessage());

        async Task<Diagnostic[]> Notes(string function)
        {
            string source = GeneratorHarness.Usings + $"[GeneratedNetwork({input})] {string.Format(CultureInfo.InvariantCulture, layer, function)} [Weights(\"net.safetensors\")] public partial class Net {{ }}";
            IEnumerable<Diagnostic> notes = await GeneratorHarness.Run(source, null, null, ModelTexts.Of("net.safetensors", model)).AssertClean().AnalyzeAsync();
            return [.. notes.Where(note => note.Severity == DiagnosticSeverity.Warning)];
        }
    }

    /// <summary>What to write is said where an argument of each layer says it all, by the declared layers' names.</summary>
    [Theory]
    [InlineData("[Dense(4, Activation.Relu)] [Dense(1, Activation.Sigmoid)]", "", "Write Activation.Tanh on 'dense1', or train again with Relu and replace the file.")]
    [InlineData("[Dense(4)] [Dense(1, Activation.Sigmoid)]", "", "Write Activation.Tanh on 'dense1', or train again with the layers declared here and replace the file.")]
    [InlineData(
        "[Dense(4)] [Dense(1, Activation.Tanh)]", "",
        "Write Activation.Tanh on 'dense1' and Activation.Sigmoid on 'dense2', or train again with the layers declared here and replace the file.")]
    [InlineData(
        "[Dense(4, Activation.Relu, Name = \"a\")] [Dense(1, Activation.Sigmoid)]", ", Names = \"a=dense1\"",
        "Write Activation.Tanh on 'a', or train again with Relu and replace the file.")]
    [InlineData(
        "[Dense(4)] [Activation(Activation.Relu)] [Dense(1, Activation.Sigmoid)]", "",
        "Declare the functions that it was trained with, or train again with Relu and replace the file.")]
    [InlineData(
        "[Dense(4, Activation.Tanh)] [Clip(-1, 1)] [Dense(1, Activation.Sigmoid)]", "",
        "Declare the functions that it was trained with, or train again with the layers declared here and replace the file.")]
    public async Task GN0105_SaysWhatToWrite(string layers, string options, string advice)
    {
        ImportedModel model = ModelTexts.Tensors(("dense1.weight", [2, 4]), ("dense1.bias", [4]), ("dense2.weight", [4, 1]), ("dense2.bias", [1])) with
        {
            Functions = [new("dense1", "Tanh"), new("dense2", "Sigmoid")],
        };
        string source = GeneratorHarness.Usings + $"[GeneratedNetwork(2)] {layers} [Weights(\"net.safetensors\"{options})] public partial class Net {{ }}";
        IEnumerable<Diagnostic> notes = await GeneratorHarness.Run(source, null, null, ModelTexts.Of("net.safetensors", model)).AssertClean().AnalyzeAsync();
        Assert.EndsWith($": the same parameters give other outputs. {advice}", Assert.Single(notes, note => note.Id == "GN0105").GetMessage(), StringComparison.Ordinal);
    }

    [Fact]
    public void TwoFilesOfOneNameAreTold()
    {
        ImportedModel model = ModelTexts.Tensors(("dense1.weight", [2, 1]), ("dense1.bias", [1]));
        AssertOnlyError(
            "GN0028", "[GeneratedNetwork(2)] [Dense(1)] [«Weights(\"net.safetensors\")»] public partial class Net { }",
            "'net.safetensors' may be any of 'a/net.safetensors', 'b/net.safetensors': write more of the path",
            [ModelTexts.Of("b/net.safetensors", model), ModelTexts.Of("a/net.safetensors", model)]);
    }

    /// <summary>Cut anywhere or with any line changed, a text gives an error of ours or is read; it never ends in a crash.</summary>
    [Fact]
    public void ADamagedTextIsAnError()
    {
        string text = ((InMemoryText)ModelTexts.Xor[0]).Text;
        Random random = new(1);
        int refused = 0;
        for (int i = 0; i < 200; i++)
        {
            int at = random.Next(GeneratedNetworksSignature.Length, text.Length);
            string damaged = i % 2 == 0 ? text[..at] : text[..at] + (char)random.Next(1, 128) + text[(at + 1)..];
            GeneratorRun run = GeneratorHarness.Run(
                "using GeneratedNetworks; [GeneratedNetwork(Model = \"xor.onnx\")] public partial class Net { }", null, null,
                new InMemoryText("obj/networkmodels/xor.onnx.nnmodel", damaged));
            Assert.True(run.Crash is null, damaged + "\n" + run.Crash);
            Assert.All(run.GeneratorDiagnostics, diagnostic => Assert.StartsWith("GN", diagnostic.Id, StringComparison.Ordinal));
            Assert.DoesNotContain(run.CompilerErrors, run.IsGenerated);
            refused += run.GeneratorDiagnostics.Length > 0 ? 1 : 0;
        }

        Assert.InRange(refused, 100, 200);
    }

    [Fact]
    public void AnotherFileRunsTheNetworkAgainAndAnUnrelatedEditDoesNot()
    {
        string source = $"using GeneratedNetworks; {Declared}[Weights(\"xor.safetensors\")] public partial class Net {{ }}";
        CSharpCompilation compilation = GeneratorHarness.Compile([source, "class Unrelated { }"], Target.Net100);
        AdditionalText file = ModelTexts.Xor[1];
        GeneratorDriver driver = GeneratorHarness.CreateDriver(compilation, ModelTexts.Xor).RunGenerators(compilation, TestContext.Current.CancellationToken);

        SyntaxTree unrelated = compilation.SyntaxTrees.ElementAt(1);
        SyntaxTree edited = CSharpSyntaxTree.ParseText(
            "class Unrelated { int x; }", (CSharpParseOptions)unrelated.Options, unrelated.FilePath, cancellationToken: TestContext.Current.CancellationToken);
        compilation = compilation.ReplaceSyntaxTree(unrelated, edited);
        driver = driver.RunGenerators(compilation, TestContext.Current.CancellationToken);
        Assert.Equal(["Cached", "Cached"], Reasons(driver));

        string same = ((InMemoryText)file).Text;
        driver = driver.ReplaceAdditionalText(file, new InMemoryText(file.Path, same)).RunGenerators(compilation, TestContext.Current.CancellationToken);
        Assert.Equal(["Cached", "Cached"], Reasons(driver));

        AdditionalText current = new InMemoryText(file.Path, same.Replace("AAC", "AAD", StringComparison.Ordinal));
        Assert.NotEqual(same, ((InMemoryText)current).Text);
        driver = GeneratorHarness.CreateDriver(compilation, file).RunGenerators(compilation, TestContext.Current.CancellationToken)
            .ReplaceAdditionalText(file, current).RunGenerators(compilation, TestContext.Current.CancellationToken);
        Assert.Equal(["Modified", "Modified"], Reasons(driver));

        static string[] Reasons(GeneratorDriver driver) =>
        [
            .. new[] { TrackingNames.Model, TrackingNames.Plan }.Select(step =>
                driver.GetRunResult().Results.Single().TrackedSteps[step].Single().Outputs.Single().Reason.ToString()),
        ];
    }

    /// <summary>Notes of the planner reach a network whose layers come from a file.</summary>
    [Fact]
    public async Task TheAnalyzerReadsTheFileToo()
    {
        AdditionalText file = ModelTexts.Of("net.onnx", ModelTexts.Model([2], ModelTexts.Dense("only", 2, 1, Activation.Softmax)));
        GeneratorRun run = GeneratorHarness.Run(
            "using GeneratedNetworks; [GeneratedNetwork(Model = \"net.onnx\")] public partial class Net { }", null, null, file);
        Assert.Contains(await run.AnalyzeAsync(), diagnostic => diagnostic.Id == "GN0104");
    }

    private const string GeneratedNetworksSignature = ModelText.Signature;

    private static string Text(string declaration) =>
        GeneratorHarness.Run(GeneratorHarness.Usings + declaration, null, null, ModelTexts.Xor).AssertClean() is var run ? run.SingleFile + run.KernelsFile : string.Empty;

    private static void AssertOnlyError(string id, string source, string message, IEnumerable<AdditionalText> files)
    {
        Marked marked = Marked.Parse(GeneratorHarness.Usings + source);
        GeneratorRun run = GeneratorHarness.Run([marked.Text, UseSites.Of()], null, null, files);
        Assert.Null(run.Crash);
        Diagnostic error = Assert.Single(run.GeneratorDiagnostics);
        Assert.Equal(id, error.Id);
        Assert.Contains(message, error.GetMessage(), StringComparison.Ordinal);
        marked.AssertAt(error, "File0.cs");
        Assert.Empty(run.CompilerErrors);
    }
}
