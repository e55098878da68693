using GeneratedNetworks.Import.Onnx.Schema;
using GeneratedNetworks.Import.Reading;
using GeneratedNetworks.Import.Tests.Onnx;
using GeneratedNetworks.Import.Tests.Support;
using Google.Protobuf;

namespace GeneratedNetworks.Import.Tests.Reading;

/// <summary>Inputs are drawn where a file lives, and reach its clamps.</summary>
public sealed class ReadingDomainTests
{
    [Fact]
    public void InputsLieAroundSubtractedMeansAndDividedDeviations()
    {
        ModelReading reading = Open(OnnxModels.Model(
            [OnnxModels.Node("Sub", "centre", "c", "x", "mean"), OnnxModels.Node("Div", "scale", "n", "c", "deviation"), OnnxModels.Node("Tanh", "tanh", "y", "n")],
            [OnnxModels.Floats("mean", [4], 101325, -7, 0, 3), OnnxModels.Floats("deviation", [4], 400, 2, 0.5f, -10)]));
        Assert.Equal([101325, -7, 0, 3], reading.Domain.Center.Select(value => Math.Round(value, 6)));
        Assert.Equal([400, 2, 0.5, 10], reading.Domain.Spread.Select(value => Math.Round(value, 6)));
        Assert.StartsWith("normally distributed around its normalizer: means -7 to 101325", reading.Domain.Description, StringComparison.Ordinal);
        Random random = new(1);
        double[] drawn = [.. Enumerable.Range(0, 4000).Select(i => reading.Domain.Draw(random, i)[0])];
        Assert.InRange(drawn.Average(), 101325 - 30, 101325 + 30);
        Assert.InRange(Math.Sqrt(drawn.Average(value => Math.Pow(value - drawn.Average(), 2))), 380, 420);
    }

    [Fact]
    public void InputsLieAroundTheStatisticsOfABatchNormalisationAndNotAroundWhereItGivesZero()
    {
        ModelReading reading = Open(OnnxModels.Model(
            [OnnxModels.Node("BatchNormalization", "bn", "y", "x", "gamma", "beta", "mean", "variance")],
            [
                OnnxModels.Floats("gamma", [4], 2, 2, 2, 2), OnnxModels.Floats("beta", [4], 50, 50, 50, 50), OnnxModels.Floats("mean", [4], 1, 2, 3, 4),
                OnnxModels.Floats("variance", [4], 4, 9, 16, 25),
            ]));
        Assert.Equal([1, 2, 3, 4], reading.Domain.Center);
        Assert.Equal([2, 3, 4, 5], reading.Domain.Spread.Select(value => Math.Round(value, 3)));
    }

    [Fact]
    public void WithoutANormaliserInputsAreNormal()
    {
        ModelReading reading = ModelReading.Open(Path.Combine(Fixture.Folder("Onnx"), "torch-relu.onnx"));
        Assert.Equal("normally distributed, mean 0, deviation 1", reading.Domain.Description);
    }

    [Fact]
    public void AQuantisedInputIsSpreadOverItsRangeAndNeverLeavesIt()
    {
        ModelReading reading = ModelReading.Open(Path.Combine(Fixture.Folder("TfLite"), "int8.tflite"));
        Assert.Equal("spread over its quantized range, -6.55 to 6.2", reading.Domain.Description);
        Random random = new(1);
        double[] drawn = [.. Enumerable.Range(0, 1000).SelectMany(i => reading.Domain.Draw(random, i))];
        Assert.InRange(drawn.Min(), -6.551, -6.5);
        Assert.InRange(drawn.Max(), 6.15, 6.201);
    }

    /// <summary>No converter writes a scale below 0, which turns a range around; whoever does gets a range and no exception.</summary>
    [Fact]
    public void ARangeWithAScaleBelowZeroIsARange()
    {
        byte[] content = File.ReadAllBytes(Path.Combine(Fixture.Folder("TfLite"), "int8.tflite"));
        Span<byte> rest = content;
        for (int at; (at = rest.IndexOf(BitConverter.GetBytes(0.05f))) >= 0; rest = rest[(at + 4)..])
            BitConverter.GetBytes(-0.05f).CopyTo(rest[at..]);
        ModelReading reading = ModelReading.Open(new ModelSource("turned.tflite", content, null));
        Assert.Equal("spread over its quantized range, -6.2 to 6.55", reading.Domain.Description);
        Random random = new(1);
        Assert.All(Enumerable.Range(0, 100).SelectMany(i => reading.Domain.Draw(random, i)), value => Assert.InRange(value, -6.201, 6.551));
    }

    [Theory]
    [InlineData(-5.0, 5.0)]
    [InlineData(-40.0, 45.0)]
    public void ASearchReachesClampsThatRandomInputsDoNot(double least, double greatest)
    {
        // Sums of eight numbers of deviation 1 are 40 once in many lives.
        float[] weights = [1, -1, 1, -1, 1, -1, 1, -1];
        ModelReading reading = Open(OnnxModels.Model(
            [OnnxModels.Node("MatMul", "product", "p", "x", "w"), OnnxModels.Node("Clip", "clip", "y", "p", "least", "greatest")],
            [OnnxModels.Floats("w", [8, 1], weights), OnnxModels.Floats("least", [], (float)least), OnnxModels.Floats("greatest", [], (float)greatest)],
            8));
        CheckInputs inputs = CheckInputs.Draw(reading, 20, seed: 2);
        Assert.Equal(2, inputs.Sides.Count);
        Assert.All(inputs.Sides, side => Assert.True(side.Excess >= side.Target, $"{side}"));
        Assert.Contains(inputs.Outputs, output => output[0] == least);
        Assert.Contains(inputs.Outputs, output => output[0] == greatest);
    }

    [Fact]
    public void AClampThatNothingCanReachIsNamed()
    {
        ModelReading reading = Open(OnnxModels.Model(
            [OnnxModels.Node("Sigmoid", "sigmoid", "p", "x"), OnnxModels.Node("Clip", "clip", "y", "p", "least", "greatest")],
            [OnnxModels.Floats("least", [], -1), OnnxModels.Floats("greatest", [], 0.5f)]));
        CheckInputs inputs = CheckInputs.Draw(reading, 20, seed: 2);
        ClampSide missed = Assert.Single(inputs.Sides, side => !side.IsReached);
        Assert.Equal((false, -1.0, "node 'clip' (Clip)"), (missed.IsUpper, missed.Limit, missed.Label));
        Assert.InRange(missed.Excess, -1.1, -1);
    }

    [Fact]
    public void TheSameSeedGivesTheSameInputs()
    {
        ModelReading reading = ModelReading.Open(Path.Combine(Fixture.Folder("Onnx"), "torch-relu6.onnx"));
        CheckInputs first = CheckInputs.Draw(reading, 30, seed: 4);
        CheckInputs second = CheckInputs.Draw(reading, 30, seed: 4);
        Assert.Equal(first.Samples, second.Samples);
        Assert.NotEqual(first.Samples[0], CheckInputs.Draw(reading, 30, seed: 5).Samples[0]);
    }

    private static ModelReading Open(ModelProto model) => ModelReading.Open(new ModelSource("model.onnx", model.ToByteArray(), null));
}
