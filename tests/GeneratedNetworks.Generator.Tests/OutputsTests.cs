using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using GeneratedNetworks.Import;
using Microsoft.CodeAnalysis;
using Xunit;

namespace GeneratedNetworks.Generator.Tests;

/// <summary>Files of several outputs: the attribute says in which value the network ends, and takes from the file what that needs.</summary>
public sealed class OutputsTests
{
    private static readonly AdditionalText Heads = File(
        null,
        Named("policy", ModelTexts.Model([2], ModelTexts.Dense("trunk", 2, 4, Activation.Tanh), ModelTexts.Dense("choice", 4, 3, Activation.Softmax)), new ImportedValue("logits", 2, 4, true)),
        Named("value", ModelTexts.Model([2], ModelTexts.Dense("trunk", 2, 4, Activation.Tanh), ModelTexts.Dense("worth", 4, 1, Activation.Identity))));

    private static readonly AdditionalText Whole = File(
        Named("y", ModelTexts.Model([2], ModelTexts.Dense("trunk", 2, 4, Activation.Tanh), ModelTexts.Dense("last", 4, 1, Activation.Sigmoid)),
            new ImportedValue("before", 1, 2, true), new ImportedValue("hidden", 1, 2, false), new ImportedValue("z", 2, 4, true)));

    [Theory]
    [InlineData("policy", 3, "trunk,4,Tanh choice,3,Softmax")]
    [InlineData("value", 1, "trunk,4,Tanh worth,1,")]
    [InlineData("logits", 3, "trunk,4,Tanh choice,3,")]
    public void TheNetworkEndsInTheValueThatIsAskedFor(string output, int size, string layers) => AssertNetwork(Heads, output, size, layers);

    [Theory]
    [InlineData("y", 1, "trunk,4,Tanh last,1,Sigmoid")]
    [InlineData("z", 1, "trunk,4,Tanh last,1,")]
    [InlineData("hidden", 4, "trunk,4,Tanh")]
    [InlineData("before", 4, "trunk,4,")]
    public void AValueInsideIsOneToo(string output, int size, string layers) => AssertNetwork(Whole, output, size, layers);

    /// <summary>What gennet inspect shows is the layer's name, which may be another than the value's.</summary>
    [Theory]
    [InlineData("trunk", 4, "trunk,4,Tanh")]
    [InlineData("last", 1, "trunk,4,Tanh last,1,Sigmoid")]
    public void ALayerStandsForTheValueThatItGives(string layer, int size, string layers) => AssertNetwork(Whole, layer, size, layers);

    [Fact]
    public void ALayerOfSeveralValuesIsNone()
    {
        AdditionalText file = File(Named("y", ModelTexts.Model([2], ModelTexts.Dense("trunk", 2, 4, Activation.Tanh)), new ImportedValue("a", 1, 2, false), new ImportedValue("b", 1, 1, false)));
        AssertError(Run(file, "Outputs = \"trunk\""), "GN0028", "has no value 'trunk' that a network of it ends in: there are 'y', 'a', 'b'");
    }

    /// <summary>Parameters that two outputs share stand in the text once, and in both networks.</summary>
    [Fact]
    public void SharedTensorsReachEveryNetwork()
    {
        Assert.Contains("same 0 \"trunk.weight\"\nsame 1 \"trunk.bias\"\n", ((InMemoryText)Heads).Text, StringComparison.Ordinal);
        string policy = Run(Heads, "Outputs = \"policy\"").AssertClean().KernelsFile;
        string value = Run(Heads, "Outputs = \"value\"").AssertClean().KernelsFile;
        string[] first = [.. Enumerable.Range(1, 12).Select(i => (i / 64f).ToString("G9", System.Globalization.CultureInfo.InvariantCulture) + "f")];
        Assert.All(first, number => Assert.Contains(number, policy, StringComparison.Ordinal));
        Assert.All(first, number => Assert.Contains(number, value, StringComparison.Ordinal));
    }

    [Fact]
    public void WithoutAChoiceTheFileSaysWhatThereIs() => AssertError(Run(Heads, null), "GN0026", "net.onnx: it has the outputs 'policy' and 'value'.");

    [Fact]
    public void WhatTheFileDoesNotHaveIsAnErrorThatListsWhatItHas() => AssertError(
        Run(Heads, "Outputs = \"reward\""), "GN0028", "'net.onnx' has no value 'reward' that a network of it ends in: there are 'policy', 'value', 'logits'");

    [Fact]
    public void AFileThatCannotBeUsedSaysWhy() => AssertError(
        Run(ModelTexts.Refused("net.onnx", "net.onnx: node 'conv1' (Conv)"), "Outputs = \"y\""), "GN0026", "net.onnx: node 'conv1' (Conv)");

    [Fact]
    public void OutputsWithoutAModelHasNoEffect() => AssertError(
        GeneratorHarness.Run("using GeneratedNetworks; [GeneratedNetwork(2, Outputs = \"y\")] [Dense(1)] public partial class Net { }", null, null, Heads),
        "GN0028", "Outputs = \"y\" has no effect without Model");

    [Fact]
    public void WhatIsForInferenceOnlyIsNotTrained()
    {
        ImportedModel model = ModelTexts.Model([2], ModelTexts.Dense("only", 2, 1, Activation.Identity)) with { InferenceOnly = "layer 'norm' takes its statistics from each batch" };
        AdditionalText file = File(model);
        AssertError(
            Run(file, null, "[Training(Loss.MeanSquaredError)] "), "GN0028", "'net.onnx' cannot be trained here, because layer 'norm' takes its statistics from each batch: leave out [Training]");
        Run(file, null).AssertClean();
    }

    /// <summary>Real numbers are told from whole ones, and names of infinities are the same on every runtime.</summary>
    [Theory]
    [InlineData("value 3 0 \"v\"\n", "the value 'v' lies behind more layers or tensors than there are")]
    [InlineData("value 1 1 \"v\"\n", "the value 'v' lies behind more layers or tensors than there are")]
    [InlineData("value 0 0 \"v\"\n", "a value lies behind no layer")]
    [InlineData("value 1 0 crooked \"v\"\n", "'crooked' is no known word of a value")]
    [InlineData("value -1 0 \"v\"\n", "'-1' is no size")]
    [InlineData("same 0 \"w\"\n", "it refers to tensor 0, and there are 0 before it")]
    public void DamageIsNamed(string line, string message)
    {
        InMemoryText file = new("net.nnmodel", $"GeneratedNetworks model 3\nsource \"net.onnx\"\nformat \"a test\"\nnetwork \"y\"\ninput 2\nlayer Flatten\n{line}end 0\n");
        AssertError(Run(file, null), "GN0026", message);
        AssertError(Run(file, "Outputs = \"y\""), "GN0026", message);
    }

    private static void AssertNetwork(AdditionalText file, string output, int size, string layers)
    {
        GeneratorRun run = Run(file, $"Outputs = \"{output}\"").AssertClean();
        string text = run.SingleFile + run.KernelsFile;
        Assert.Contains($"public const int OutputSize = {size};", text, StringComparison.Ordinal);
        string[] found = [.. text.Split('\n').Single(line => line.Contains("const string Layers", StringComparison.Ordinal)).Split("layer ")[1..].Select(Short)];
        Assert.Equal(layers, string.Join(" ", found));

        // The form in which a class says its layers is that of the model text.
        static string Short(string line)
        {
            string Part(string name) => line.Contains(name + "=", StringComparison.Ordinal) ? line.Split(name + "=")[1].Split(' ', '\\')[0] : "";
            string activation = Part("activation");
            return $"{line.Split("Name=")[1].Trim('\\', '"').Split('\\', '"')[0]},{Part("units")},{(activation == "Identity" ? "" : activation)}".TrimEnd();
        }
    }

    private static GeneratorRun Run(AdditionalText file, string? outputs, string training = "") => GeneratorHarness.Run(
        $"using GeneratedNetworks; [GeneratedNetwork(Model = \"net.onnx\"{(outputs is null ? "" : ", " + outputs)})] {training}public partial class Net {{ }}", null, null, file);

    private static void AssertError(GeneratorRun run, string id, string message)
    {
        Assert.Null(run.Crash);
        Diagnostic error = Assert.Single<Diagnostic>(run.GeneratorDiagnostics);
        Assert.Equal(id, error.Id);
        Assert.Contains(message, error.GetMessage(), StringComparison.Ordinal);
    }

    private static ImportedModel Named(string output, ImportedModel model, params ImportedValue[] values) => model with { Output = output, Values = values };

    private static InMemoryText File(ImportedModel? usual, params ImportedModel[] others)
    {
        StringWriter writer = new();
        ModelFileException? problem = usual is null ? new("net.onnx", "it has the outputs 'policy' and 'value'.") : null;
        ModelText.Write(writer, "net.onnx", new ImportedChoice(usual, problem, others));
        return new InMemoryText("obj/networkmodels/net.onnx.nnmodel", writer.ToString());
    }
}
