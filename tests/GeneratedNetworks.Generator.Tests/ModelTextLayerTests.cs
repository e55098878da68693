using System;
using Microsoft.CodeAnalysis;
using Xunit;

namespace GeneratedNetworks.Generator.Tests;

/// <summary>Layers of a model text that this generator cannot know: a later converter wrote it, or a hand that slipped.</summary>
public sealed class ModelTextLayerTests
{
    [Theory]
    [InlineData("layer Conv2D units=4\n", "'Conv2D' is no known layer")]
    [InlineData("layer Dense units=4\nlayer Conv2D units=4\n", "'Conv2D' is no known layer")]
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
        InMemoryText file = new("net.nnmodel", $"GeneratedNetworks model 1\nsource \"net.onnx\"\nformat \"a test\"\ninput 2\n{layers}end 0\n");
        GeneratorRun run = GeneratorHarness.Run(
            "using GeneratedNetworks; [GeneratedNetwork(Model = \"net.onnx\")] public partial class Net { }", null, null, file);
        Assert.Null(run.Crash);
        Diagnostic error = Assert.Single<Diagnostic>(run.GeneratorDiagnostics);
        Assert.Equal("GN0026", error.Id);
        Assert.StartsWith("net.onnx: the text made of it is damaged", error.GetMessage(), StringComparison.Ordinal);
        Assert.Contains(message, error.GetMessage(), StringComparison.Ordinal);
        if (layers.StartsWith("layer D", StringComparison.Ordinal) && !layers.Contains("Conv2D", StringComparison.Ordinal))
            Assert.Contains("in line 5:", error.GetMessage(), StringComparison.Ordinal);
    }
}
