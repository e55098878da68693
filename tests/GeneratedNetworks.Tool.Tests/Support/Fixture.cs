using System.Text.Json;
using GeneratedNetworks.Import;
using GeneratedNetworks.Tool.Cli;
using GeneratedNetworks.Tool.Networks;

namespace GeneratedNetworks.Tool.Tests.Support;

/// <summary>A committed model, with what the framework it comes from computes.</summary>
internal sealed record Fixture(double[] Inputs, double[] Outputs)
{
    public static string PathOf(string model) => Path.Combine(AppContext.BaseDirectory, "Models", model);

    /// <summary>The numbers beside a model: all samples in one array.</summary>
    public static Fixture Load(string model)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(PathOf(Path.ChangeExtension(model, ".json"))));
        return new Fixture(Numbers(document, "inputs"), Numbers(document, "outputs"));
    }

    /// <summary>Skips a test, visibly, where the generator lacks a layer of the model.</summary>
    public static void RequireLayers(string model, string? output = null)
    {
        try
        {
            NetworkSummary.Of(ModelFile.Read(PathOf(model), null, output));
        }
        catch (ToolException exception) when (exception.Message.Contains("is no known layer", StringComparison.Ordinal))
        {
            Assert.Skip(exception.Message);
        }
    }

    public void AssertOutputs(double[] actual, double tolerance)
    {
        Assert.Equal(Outputs.Length, actual.Length);
        for (int i = 0; i < actual.Length; i++)
        {
            double error = Math.Abs(actual[i] - Outputs[i]) / Math.Max(1, Math.Abs(Outputs[i]));
            Assert.True(error <= tolerance, $"output {i}: expected {Outputs[i]:R}, got {actual[i]:R}");
        }
    }

    private static double[] Numbers(JsonDocument document, string name) =>
        [.. document.RootElement.GetProperty(name).EnumerateArray().SelectMany(row => row.EnumerateArray().Select(value => value.GetDouble()))];
}
