using System.Text.Json;
using GeneratedNetworks.Import.Reading;

namespace GeneratedNetworks.Import.Tests.Reading;

/// <summary>Committed models of images, signals and graphs, executed node by node: each gives what PyTorch computes from the same weights in float64.</summary>
[Trait("Category", "Numeric")]
public sealed class ReadingLayerFileTests
{
    private const double Exact = 1e-12;

    // Constants such as √2 stand in the file with seven digits.
    private const double Rounded = 1e-7;

    /// <summary>Every committed model by its format's folder and file: "Onnx/image.onnx".</summary>
    public static TheoryData<string> Models =>
    [
        .. Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories).Where(ModelReading.Knows)
            .Select(file => Path.GetRelativePath(Folder, file).Replace('\\', '/')).Order(StringComparer.Ordinal),
    ];

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Layers");

    [Theory]
    [MemberData(nameof(Models))]
    public void AFileGivesWhatItsFrameworkComputes(string model)
    {
        ModelReading reading = ModelReading.Open(Path.Combine(Folder, model));
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder, Path.ChangeExtension(model, ".json"))));
        double[][] inputs = Rows(document, "inputs");
        double[][] outputs = Rows(document, "outputs");
        Assert.NotEmpty(inputs);

        // Ends of quantised ranges have 32 bits, in the file as in the expectation.
        double tolerance = reading.HasRoundedConstants && !model.StartsWith("TfLite/", StringComparison.Ordinal) ? Rounded : Exact;
        for (int i = 0; i < inputs.Length; i++)
        {
            Approx.Equal(outputs[i], reading.Run(inputs[i]), tolerance, $"{model}, sample {i}");
            Assert.Equal(outputs[i].Length, reading.RunEach(inputs[i]).Sum(output => output.Elements.Length));
        }
    }

    [Fact]
    public void ThereAreModelsOfEveryFormat()
    {
        Assert.Equal([".h5", ".keras", ".onnx", ".tflite"], Models.Select(row => Path.GetExtension(row.Data)).Distinct().Order(StringComparer.Ordinal));
        Assert.True(Models.Count >= 16);
    }

    /// <summary>Several inputs lie side by side in a sample, and several outputs in what comes of it; each keeps its shape.</summary>
    [Theory]
    [InlineData("Onnx/graph.onnx", "x0 [1, 7, 8]; x1 [3]", "[2]; [1]; [2]")]
    [InlineData("Keras/several-3.keras", "image [4, 3, 1]; vector [2]", "[6, 3, 2]; [3, 2, 3]")]
    [InlineData("Keras/several-2.h5", "image [4, 3, 1]; vector [2]", "[6, 3, 2]; [3, 2, 3]")]
    [InlineData("TfLite/several.tflite", "t0 [3, 3, 1]; t1 [2]", "[2]; [2, 2, 3]")]
    public void SeveralInputsAndOutputsKeepTheirShapes(string model, string inputs, string outputs)
    {
        ModelReading reading = ModelReading.Open(Path.Combine(Folder, model));
        Assert.Equal(inputs, string.Join("; ", reading.Inputs.Select(input => $"{input.Name} [{string.Join(", ", input.Shape)}]")));
        Assert.Equal(outputs, string.Join("; ", reading.RunEach(new double[reading.InputSize]).Select(output => $"[{string.Join(", ", output.Shape)}]")));
    }

    /// <summary>What one output does not need is no part of its sample.</summary>
    [Fact]
    public void AnOutputAloneReadsWhatItNeeds()
    {
        ModelReading reading = ModelReading.Open(Path.Combine(Folder, "Keras/several-3.keras"), ["see"]);
        Assert.Equal("image", Assert.Single(reading.Inputs).Name);
        Assert.Equal([3, 2, 3], Assert.Single(reading.RunEach(new double[12])).Shape);
    }

    /// <summary>In single precision, sums of windows are rounded term by term.</summary>
    [Theory]
    [InlineData("Onnx/image.onnx")]
    [InlineData("Keras/signal-3.keras")]
    [InlineData("TfLite/windows.tflite")]
    public void ARunInSinglePrecisionIsOffByItsRounding(string model)
    {
        ModelReading reading = ModelReading.Open(Path.Combine(Folder, model));
        Random random = new(2);
        double[] sample = reading.Domain.Draw(random, 0);
        double[] exact = reading.Run(sample);
        double[][] runs = [.. Enumerable.Range(0, 4).Select(_ => reading.RunInSingle(sample, random))];
        Assert.True(runs.Select(run => string.Join(" ", run)).Distinct(StringComparer.Ordinal).Count() > 1);
        Assert.All(runs, run => Approx.Equal(exact, run, 1e-4, model));
        Assert.All(runs.SelectMany(run => run), value => Assert.Equal(value, (float)value));
    }

    private static double[][] Rows(JsonDocument document, string name) =>
        [.. document.RootElement.GetProperty(name).EnumerateArray().Select(row => row.EnumerateArray().Select(value => value.GetDouble()).ToArray())];
}
