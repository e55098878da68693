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

    [Fact]
    public void TensorsAloneArePackedToo()
    {
        string packed = _place.PathOf("w.additionalfile");
        string model = Fixture.PathOf("SafeTensors/saved-in-out.safetensors");
        string printed = _place.Succeed("pack", model, "-o", packed);
        Assert.Contains("[Weights(\"saved-in-out.safetensors\")]", printed, StringComparison.Ordinal);
        string text = _place.Read("w.additionalfile");
        Assert.StartsWith("GeneratedNetworks model 1\nsource \"saved-in-out.safetensors\"\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\r', text);
        Assert.Contains("is there already", _place.Fail(1, "pack", model, "-o", packed), StringComparison.Ordinal);
    }
}
