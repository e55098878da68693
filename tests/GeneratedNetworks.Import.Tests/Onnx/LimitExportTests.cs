using GeneratedNetworks.Import.Onnx;
using GeneratedNetworks.Import.Tests.Support;

namespace GeneratedNetworks.Import.Tests.Onnx;

/// <summary>Normalizations and limits, written as ONNX: ONNX Runtime computes what they mean, and the file is read back as the same layers.</summary>
[Trait("Category", "Numeric")]
public sealed class LimitExportTests
{
    [Theory]
    [InlineData(Precision.Single, 1e-6)]
    [InlineData(Precision.Double, 1e-12)]
    public void NormalizationsAndLimitsAreWrittenAsTheyAre(Precision precision, double tolerance)
    {
        LayerChain chain = new(new ModelSource("hand.test", [], null), [2, 3]);
        chain.Normalize("observation", [1, -2, 0.5], [0.25, 4, 2]);
        chain.Clip(null, -5, 5);
        chain.Reshape(null, [6]);
        chain.Dense("first", [.. Enumerable.Range(0, 12).Select(i => (i - 5) * 0.25)], [0.5, -0.5], 2);
        chain.Clip(null, -3, 2.5);
        chain.Normalize("scale", [0, 0.5], [3, 2]);
        chain.Clip(null, double.NegativeInfinity, 0.75);
        ImportedModel model = chain.Build("a test");
        Assert.Equal(["Normalize", "Flatten", "Dense", "Clip", "Normalize", "Clip"], model.Layers.Select(layer => layer.Attribute));
        using MemoryStream stream = new();
        OnnxExport.Write(stream, model, precision);

        Random random = new(3);
        double[] inputs = [.. Enumerable.Range(0, 60).Select(_ => Math.Round((random.NextDouble() * 16) - 8, 2))];
        inputs = precision == Precision.Single ? Array.ConvertAll(inputs, value => (double)(float)value) : inputs;
        double[] expected = NaiveModel.Forward(model, inputs);
        using OnnxRuntime runtime = new(stream.ToArray());
        Approx.Equal(expected, runtime.Forward(inputs), tolerance, "ONNX Runtime");
        ImportedModel back = OnnxFormat.Read(new ModelSource("back.onnx", stream.ToArray(), null));
        Assert.Equal(model.Layers.Select(layer => layer.Attribute), back.Layers.Select(layer => layer.Attribute));
        Approx.Equal(expected, NaiveModel.Forward(back, inputs), 1e-12, "read back");
    }
}
