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
    public void AreAnErrorThatNamesTheFile(string layers, string message)
    {
        InMemoryText file = new("net.nnmodel", $"GeneratedNetworks model 2\nsource \"net.onnx\"\nformat \"a test\"\ninput 2\n{layers}end 0\n");
        GeneratorRun run = GeneratorHarness.Run(
            "using GeneratedNetworks; [GeneratedNetwork(Model = \"net.onnx\")] public partial class Net { }", null, null, file);
        Assert.Null(run.Crash);
        Diagnostic error = Assert.Single<Diagnostic>(run.GeneratorDiagnostics);
        Assert.Equal("GN0026", error.Id);
        Assert.StartsWith("net.onnx: the text made of it is damaged", error.GetMessage(), StringComparison.Ordinal);
        Assert.Contains(message, error.GetMessage(), StringComparison.Ordinal);
    }
}
