using GeneratedNetworks.Import.Reading;
using GeneratedNetworks.Import.Tests.Support;

namespace GeneratedNetworks.Import.Tests.Reading;

/// <summary>
/// Every committed model, executed node by node: it gives what its framework computes, and what the importer makes of it, on the committed inputs and on
/// inputs that reach its clamps.
/// </summary>
[Trait("Category", "Numeric")]
public sealed class ReadingFixtureTests
{
    private const double Exact = 1e-12;

    // Constants such as √2 stand in the file with seven digits.
    private const double Rounded = 1e-7;

    /// <summary>Every committed expectation by its format's folder and name: "Onnx/torch-relu".</summary>
    public static TheoryData<string> Models =>
    [
        .. Directory.EnumerateFiles(Fixture.Folder(""), "*.json", SearchOption.AllDirectories)
            .Select(file => Path.ChangeExtension(Path.GetRelativePath(Fixture.Folder(""), file), null).Replace('\\', '/'))
            .Where(model => !model.StartsWith("SafeTensors/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Models))]
    public void AFileGivesWhatItsFrameworkComputes(string model)
    {
        Fixture fixture = Load(model);
        ModelReading reading = Open(fixture);
        Approx.Equal(fixture.FlatOutputs, reading.RunAll(Fitted(reading, fixture)), reading.HasRoundedConstants ? Rounded : Exact, model);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void TheImporterMakesOfItWhatItSays(string model)
    {
        Fixture fixture = Load(model);
        ModelReading reading = Open(fixture);
        ImportedModel imported = fixture.Read();
        int size = imported.InputShape!.Aggregate(1, (product, extent) => product * extent);

        // Where each row of a sample is one, the file is run on rows that are alike.
        int rows = reading.InputSize / size;
        double tolerance = reading.HasRoundedConstants ? Rounded : Exact;
        CheckInputs inputs = CheckInputs.Draw(reading, 50, seed: 11);
        for (int i = 0; i < inputs.Samples.Count; i++)
        {
            double[] row = inputs.Samples[i][..size];
            double[] expected = reading.Run([.. Enumerable.Repeat(row, rows).SelectMany(copy => copy)]);
            Approx.Equal(expected[..(expected.Length / rows)], FileOrder.Forward(imported, values => NaiveModel.Forward(imported, values), row), tolerance, $"{model}, sample {i}");
        }
    }

    [Fact]
    public void ThereAreModelsOfEveryFormat()
    {
        Assert.Equal(
            [".h5", ".hdf5", ".keras", ".onnx", ".tflite"], Models.Select(row => Path.GetExtension(Load(row.Data).Path)).Distinct().Order(StringComparer.Ordinal));
        Assert.True(Models.Count > 60);
    }

    private static ModelReading Open(Fixture fixture) => ModelReading.Open(fixture.Path, fixture.Output?.Split(", "));

    /// <summary>The expectation, with whichever file of its folder it belongs to.</summary>
    private static Fixture Load(string model)
    {
        string folder = Path.GetDirectoryName(model)!;
        string name = Path.GetFileName(model);
        Fixture any = Fixture.Load(folder, name, "");
        string path = Directory.EnumerateFiles(Fixture.Folder(folder), Path.GetFileName(any.Path) + ".*").Single(ModelReading.Knows);
        return any with { Path = path };
    }

    private static double[] Fitted(ModelReading reading, Fixture fixture) => reading.InputSize % fixture.Inputs[0].Length == 0
        ? fixture.FlatInputs
        : throw new InvalidOperationException($"{reading.InputSize} inputs, and samples of {fixture.Inputs[0].Length}");
}
