using System.Text.Json;
using GeneratedNetworks.Import.Onnx;
using GeneratedNetworks.Import.Onnx.Schema;

namespace GeneratedNetworks.Import.Tests.Support;

/// <summary>
/// Files that others trained, with references in float64, in the folder that GENERATED_NETWORKS_MODELS names. They are not part of the repository; without
/// the folder the tests that ask for them are skipped.
/// </summary>
internal static class OutsideFiles
{
    private static readonly string? Root = Environment.GetEnvironmentVariable("GENERATED_NETWORKS_MODELS");

    public static string PathOf(string file)
    {
        Assert.SkipUnless(!string.IsNullOrEmpty(Root), "The environment variable GENERATED_NETWORKS_MODELS names no folder of trained files.");
        return Path.Combine(Root, file);
    }

    /// <summary>The references of a folder.</summary>
    public static JsonDocument Open(string folder) => JsonDocument.Parse(File.ReadAllBytes(PathOf($"{folder}/reference.json")));

    /// <summary>A list of numbers; the references say null for minus infinity.</summary>
    public static double[] Numbers(JsonElement list) =>
        [.. list.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.Null ? double.NegativeInfinity : item.GetDouble())];

    /// <summary>The numbers of an ONNX tensor in a file of its own.</summary>
    public static double[] Tensor(string file)
    {
        byte[] bytes = File.ReadAllBytes(PathOf(file));
        ModelSource source = new(file, bytes, null);
        return new TensorReader(source, new TensorBudget(source)).Read(TensorProto.Parser.ParseFrom(bytes), file).Values!;
    }

    /// <summary>
    /// The samples of a network of MLPerf Tiny and what a file of it gives for them. The first is written out, the others are a formula, which the reference
    /// says: "x[i] = lo + (hi-lo)*(((i*7919 + s*104729 + (i//7)*31) % 1021)/1020)".
    /// </summary>
    /// <param name="task">"ic" or "kws".</param>
    /// <param name="format">"h5" or "tflite".</param>
    public static IReadOnlyList<(double[] Input, double[] Output)> Mlperf(string task, string format)
    {
        (double low, double high) = task == "ic" ? (0, 255) : (-60, 40);
        using JsonDocument document = Open("mlperf");
        List<(double[] Input, double[] Output)> samples = [];
        int size = 0;
        foreach (JsonElement sample in document.RootElement.GetProperty(task).GetProperty("samples").EnumerateArray())
        {
            int s = samples.Count;
            double[] input = s == 0
                ? Numbers(sample.GetProperty("values"))
                : [.. Enumerable.Range(0, size).Select(i => low + ((high - low) * (((i * 7919L) + (s * 104729L) + (i / 7 * 31L)) % 1021 / 1020.0)))];
            size = input.Length;
            samples.Add((input, Numbers(sample.GetProperty(format))));
        }

        Assert.Equal(4, samples.Count);
        return samples;
    }

    /// <summary>The two grids that come with the policy, in the order of the file, and what it does.</summary>
    public static (double[] Grids, double[] Actions) GridFoodCollector()
    {
        using JsonDocument document = Open("mlagents");
        JsonElement entry = document.RootElement.GetProperty("ex_GridFoodCollector.onnx");
        double[] grids = Array.ConvertAll(File.ReadAllBytes(PathOf("mlagents/ex_GridFoodCollector__visual_observation_0.u8")), value => value / 255.0);
        return (grids, Numbers(entry.GetProperty("outputs").GetProperty("continuous_actions").GetProperty("value")));
    }
}
