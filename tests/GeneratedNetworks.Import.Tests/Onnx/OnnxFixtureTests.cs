using GeneratedNetworks.Import.Tests.Support;

namespace GeneratedNetworks.Import.Tests.Onnx;

/// <summary>Committed models: imported, then run by plain loops and through the generator, against what their framework computes in float64.</summary>
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
        ImportedModel model = ModelFile.Read(fixture.Path);
        Approx.Equal(fixture.FlatOutputs, NaiveModel.Forward(model, fixture.FlatInputs), 1e-12, name + " by plain loops");
        Approx.Equal(fixture.FlatOutputs, Generated.Value[Key(name, Precision.Double)].Forward(fixture.FlatInputs), 1e-12, name + " generated, double");
        Approx.Equal(fixture.FlatOutputs, Generated.Value[Key(name, Precision.Single)].Forward(fixture.FlatInputs), 1e-5, name + " generated, single");
    }

    private static Dictionary<string, GeneratedModel> CompileAll()
    {
        (string Name, ImportedModel Model, Precision Precision)[] all =
        [
            .. from name in Fixture.Names("Onnx")
               let model = ModelFile.Read(Fixture.Load("Onnx", name, ".onnx").Path)
               from precision in Enum.GetValues<Precision>()
               select (name, model, precision),
        ];
        IReadOnlyList<GeneratedModel> compiled = GeneratedModel.Compile([.. all.Select(entry => (entry.Model, entry.Precision))]);
        return all.Zip(compiled).ToDictionary(pair => Key(pair.First.Name, pair.First.Precision), pair => pair.Second);
    }

    private static string Key(string name, Precision precision) => $"{name} {precision}";
}
