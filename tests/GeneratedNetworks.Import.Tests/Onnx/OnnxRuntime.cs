using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace GeneratedNetworks.Import.Tests.Onnx;

/// <summary>Runs an ONNX file with ONNX Runtime, in the precision of its input.</summary>
internal sealed class OnnxRuntime(byte[] file) : IDisposable
{
    // What it has to say of a model's style is no news.
    private readonly InferenceSession _session = new(file, new SessionOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR });

    /// <param name="inputs">Any number of samples, one after the other.</param>
    public double[] Forward(double[] inputs)
    {
        (string name, NodeMetadata input) = _session.InputMetadata.Single();
        int[] shape = [.. input.Dimensions.Select(extent => extent < 0 ? 1 : extent)];
        shape[0] = inputs.Length / shape.Aggregate(1, (product, extent) => product * extent);
        if (input.ElementType == typeof(double))
            return Run<double>(NamedOnnxValue.CreateFromTensor(name, new DenseTensor<double>(inputs, shape)), value => value);
        float[] rounded = Array.ConvertAll(inputs, value => (float)value);
        return Run<float>(NamedOnnxValue.CreateFromTensor(name, new DenseTensor<float>(rounded, shape)), value => value);
    }

    public void Dispose() => _session.Dispose();

    private double[] Run<T>(NamedOnnxValue input, Converter<T, double> widen)
    {
        using IDisposableReadOnlyCollection<DisposableNamedOnnxValue> results = _session.Run([input]);
        return Array.ConvertAll(results.Single().AsTensor<T>().ToArray(), widen);
    }
}
