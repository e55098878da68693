using GeneratedNetworks.Import.Tests.Support;

namespace GeneratedNetworks.Import.Tests.TfLite;

/// <summary>The networks of MLPerf Tiny, held to what NumPy computes from the same files in float64.</summary>
public sealed class TfLiteOutsideTests
{
    [Theory]
    [InlineData("kws", "kws_ref_model_float32.tflite")]
    [InlineData("ic", "pretrainedResnet.tflite")]
    public void ImportedNetworksComputeTheirReferences(string task, string file)
    {
        ImportedModel model = ModelFile.Read(OutsideFiles.PathOf("mlperf/" + file));
        foreach ((double[] input, double[] expected) in OutsideFiles.Mlperf(task, "tflite"))
            Approx.Equal(expected, NaiveModel.Forward(model, input), 1e-9, file);
    }
}
