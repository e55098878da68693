using System.Text.Json;
using GeneratedNetworks.Import.Onnx;
using GeneratedNetworks.Import.Onnx.Schema;
using GeneratedNetworks.Import.Reading;

namespace GeneratedNetworks.Import.Tests.Reading;

/// <summary>
/// Trained convolutional models against references in float64: MLPerf Tiny's image and keyword networks, a MNIST network of the ONNX model zoo, and a policy
/// that sees a grid. The files are not part of the repository: the folder that GENERATED_NETWORKS_MODELS names holds them.
/// </summary>
[Trait("Category", "Numeric")]
public sealed class ReadingImageModelTests
{
    private const double Exact = 1e-10;

    // The reference of the policy, and what a float32 program computed, are rounded.
    private const double Rounded = 1e-5;

    [Theory]
    [InlineData("ic", "pretrainedResnet.h5", "h5", 0, 255)]
    [InlineData("ic", "pretrainedResnet.tflite", "tflite", 0, 255)]
    [InlineData("kws", "kws_ref_model_float32.tflite", "tflite", -60, 40)]
    public void AModelOfMlperfGivesItsReference(string task, string file, string format, double least, double greatest)
    {
        string root = Root();
        using JsonDocument references = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(root, "mlperf", "reference.json")));
        ModelReading reading = ModelReading.Open(Path.Combine(root, "mlperf", file));
        int seed = 0;
        foreach (JsonElement sample in references.RootElement.GetProperty(task).GetProperty("samples").EnumerateArray())
        {
            // Behind the first one, inputs are those of a formula.
            double[] input = seed == 0
                ? Numbers(sample.GetProperty("values"))
                : [.. Enumerable.Range(0, reading.InputSize).Select(i => least + ((greatest - least) * (((i * 7919L) + (seed * 104729L) + (i / 7 * 31)) % 1021) / 1020))];
            Approx.Equal(Numbers(sample.GetProperty(format)), reading.Run(input), Exact, $"{file}, {sample.GetProperty("input")}");
            seed++;
        }

        Assert.Equal(4, seed);
    }

    [Fact]
    public void AMnistNetworkGivesWhatItsTestDataSay()
    {
        string folder = Path.Combine(Root(), "pretrained", "onnx2c_mnist");
        ModelReading reading = ModelReading.Open(Path.Combine(folder, "model.onnx"));
        Assert.Equal([1, 28, 28], Assert.Single(reading.Inputs).Shape);
        Approx.Equal(Tensor(folder, "test_data_set_0_output_0.pb"), reading.Run(Tensor(folder, "test_data_set_0_input_0.pb")), Rounded, "MNIST");
    }

    /// <summary>Its actions before the noise, and those that are masked, which read a second input.</summary>
    [Theory]
    [InlineData("45", "continuous_actions")]
    [InlineData("discrete_actions", "discrete_actions")]
    public void APolicyThatSeesAGridGivesItsReference(string value, string output)
    {
        const string Model = "ex_GridFoodCollector.onnx";
        string folder = Path.Combine(Root(), "mlagents");
        using JsonDocument references = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "reference.json")));
        JsonElement reference = references.RootElement.GetProperty(Model);
        byte[] grid = File.ReadAllBytes(Path.Combine(folder, "ex_GridFoodCollector__visual_observation_0.u8"));
        double[] masks = Numbers(reference.GetProperty("inputs").GetProperty("action_masks").GetProperty("value"));
        double[] expected = Numbers(reference.GetProperty("outputs").GetProperty(output).GetProperty("value"));
        ModelReading reading = ModelReading.Open(Path.Combine(folder, Model), [value]);
        for (int i = 0; i < 2; i++)
        {
            double[] seen = [.. grid[(i * grid.Length / 2)..((i + 1) * grid.Length / 2)].Select(number => number / 255.0)];
            double[] actual = reading.Run(value == "45" ? seen : [.. seen, .. masks[(2 * i)..(2 * (i + 1))]]);
            if (value == "45")
                actual = Array.ConvertAll(actual, number => Math.Clamp(number, -3, 3) / 3);
            Approx.Equal(expected[(i * actual.Length)..((i + 1) * actual.Length)], actual, Rounded, $"{value}, sample {i}");
        }
    }

    private static double[] Tensor(string folder, string name)
    {
        byte[] bytes = File.ReadAllBytes(Path.Combine(folder, name));
        ModelSource source = new(name, bytes, null);
        return new TensorReader(source, new TensorBudget(source)).Read(TensorProto.Parser.ParseFrom(bytes), name).Values!;
    }

    private static string Root()
    {
        string? root = Environment.GetEnvironmentVariable("GENERATED_NETWORKS_MODELS");
        if (string.IsNullOrEmpty(root))
            Assert.Skip("The environment variable GENERATED_NETWORKS_MODELS names no folder of trained files.");
        return root;
    }

    private static double[] Numbers(JsonElement list) => [.. list.EnumerateArray().Select(value => value.GetDouble())];
}
