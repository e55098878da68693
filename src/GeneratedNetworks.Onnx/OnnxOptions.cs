namespace GeneratedNetworks.Onnx;

/// <summary>How <see cref="OnnxExtensions.SaveOnnx{T}(INetwork{T}, string, OnnxOptions?)"/> calls things.</summary>
public sealed class OnnxOptions
{
    /// <summary>
    /// What the graph's input is called. Default: <see langword="null"/>, as <see cref="InputAttribute"/> says or as in the file that the layers come from, otherwise
    /// "input". Several inputs have the names that they are declared by.
    /// </summary>
    public string? InputName { get; set; }

    /// <summary>
    /// What the graph's output is called. Default: <see langword="null"/>, as <see cref="OutputAttribute"/> says or as in the file that the layers come from, otherwise
    /// "output". Several outputs have the names that they are declared by.
    /// </summary>
    public string? OutputName { get; set; }

    /// <summary>
    /// The operator set, from 13 to 24. Default: <see langword="null"/>, that of the ONNX file that the layers come from where it lies in that range,
    /// otherwise 13, which every runtime of the last years knows.
    /// </summary>
    /// <remarks>
    /// All that is written means the same in each of them: the number says which runtimes take the file. LayerNorm is one operator from 17 on, and several
    /// below.
    /// </remarks>
    public int? Opset { get; set; }

    /// <summary>
    /// Whether the file computes one frame of a stream, as <c>ForwardStreams</c> does for a batch of them, and not a window. Default: <see langword="false"/>.
    /// </summary>
    /// <remarks>
    /// Inputs and outputs have no axis of time then: <c>[batch, features]</c>. What layers remember are further inputs and outputs, which come last: <c>gru1.state_in</c> and
    /// <c>gru1.state_out</c> of shape <c>[batch, units]</c>, of an Lstm also <c>lstm1.memory_in</c>, <c>lstm1.memory_out</c>, and of a causal convolution
    /// <c>conv1.frames_in</c>, <c>conv1.frames_out</c>, its last frames, <c>[batch, frames, channels]</c>, the oldest first. Zeros are the start; what goes out is what
    /// comes in with the next frame.
    /// </remarks>
    public bool Streaming { get; set; }

    /// <summary>
    /// The type of the file's inputs, outputs and weights. Default: <see langword="null"/>, that of the network.
    /// </summary>
    /// <remarks>ONNX Runtime has no convolution, mean pool or transposed convolution in double: networks of these are saved as <see cref="Precision.Single"/> for it.</remarks>
    public Precision? Precision { get; set; }
}
