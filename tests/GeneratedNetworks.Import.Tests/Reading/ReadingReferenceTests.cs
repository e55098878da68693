using System.Text.Json;
using GeneratedNetworks.Import.Reading;
using GeneratedNetworks.Import.Tests.Support;

namespace GeneratedNetworks.Import.Tests.Reading;

/// <summary>Trained policies of Unity ML-Agents and of Godot RL, against references in float64.</summary>
[Trait("Category", "Numeric")]
public sealed class ReadingReferenceTests
{
    private const double Tolerance = 1e-6;

    [Theory]
    [InlineData("mlagents", "ex_3DBall.onnx", "deterministic_continuous_actions")]
    [InlineData("mlagents", "ex_3DBall.onnx", "continuous_action_output_shape")]
    [InlineData("mlagents", "test_deterDiscrete1obs3action_v2_0.onnx", "deterministic_discrete_actions")]
    [InlineData("pretrained", "godot/BallChase_BallChase.onnx", "output")]
    [InlineData("pretrained", "godot/ScoreTheGoal_model.onnx", "output")]
    [InlineData("pretrained", "hello_world_float.tflite", "y")]
    public void ATrainedFileGivesItsReference(string folder, string model, string output)
    {
        using JsonDocument references = OutsideFiles.Open(folder);
        JsonElement reference = references.RootElement.GetProperty(model);
        string path = new[] { OutsideFiles.PathOf(model), OutsideFiles.PathOf($"{folder}/{model}") }.First(File.Exists);
        JsonElement expected = reference.GetProperty("outputs").GetProperty(output);
        if (output == "continuous_action_output_shape")
        {
            // A constant is no function of the inputs, and is refused as one.
            ModelFileException refused = Assert.Throws<ModelFileException>(() => ModelReading.Open(path, [output]));
            Assert.Contains("does not depend on its input", refused.Message, StringComparison.Ordinal);
            return;
        }

        ModelReading reading = ModelReading.Open(path, output is "y" ? [] : [output]);
        double[] wanted = OutsideFiles.Numbers(expected.GetProperty("value"));
        double[][] inputs = Samples(reference.GetProperty("inputs"), reading.InputSize);
        int size = wanted.Length / inputs.Length;
        for (int i = 0; i < inputs.Length; i++)
            Approx.Equal(wanted[(i * size)..((i + 1) * size)], reading.Run(inputs[i]), Tolerance, $"{model}, sample {i}");
    }

    /// <summary>On random inputs around the normaliser, and on those that reach every clip that can be reached.</summary>
    [Theory]
    [InlineData("mlagents/ex_3DBall.onnx", "deterministic_continuous_actions")]
    [InlineData("godot/BallChase_BallChase.onnx", null)]
    [InlineData("godot/ScoreTheGoal_model.onnx", null)]
    public void TheImporterMakesOfAPolicyWhatItSays(string model, string? output)
    {
        string path = OutsideFiles.PathOf(model);
        ModelReading reading = ModelReading.Open(path, output is null ? null : [output]);
        ImportedModel imported = ModelFile.Read(path, null, output);
        CheckInputs inputs = CheckInputs.Draw(reading, 100, seed: 6);
        for (int i = 0; i < inputs.Samples.Count; i++)
            Approx.Equal(inputs.Outputs[i], NaiveModel.Forward(imported, inputs.Samples[i]), Tolerance, $"{model}, sample {i}");
    }

    [Fact]
    public void TheLogProbabilitiesInsideOfThePolicyAreThoseOfTheReference()
    {
        const string Model = "test_deterDiscrete1obs3action_v2_0.onnx";
        using JsonDocument references = OutsideFiles.Open("mlagents");
        JsonElement reference = references.RootElement.GetProperty(Model);
        ModelReading reading = ModelReading.Open(OutsideFiles.PathOf("mlagents/" + Model), ["28"]);
        double[] wanted = OutsideFiles.Numbers(reference.GetProperty("logProbabilities").GetProperty("28"));
        double[][] inputs = Samples(reference.GetProperty("inputs"), reading.InputSize);
        for (int i = 0; i < inputs.Length; i++)
            Approx.Equal(wanted[(i * 3)..((i + 1) * 3)], reading.Run(inputs[i]), Tolerance, $"sample {i}");
    }

    [Fact]
    public void WhatFollowsARandomNodeIsRefusedByName()
    {
        ModelReading reading = ModelReading.Open(OutsideFiles.PathOf("mlagents/test_deterDiscrete1obs3action_v2_0.onnx"), ["discrete_actions"]);
        ModelFileException refused = Assert.Throws<ModelFileException>(() => reading.Run(new double[reading.InputSize]));
        Assert.Contains("(Multinomial): it draws random numbers", refused.Message, StringComparison.Ordinal);
    }

    /// <summary>The inputs side by side, a row for each sample; those that a file does not need are left out from the end.</summary>
    private static double[][] Samples(JsonElement inputs, int size)
    {
        List<double>[]? rows = null;
        foreach (JsonProperty input in inputs.EnumerateObject())
        {
            int batch = input.Value.GetProperty("shape")[0].GetInt32();
            double[] values = OutsideFiles.Numbers(input.Value.GetProperty("value"));
            int each = values.Length / batch;
            rows ??= [.. Enumerable.Range(0, batch).Select(_ => new List<double>())];
            for (int i = 0; i < batch && rows[i].Count < size; i++)
                rows[i].AddRange(values[(i * each)..((i + 1) * each)]);
        }

        Assert.All(rows!, row => Assert.Equal(size, row.Count));
        return [.. rows!.Select(row => row.ToArray())];
    }
}
