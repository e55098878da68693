using GeneratedNetworks.Import;
using GeneratedNetworks.Import.Onnx;
using GeneratedNetworks.Tool.Tests.Support;

namespace GeneratedNetworks.Tool.Tests;

public sealed class PackTests : IDisposable
{
    private readonly Workplace _place = new();

    public void Dispose() => _place.Dispose();

    /// <summary>Unity's case: the text is a file of the project, and names the analyzer that reads it.</summary>
    [Fact]
    public void AClassTakesThePackedText()
    {
        const string Name = "torch-softmax.GeneratedNetworks.Generator.additionalfile";
        string printed = _place.Succeed("pack", _place.Copy("Onnx/torch-softmax.onnx"), "-o", _place.PathOf("Assets", Name));
        Assert.Contains("[GeneratedNetwork(Model = \"torch-softmax.onnx\")]", printed, StringComparison.Ordinal);
        byte[] assembly = GeneratedAssembly.Compile(
            "using GeneratedNetworks; [GeneratedNetwork(Model = \"torch-softmax.onnx\")] public partial class Net { }",
            GeneratedAssembly.Text("Assets/" + Name, _place.Read("Assets", Name)));
        Fixture fixture = Fixture.Load("Onnx/torch-softmax.onnx");
        fixture.AssertOutputs(BareTarget.Forward(assembly, "Net", fixture.Inputs), 1e-5);
    }

    /// <summary>The text is written, since a class with layers of its own may use it, but nothing says that it will do.</summary>
    [Fact]
    public void WhatCannotBecomeANetworkIsTold()
    {
        const string problem = "tensor 'first.weight': expected finite numbers, found NaN at index 1 (GN0027)";
        string model = _place.PathOf("odd.onnx");
        LayerChain chain = new(new ModelSource("odd.onnx", [], null), [1]);
        chain.Dense("first", [1, float.NaN], null, 2);
        chain.Activate(null, Activation.Softmax);
        using (FileStream stream = File.Create(model))
            OnnxExport.Write(stream, chain.Build("a test"), Precision.Single);

        Outcome outcome = Workplace.Run("pack", model, "-o", _place.PathOf("odd.nnmodel"));
        Assert.Equal((1, $"gennet: odd.onnx: it cannot become a network: {problem}.\n"), (outcome.Code, outcome.Error));
        Assert.DoesNotContain("A class takes it", outcome.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(_place.PathOf("odd.nnmodel")));

        Assert.EndsWith($"\nIt cannot become a network: {problem}.\n", _place.Succeed("inspect", model), StringComparison.Ordinal);
        string line = _place.Fail(1, "import", model, "-o", _place.Root);
        Assert.Equal($"gennet: odd.onnx: it cannot become a network: {problem}.", line);
    }

    [Fact]
    public void TensorsAloneArePackedToo()
    {
        string packed = _place.PathOf("w.additionalfile");
        string model = Fixture.PathOf("SafeTensors/saved-in-out.safetensors");
        string printed = _place.Succeed("pack", model, "-o", packed);
        Assert.Contains("[Weights(\"saved-in-out.safetensors\")]", printed, StringComparison.Ordinal);
        string text = _place.Read("w.additionalfile");
        Assert.StartsWith("GeneratedNetworks model 3\nsource \"saved-in-out.safetensors\"\n", text, StringComparison.Ordinal);
        Assert.Contains("\nfunction \"dense1\" \"Tanh\"\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\r', text);
        Assert.Contains("is there already", _place.Fail(1, "pack", model, "-o", packed), StringComparison.Ordinal);
    }
}
