using GeneratedNetworks.Import;
using GeneratedNetworks.Tool.Tests.Support;

namespace GeneratedNetworks.Tool.Tests;

public sealed class ExportTests : IDisposable
{
    private readonly Workplace _place = new();

    public void Dispose() => _place.Dispose();

    [Theory]
    [InlineData("single", "F32")]
    [InlineData("double", "F64")]
    public void ParametersAreWrittenInCanonicalOrder(string precision, string type)
    {
        string model = Fixture.PathOf("Onnx/torch-batch-norm.onnx");
        _place.Succeed("export", model, "-o", _place.PathOf("out.safetensors"), "--precision", precision);
        ImportedModel expected = ModelFile.Read(model);
        ImportedModel actual = ModelFile.Read(_place.PathOf("out.safetensors"));
        Assert.Equal("safetensors, weights [in, out]", actual.Format);
        Assert.Equal(expected.Tensors.Select(tensor => tensor.Name), actual.Tensors.Select(tensor => tensor.Name));
        Assert.All(actual.Tensors, tensor => Assert.Equal(type, tensor.ElementType));
        string[] weights = [.. expected.Tensors.Select(tensor => tensor.Name).Where(name => name.EndsWith(".weight", StringComparison.Ordinal))];
        Assert.Equal(
            expected.Layers.Where(layer => layer.Attribute == "Dense").Select(layer => layer.Get("activation", Activation.Identity).ToString()),
            weights.Select(weight => actual.Functions.Single(function => function.Key + ".weight" == weight).Value));
        foreach ((ImportedTensor wanted, ImportedTensor found) in expected.Tensors.Zip(actual.Tensors))
        {
            Assert.Equal(wanted.Shape, found.Shape);
            Assert.Equal(precision == "double" ? wanted.Values! : wanted.Values!.Select(value => (double)(float)value), found.Values!);
        }
    }

    /// <summary>What was exported is read again, and computes what the model did.</summary>
    [Theory]
    [InlineData("Onnx/torch-flatten.onnx", "single", 1e-5)]
    [InlineData("Keras/layers-3.keras", "double", 1e-12)]
    [InlineData("TfLite/int8.tflite", "single", 1e-5)]
    public void OnnxComputesWhatTheModelDoes(string model, string precision, double tolerance)
    {
        string exported = _place.PathOf("exported.onnx");
        Fixture.RequireLayers(model);
        _place.Succeed("export", Fixture.PathOf(model), "-o", exported, "--precision", precision);
        Assert.StartsWith("exported.onnx: ONNX, opset 13, by GeneratedNetworks", _place.Succeed("inspect", exported), StringComparison.Ordinal);
        _place.Succeed("emit", exported, "-o", _place.PathOf("gen"), "--precision", precision, "--profile", "scalar");
        byte[] bare = BareTarget.NetStandard20.Compile(Directory.EnumerateFiles(_place.PathOf("gen")));
        Fixture fixture = Fixture.Load(model);
        fixture.AssertOutputs(BareTarget.Forward(bare, "Exported", fixture.Inputs), tolerance);
    }

    /// <summary>A network trained here: its layers are in an assembly, its tensors in a file.</summary>
    [Fact]
    public void LayersComeFromAnAssemblyWhereTheFileHasNone()
    {
        _place.Succeed("import", Fixture.PathOf("Onnx/torch-softmax.onnx"), "-o", _place.Root, "--name", "Net", "--namespace", "Shop");
        string weights = _place.PathOf("Net.safetensors");
        byte[] assembly = GeneratedAssembly.Compile(
            _place.Read("Net.cs") + "[GeneratedNetwork(2)] [Dense(1)] public partial class Other { }", GeneratedAssembly.Convert(weights));
        string library = _place.PathOf("Shop.dll");
        File.WriteAllBytes(library, assembly);

        _place.Succeed("emit", weights, "--layers", library + ":Net", "-o", _place.PathOf("gen"), "--name", "Emitted");
        Fixture fixture = Fixture.Load("Onnx/torch-softmax.onnx");
        byte[] bare = BareTarget.Net80.Compile(Directory.EnumerateFiles(_place.PathOf("gen")));
        fixture.AssertOutputs(BareTarget.Forward(bare, "Emitted", fixture.Inputs), 1e-5);

        Assert.Contains("(safetensors, 2 declared layers)", _place.Succeed("check", weights, "--layers", library + ":Net"), StringComparison.Ordinal);
        Assert.Contains("say which network", _place.Fail(1, "check", weights, "--layers", library), StringComparison.Ordinal);
        Assert.Contains("there are Other, Shop.Net", _place.Fail(1, "check", weights, "--layers", library + ":Foo"), StringComparison.Ordinal);
        Assert.Contains("has no tensor 'dense1.weight'", _place.Fail(1, "check", weights, "--layers", library + ":Other"), StringComparison.Ordinal);
        string model = Fixture.PathOf("Onnx/torch-relu.onnx");
        Assert.Contains("has layers of its own", _place.Fail(2, "check", model, "--layers", library), StringComparison.Ordinal);
    }
}
