using GeneratedNetworks.Import.Tests.Support;

namespace GeneratedNetworks.Import.Tests.Formats;

/// <summary>What every fixture must hold: the numbers of its framework by plain loops, and by generated code in both precisions.</summary>
internal static class FixtureChecks
{
    private const double DoubleTolerance = 1e-12;
    private const double SingleTolerance = 1e-5;

    public static void Naive(Fixture fixture, string name) =>
        Approx.Equal(fixture.FlatOutputs, FileOrder.Forward(fixture.Read(), inputs => NaiveModel.Forward(fixture.Read(), inputs), fixture.FlatInputs), DoubleTolerance, name);

    /// <summary>Compiles all at once: one compilation for many is far faster than many.</summary>
    public static void Generated(IReadOnlyList<(string Name, Fixture Fixture)> fixtures)
    {
        fixtures = [.. fixtures.Where(entry => GeneratorSide.Knows(entry.Fixture.Read()))];
        Assert.NotEmpty(fixtures);
        ImportedModel[] models = [.. fixtures.Select(entry => entry.Fixture.Read())];
        IReadOnlyList<GeneratedModel> doubles = GeneratedModel.Compile([.. models.Select(model => (model, Precision.Double))]);
        IReadOnlyList<GeneratedModel> singles = GeneratedModel.Compile([.. models.Select(model => (model, Precision.Single))]);
        for (int i = 0; i < fixtures.Count; i++)
        {
            (string name, Fixture fixture) = fixtures[i];
            Approx.Equal(fixture.FlatOutputs, FileOrder.Forward(models[i], doubles[i].Forward, fixture.FlatInputs), DoubleTolerance, name + " in double");
            Approx.Equal(fixture.FlatOutputs, FileOrder.Forward(models[i], singles[i].Forward, fixture.FlatInputs), SingleTolerance, name + " in single");
        }
    }

    public static ImportedModel Read(string fileName, byte[] content) => ModelFormat.Of(fileName)!.Read(new ModelSource(fileName, content, null));

    /// <summary>The refusal of a file, which must name it.</summary>
    public static string Refusal(string fileName, byte[] content)
    {
        ModelFileException exception = Assert.Throws<ModelFileException>(() => Read(fileName, content));
        Assert.StartsWith(fileName + ": ", exception.Message);
        return exception.Message[(fileName.Length + 2)..];
    }

    /// <summary>Cuts a file everywhere: each piece is refused, or is as good as the whole where nothing that is used was cut.</summary>
    public static void Truncated(string fileName, byte[] content, int step = 1)
    {
        for (int length = 0; length < content.Length; length += step)
            Refusal(fileName, content[..length]);
    }
}
