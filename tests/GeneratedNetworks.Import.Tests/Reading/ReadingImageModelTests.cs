using System.Text.Json;
using GeneratedNetworks.Import.Reading;
using GeneratedNetworks.Import.Tests.Support;

namespace GeneratedNetworks.Import.Tests.Reading;

/// <summary>
/// Trained convolutional models against references in float64: MLPerf Tiny's image and keyword networks, a MNIST network of the ONNX model zoo, and a policy
/// that sees a grid.
/// </summary>
[Trait("Category", "Numeric")]
public sealed class ReadingImageModelTests
{
    private const double Exact = 1e-10;

    // The reference of the policy, and what a float32 program computed, are rounded.
    private const double Rounded = 1e-5;

    [Theory]
    [InlineData("ic", "pretrainedResnet.h5", "h5")]
    [InlineData("ic", "pretrainedResnet.tflite", "tflite")]
    [InlineData("kws", "kws_ref_model_float32.tflite", "tflite")]
    public void AModelOfMlperfGivesItsReference(string task, string file, string format)
    {
        ModelReading reading = ModelReading.Open(OutsideFiles.PathOf("mlperf/" + file));
        foreach ((double[] input, double[] expected) in OutsideFiles.Mlperf(task, format))
            Approx.Equal(expected, reading.Run(input), Exact, file);
    }

    [Fact]
    public void AMnistNetworkGivesWhatItsTestDataSay()
    {
        const string Folder = "pretrained/onnx2c_mnist";
        ModelReading reading = ModelReading.Open(OutsideFiles.PathOf($"{Folder}/model.onnx"));
        Assert.Equal([1, 28, 28], Assert.Single(reading.Inputs).Shape);
        Approx.Equal(OutsideFiles.Tensor($"{Folder}/test_data_set_0_output_0.pb"), reading.Run(OutsideFiles.Tensor($"{Folder}/test_data_set_0_input_0.pb")), Rounded, "MNIST");
    }

    /// <summary>Its actions before the noise, and those that are masked, which read a second input.</summary>
    [Theory]
    [InlineData("45", "continuous_actions")]
    [InlineData("discrete_actions", "discrete_actions")]
    public void APolicyThatSeesAGridGivesItsReference(string value, string output)
    {
        const string Model = "ex_GridFoodCollector.onnx";
        using JsonDocument references = OutsideFiles.Open("mlagents");
        JsonElement reference = references.RootElement.GetProperty(Model);
        (double[] grids, _) = OutsideFiles.GridFoodCollector();
        double[] masks = OutsideFiles.Numbers(reference.GetProperty("inputs").GetProperty("action_masks").GetProperty("value"));
        double[] expected = OutsideFiles.Numbers(reference.GetProperty("outputs").GetProperty(output).GetProperty("value"));
        ModelReading reading = ModelReading.Open(OutsideFiles.PathOf("mlagents/" + Model), [value]);
        for (int i = 0; i < 2; i++)
        {
            double[] seen = grids[(i * grids.Length / 2)..((i + 1) * grids.Length / 2)];
            double[] actual = reading.Run(value == "45" ? seen : [.. seen, .. masks[(2 * i)..(2 * (i + 1))]]);
            if (value == "45")
                actual = Array.ConvertAll(actual, number => Math.Clamp(number, -3, 3) / 3);
            Approx.Equal(expected[(i * actual.Length)..((i + 1) * actual.Length)], actual, Rounded, $"{value}, sample {i}");
        }
    }
}
