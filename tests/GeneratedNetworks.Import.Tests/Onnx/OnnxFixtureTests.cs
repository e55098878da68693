using GeneratedNetworks.Import.Tests.Support;

namespace GeneratedNetworks.Import.Tests.Onnx;

/// <summary>
/// Committed models: imported, then run by plain loops and through the generator, against what their framework computes in float64.
/// </summary>
[Trait("Category", "Numeric")]
public sealed class OnnxFixtureTests
{
    private static readonly Lazy<IReadOnlyDictionary<string, GeneratedModel>> Generated = new(CompileAll);

    public static TheoryData<string> Names => [.. Fixture.Names("Onnx")];

    [Theory]
    [MemberData(nameof(Names))]
    public void ImportedNetworksComputeWhatTheirFrameworkComputes(string name)
    {
        Fixture fixture = Fixture.Load("Onnx", name, ".onnx");
        ImportedModel model = fixture.Read();
        Approx.Equal(fixture.FlatOutputs, FileOrder.Forward(model, inputs => NaiveModel.Forward(model, inputs), fixture.FlatInputs), 1e-12, name + " by plain loops");
        GeneratorSide.Require(model);
        Approx.Equal(fixture.FlatOutputs, FileOrder.Forward(model, Generated.Value[Key(name, Precision.Double)].Forward, fixture.FlatInputs), 1e-12, name + " generated, double");
        Approx.Equal(fixture.FlatOutputs, FileOrder.Forward(model, Generated.Value[Key(name, Precision.Single)].Forward, fixture.FlatInputs), 1e-5, name + " generated, single");
    }

    [Theory]
    [InlineData("torch-relu", "fc1.weight fc1.bias fc2.weight fc2.bias")]
    [InlineData("torch-no-bias", "layer0.weight layer2.weight")]
    [InlineData("torch-rows", "fc1.weight fc1.bias fc2.weight fc2.bias")]
    [InlineData("hand-gemm", "first.weight first.bias second.weight")]
    [InlineData("hand-normalised", "c.mean c.deviation dense.weight d.mean d.deviation")]
    [InlineData("hand-qdq", "fc1.weight fc1.bias fc2.weight")]
    [InlineData("hand-vector", "left.weight")]
    public void LayersAreCalledAsTheirWeightsOrTheirNodes(string fixture, string tensors)
    {
        ImportedModel model = ModelFile.Read(Fixture.Load("Onnx", fixture, ".onnx").Path);
        Assert.Equal(tensors, string.Join(' ', model.Tensors.Select(tensor => tensor.Name)));
    }

    [Theory]
    [InlineData("torch-flatten", "ONNX, opset 13, by pytorch 1.13.0", "2 3 4", "Flatten Dense Dense")]
    [InlineData("torch-rows", "ONNX, opset 13, by pytorch 1.13.0", "3 5", "Dense Dense")]
    [InlineData("hand-qdq", "ONNX, opset 13, by hand", "4", "Clip Dense Clip Dense Clip")]
    [InlineData("hand-vector", "ONNX, opset 13, by hand", "4", "Dense")]
    public void ShapesAndLayersAreThoseOfTheFile(string fixture, string format, string input, string layers)
    {
        ImportedModel model = ModelFile.Read(Fixture.Load("Onnx", fixture, ".onnx").Path);
        Assert.Equal(format, model.Format);
        Assert.Equal(input, string.Join(' ', model.InputShape!));
        Assert.Equal(layers, string.Join(' ', model.Layers.Select(layer => layer.Attribute)));
    }

    private static Dictionary<string, GeneratedModel> CompileAll()
    {
        (string Name, ImportedModel Model, Precision Precision)[] all =
        [
            .. from name in Fixture.Names("Onnx")
               let model = Fixture.Load("Onnx", name, ".onnx").Read()
               where GeneratorSide.Knows(model)
               from precision in Enum.GetValues<Precision>()
               select (name, model, precision),
        ];
        IReadOnlyList<GeneratedModel> compiled = GeneratedModel.Compile([.. all.Select(entry => (entry.Model, entry.Precision))]);
        return all.Zip(compiled).ToDictionary(pair => Key(pair.First.Name, pair.First.Precision), pair => pair.Second);
    }

    private static string Key(string name, Precision precision) => $"{name} {precision}";
}
