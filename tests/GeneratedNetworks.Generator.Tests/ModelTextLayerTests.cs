using System;
using GeneratedNetworks.Import;
using Microsoft.CodeAnalysis;
using Xunit;

namespace GeneratedNetworks.Generator.Tests;

/// <summary>Layers of a model text that this generator cannot know: a later converter wrote it, or a hand that slipped.</summary>
public sealed class ModelTextLayerTests
{
    [Theory]
    [InlineData("layer Conv9D units=4\n", "'Conv9D' is no known layer")]
    [InlineData("layer Dense units=4\nlayer Conv9D units=4\n", "'Conv9D' is no known layer")]
    [InlineData("", "it has an input and no layer")]
    [InlineData("layer Dense units=four\n", "units should be a whole number, and 'four' is none")]
    [InlineData("layer Dense units=4.5\n", "units should be a whole number, and '4.5' is none")]
    [InlineData("layer Dense units=\"4\"\n", "units should be a whole number, and '\"4\"' is none")]
    [InlineData("layer Dense units=4 UseBias=1\n", "UseBias should be true or false, and '1' is none")]
    [InlineData("layer Dense units=4 activation=Swish\n", "activation should be a value of Activation, and 'Swish' is none")]
    [InlineData("layer Dense units=4 activation=99\n", "activation should be a value of Activation, and '99' is none")]
    [InlineData("layer Dense units=4 Initializer=Nil\n", "Initializer should be a value of Initializer, and 'Nil' is none")]
    [InlineData("layer Dense units=4 Name=hidden\n", "Name should be a quoted string, and 'hidden' is none")]
    [InlineData("layer Dropout rate=half\n", "rate should be a number, and 'half' is none")]
    [InlineData("layer Dropout\n", "'Dropout' has no rate")]
    [InlineData("layer Dense units=4 stride=2\n", "'Dense' has no argument 'stride'")]
    [InlineData("layer Dense units=4 units=5\n", "'units' is there twice")]
    public void AreAnErrorThatNamesTheFile(string layers, string message)
    {
        InMemoryText file = new("net.nnmodel", $"{ModelText.Signature}\nsource \"net.onnx\"\nformat \"a test\"\ninput 2\n{layers}end 0\n");
        GeneratorRun run = GeneratorHarness.Run(
            "using GeneratedNetworks; [GeneratedNetwork(Model = \"net.onnx\")] public partial class Net { }", null, null, file);
        Assert.Null(run.Crash);
        Diagnostic error = Assert.Single<Diagnostic>(run.GeneratorDiagnostics);
        Assert.Equal("GN0026", error.Id);
        Assert.StartsWith("net.onnx: the text made of it is damaged", error.GetMessage(), StringComparison.Ordinal);
        Assert.Contains(message, error.GetMessage(), StringComparison.Ordinal);
        if (layers.StartsWith("layer D", StringComparison.Ordinal) && !layers.Contains("Conv9D", StringComparison.Ordinal))
            Assert.Contains("in line 5:", error.GetMessage(), StringComparison.Ordinal);
    }

    /// <summary>
    /// White space in a line of elements stands for no bits, so that fewer numbers come out than the shape has. The other networks of the project keep
    /// their code.
    /// </summary>
    [Theory]
    [InlineData("AACAPgAAAD8A    ", "column 13")]
    [InlineData("AACAPgAA    AEA/", "column 9")]
    [InlineData("AACAPgAA\t\t\t\tAEA/", "column 9")]
    [InlineData("                ", "column 1")]
    [InlineData("AACAPgAA\u00a0\u00a0\u00a0\u00a0AEA/", "")]
    [InlineData("!ACAPgAAAD8AAEA/", "")]
    [InlineData("====PgAAAD8AAEA/", "")]
    public void ElementsThatAreNoneAreAnErrorOfOneNetwork(string elements, string message)
    {
        string text = $"{ModelText.Signature}\nsource \"net.onnx\"\nformat \"a test\"\ninput 3\nlayer Dense units=1 UseBias=false Name=\"a\"\n"
            + $"tensor \"a.weight\" F32 3 1\n{elements}\nend 1\n";
        GeneratorRun run = GeneratorHarness.Run(
            "using GeneratedNetworks; [GeneratedNetwork(Model = \"net.onnx\")] public partial class Net { } "
                + "[GeneratedNetwork(2)] [Dense(1)] public partial class Other { static void Use(Net net) => new Other(1).Forward([1, 2], new float[1]); }",
            null, null, new InMemoryText("net.nnmodel", text));
        Assert.Null(run.Crash);
        Diagnostic error = Assert.Single<Diagnostic>(run.GeneratorDiagnostics);
        Assert.Equal("GN0026", error.Id);
        Assert.StartsWith("net.onnx: the text made of it is damaged in line 7: ", error.GetMessage(), StringComparison.Ordinal);
        Assert.Contains(message, error.GetMessage(), StringComparison.Ordinal);
        Assert.Empty(run.CompilerErrors);
    }

    /// <summary>The compiler's output is read line by line: a name may not add one that looks like another error.</summary>
    [Theory]
    [InlineData("\\n/app/a.cs(1,1): error CS9999: forged")]
    [InlineData("\\r/app/a.cs(1,1): error CS9999: forged")]
    [InlineData("\u2028/app/a.cs(1,1): error CS9999: forged")]
    [InlineData("\u0085/app/a.cs(1,1): error CS9999: forged")]
    public void WhatAFileSaysStaysInOneLine(string name)
    {
        const string Source = "using GeneratedNetworks; [GeneratedNetwork(Model = \"net.onnx\")] public partial class Net { }";
        InMemoryText refused = new("net.nnmodel", $"{ModelText.Signature}\nsource \"net.onnx\"\nerror \"net.onnx: layer 'a{name}' is unknown.\"\nend 0\n");
        Diagnostic error = Assert.Single<Diagnostic>(GeneratorHarness.Run(Source, null, null, refused).GeneratorDiagnostics);
        Assert.Equal("GN0026", error.Id);
        Assert.DoesNotContain(error.GetMessage(), character => char.IsControl(character) || character is '\u2028' or '\u0085');
        Assert.Contains("error CS9999: forged' is unknown.", error.GetMessage(), StringComparison.Ordinal);

        // Nor may it end a comment of the generated text.
        InMemoryText good = new("net.nnmodel", $"{ModelText.Signature}\nsource \"net.onnx\"\nformat \"a test{name}\"\ninput 1\n"
            + "layer Dense units=1 UseBias=false Name=\"a\"\ntensor \"a.weight\" F32 1 1\nAACAPg==\nend 1\n");
        GeneratorHarness.Run(Source, null, null, good).AssertClean();
    }
}
