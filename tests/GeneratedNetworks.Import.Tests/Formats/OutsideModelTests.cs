using System.Text.Json;
using GeneratedNetworks.Import.Tests.Support;

namespace GeneratedNetworks.Import.Tests.Formats;

/// <summary>Files that others trained, imported and held to their references in float64.</summary>
public sealed class OutsideModelTests
{
    public static TheoryData<string, string, string?, string, string> Policies => new()
    {
        { "mlagents/ex_3DBall.onnx", "mlagents", "deterministic_continuous_actions", "ex_3DBall.onnx", "deterministic_continuous_actions" },
        { "mlagents/ex_3DBall.onnx", "mlagents", "deterministic_continuous_actions", "ex_3DBall.onnx", "continuous_actions" },
        { "godot/BallChase_BallChase.onnx", "pretrained", null, "godot/BallChase_BallChase.onnx", "output" },
        { "godot/ScoreTheGoal_model.onnx", "pretrained", null, "godot/ScoreTheGoal_model.onnx", "output" },
        { "pretrained/hello_world_float.tflite", "pretrained", null, "hello_world_float.tflite", "y" },
        { "pretrained/trained_lstm.tflite", "pretrained", null, "trained_lstm.tflite", "y" },
    };

    [Theory]
    [MemberData(nameof(Policies))]
    public void ImportedNetworksComputeTheirReferences(string file, string folder, string? output, string entry, string expected)
    {
        (double[] inputs, double[] outputs) = Reference(folder, entry, expected);
        ImportedModel model = ModelFile.Read(OutsideFiles.PathOf(file), null, output);
        Approx.Equal(outputs, FileOrder.Forward(model, values => NaiveModel.Forward(model, values), inputs), 1e-9, file);
    }

    [Theory]
    [MemberData(nameof(Policies))]
    public void GeneratedNetworksComputeTheirReferences(string file, string folder, string? output, string entry, string expected)
    {
        (double[] inputs, double[] outputs) = Reference(folder, entry, expected);
        ImportedModel model = ModelFile.Read(OutsideFiles.PathOf(file), null, output);
        GeneratorSide.Require(model);
        Approx.Equal(outputs, FileOrder.Forward(model, GeneratedModel.Compile(model, Precision.Single).Forward, inputs), 1e-6, file);
    }

    [Theory]
    [InlineData("mlagents/ex_GridFoodCollector.onnx", null, "--outputs: '45' of shape [batch, 3], '60' of shape [batch, 2], or any value inside")]
    [InlineData("mlagents/ex_3DBall.onnx", null, "'deterministic_continuous_actions' of shape [batch, 2]")]
    [InlineData("mlagents/test_deterDiscrete1obs3action_v2_0.onnx", null, "'28' of shape [batch, 3]")]
    public void WhatIsNotSupportedIsNamed(string file, string? output, string expected) =>
        Assert.Contains(expected, Assert.Throws<ModelFileException>(() => ModelFile.Read(OutsideFiles.PathOf(file), null, output)).Message);

    /// <summary>The fused LSTM of TensorFlow Lite holds its cells in a range, and goes on learning.</summary>
    [Fact]
    public void TheLstmOfTensorFlowLiteTrainsOn()
    {
        ImportedModel model = ModelFile.Read(OutsideFiles.PathOf("pretrained/trained_lstm.tflite"));
        Assert.Equal(10.0, model.Layers.Single(layer => layer.Attribute == "Lstm").Get("CellClip", 0.0));
        (double[] inputs, _) = Reference("pretrained", "trained_lstm.tflite", "y");
        float[] images = Array.ConvertAll(inputs, value => (float)value);
        float[] targets = new float[2 * 10];
        (targets[3], targets[10 + 7]) = (1, 1);
        ITrainer<float> trainer = GeneratedModel.CompileTrainer(model, Loss.CrossEntropy, Optimizer.Adam);
        float first = trainer.Step(images, targets);
        float last = first;
        for (int i = 0; i < 60; i++)
            last = trainer.Step(images, targets);
        Assert.True(last < 0.2f * first, $"from {first} to {last}");
    }

    /// <summary>The numbers before the mask, masked as the file does and as a softmax: what the reference holds of them.</summary>
    [Fact]
    public void TheTestPolicyIsReadByItsTensor()
    {
        const string File = "mlagents/test_deterDiscrete1obs3action_v2_0.onnx";
        ImportedModel model = ModelFile.Read(OutsideFiles.PathOf(File), null, "18");
        using JsonDocument document = OutsideFiles.Open("mlagents");
        JsonElement entry = document.RootElement.GetProperty(Path.GetFileName(File));
        double[] logits = NaiveModel.Forward(model, OutsideFiles.Numbers(entry.GetProperty("inputs").GetProperty("obs_0").GetProperty("value")));
        double[] masks = OutsideFiles.Numbers(entry.GetProperty("inputs").GetProperty("action_masks").GetProperty("value"));
        JsonElement[] expected = [.. entry.GetProperty("logProbabilities").GetProperty("28").EnumerateArray()];
        Assert.Equal(expected.Length, logits.Length);
        for (int sample = 0; sample < logits.Length; sample += 3)
        {
            double[] masked = [.. Enumerable.Range(sample, 3).Select(i => (logits[i] * masks[i]) - ((1 - masks[i]) * 1e8))];
            double largest = masked.Max();
            double total = Math.Log(masked.Sum(value => Math.Exp(value - largest)));
            for (int i = 0; i < 3; i++)
            {
                // The reference says null for minus infinity.
                if (expected[sample + i].ValueKind == JsonValueKind.Number)
                    Assert.Equal(expected[sample + i].GetDouble(), masked[i] - largest - total, 1e-6);
                else
                    Assert.True(masked[i] - largest - total < -1e6);
            }
        }
    }

    /// <summary>The value before the noise: the reference limits it to ±3 and divides it by 3.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void GridFoodCollectorIsReadByItsTensor(bool isGenerated)
    {
        const string File = "mlagents/ex_GridFoodCollector.onnx";
        ImportedModel model = ModelFile.Read(OutsideFiles.PathOf(File), null, "45");
        Assert.Empty(model.Inputs);
        Assert.Equal([40, 40, 5], model.InputShape);
        (double[] pixels, double[] expected) = OutsideFiles.GridFoodCollector();
        Func<double[], double[]> forward = isGenerated ? GeneratedModel.Compile(model, Precision.Single).Forward : inputs => NaiveModel.Forward(model, inputs);
        double[] actions = [.. FileOrder.Forward(model, forward, pixels).Select(value => Math.Clamp(value, -3, 3) / 3)];
        Approx.Equal(expected, actions, isGenerated ? 1e-5 : 1e-6, File);
    }

    /// <summary>The model zoo's digits, with the picture and the numbers that come with them.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void TheDigitsOfTheModelZooAreRead(bool isGenerated)
    {
        ImportedModel model = ModelFile.Read(OutsideFiles.PathOf("pretrained/onnx2c_mnist/model.onnx"), null, null);
        Assert.Equal([28, 28, 1], model.InputShape);
        Func<double[], double[]> forward = isGenerated ? GeneratedModel.Compile(model, Precision.Single).Forward : inputs => NaiveModel.Forward(model, inputs);
        double[] expected = OutsideFiles.Tensor("pretrained/onnx2c_mnist/test_data_set_0_output_0.pb");
        double[] actual = FileOrder.Forward(model, forward, OutsideFiles.Tensor("pretrained/onnx2c_mnist/test_data_set_0_input_0.pb"));
        Approx.Equal(expected, actual, 1e-5 * expected.Max(Math.Abs), "the model zoo's digits");
    }

    /// <summary>A policy with its mask as a second input: what the reference holds of its logarithms.</summary>
    [Fact]
    public void AMaskIsAnInput()
    {
        const string File = "mlagents/test_deterDiscrete1obs3action_v2_0.onnx";
        ImportedModel model = ModelFile.Read(OutsideFiles.PathOf(File), null, "28");
        Assert.Equal(["obs_0", "action_masks"], model.Inputs.Select(port => port.Name));
        using JsonDocument document = OutsideFiles.Open("mlagents");
        JsonElement entry = document.RootElement.GetProperty(Path.GetFileName(File));
        double[][] rows = [.. model.Inputs.Select(port => OutsideFiles.Numbers(entry.GetProperty("inputs").GetProperty(port.Name).GetProperty("value")))];
        int samples = rows[0].Length / NaiveModel.Count(model.Inputs[0].Shape);
        double[] inputs = [.. Enumerable.Range(0, samples).SelectMany(i => rows.SelectMany(row => row.Skip(i * row.Length / samples).Take(row.Length / samples)))];
        double[] logits = NaiveModel.Forward(model, inputs);
        JsonElement[] expected = [.. entry.GetProperty("logProbabilities").GetProperty("28").EnumerateArray()];
        Assert.Equal(expected.Length, logits.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            double[] row = logits[(i / 3 * 3)..((i / 3 * 3) + 3)];
            double probability = Math.Log(Math.Exp(logits[i] - row.Max()) / row.Sum(value => Math.Exp(value - row.Max())));
            if (expected[i].ValueKind == JsonValueKind.Number)
                Assert.Equal(expected[i].GetDouble(), probability, 1e-6);
            else
                Assert.True(probability < -1e6);
        }
    }

    /// <summary>Four images, one of them of the benchmark; the others are a formula.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void TheResidualNetworkOfKerasIsRead(bool isGenerated)
    {
        const string File = "mlperf/pretrainedResnet.h5";
        ImportedModel model = ModelFile.Read(OutsideFiles.PathOf(File));
        Assert.Equal([32, 32, 3], model.InputShape);
        Assert.Equal(3, model.Layers.Count(layer => layer.Attribute == "Add"));
        Func<double[], double[]> forward = isGenerated ? GeneratedModel.Compile(model, Precision.Double).Forward : inputs => NaiveModel.Forward(model, inputs);
        foreach ((double[] image, double[] expected) in OutsideFiles.Mlperf("ic", "h5"))
        {
            double[] found = forward(image);
            Assert.Equal(expected.Length, found.Length);

            // Each class by its own size: some are below 1e-20.
            Assert.All(expected.Zip(found), pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, 1e-9 * pair.First));
        }
    }

    private static (double[] Inputs, double[] Outputs) Reference(string folder, string entry, string output)
    {
        using JsonDocument document = OutsideFiles.Open(folder);
        JsonElement found = document.RootElement.GetProperty(entry);
        JsonElement input = found.GetProperty("inputs").EnumerateObject().First().Value;
        return (OutsideFiles.Numbers(input.GetProperty("value")), OutsideFiles.Numbers(found.GetProperty("outputs").GetProperty(output).GetProperty("value")));
    }
}
