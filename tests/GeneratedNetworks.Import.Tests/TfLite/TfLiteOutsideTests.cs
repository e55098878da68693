using System.Text.Json;
using GeneratedNetworks.Import.Tests.Support;

namespace GeneratedNetworks.Import.Tests.TfLite;

/// <summary>
/// The networks of MLPerf Tiny, held to what NumPy computes from the same files in float64; in the folder that GENERATED_NETWORKS_MODELS names, without which the
/// tests are skipped.
/// </summary>
public sealed class TfLiteOutsideTests
{
    private static readonly string? Root = Environment.GetEnvironmentVariable("GENERATED_NETWORKS_MODELS");

    [Theory]
    [InlineData("kws", "kws_ref_model_float32.tflite", -60, 40)]
    [InlineData("ic", "pretrainedResnet.tflite", 0, 255)]
    public void ImportedNetworksComputeTheirReferences(string entry, string file, double low, double high)
    {
        Assert.SkipUnless(Root is not null, "GENERATED_NETWORKS_MODELS names no folder of models.");
        ImportedModel model = ModelFile.Read(Path.Combine(Root, "mlperf", file));
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Root, "mlperf", "reference.json")));
        int index = 0;
        foreach (JsonElement sample in document.RootElement.GetProperty(entry).GetProperty("samples").EnumerateArray())
        {
            int size = model.InputShape!.Aggregate(1, (product, extent) => product * extent);
            double[] inputs = sample.TryGetProperty("values", out JsonElement values) ? Numbers(values) : Formula(size, index, low, high);
            Approx.Equal(Numbers(sample.GetProperty("tflite")), NaiveModel.Forward(model, inputs), 1e-9, $"{file}, sample {index}");
            index++;
        }

        Assert.Equal(4, index);
    }

    /// <summary>The reference says it: "x[i] = lo + (hi-lo)*(((i*7919 + s*104729 + (i//7)*31) % 1021)/1020)".</summary>
    private static double[] Formula(int count, int sample, double low, double high) =>
        [.. Enumerable.Range(0, count).Select(i => low + ((high - low) * (((i * 7919L) + (sample * 104729L) + (i / 7 * 31L)) % 1021 / 1020.0)))];

    private static double[] Numbers(JsonElement list) => [.. list.EnumerateArray().Select(item => item.GetDouble())];
}
