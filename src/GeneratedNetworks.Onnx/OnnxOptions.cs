namespace GeneratedNetworks.Onnx;

/// <summary>How <see cref="OnnxExtensions.SaveOnnx{T}(INetwork{T}, string, OnnxOptions?)"/> calls things.</summary>
public sealed class OnnxOptions
{
    /// <summary>What the graph's input is called. Default: <see langword="null"/>, as in the file that the layers come from, otherwise "input".</summary>
    public string? InputName { get; set; }

    /// <summary>What the graph's output is called. Default: <see langword="null"/>, as in the file that the layers come from, otherwise "output".</summary>
    public string? OutputName { get; set; }

    /// <summary>
    /// The operator set, from 13 to 24. Default: <see langword="null"/>, that of the ONNX file that the layers come from where it lies in that range,
    /// otherwise 13, which every runtime of the last years knows.
    /// </summary>
    /// <remarks>All that is written means the same in each of them: the number says only which runtimes take the file.</remarks>
    public int? Opset { get; set; }
}
