namespace GeneratedNetworks.Generator.Operations;

/// <summary>Where a tensor lives.</summary>
internal enum TensorRole
{
    /// <summary>The caller's inputs, rows without padding.</summary>
    Input,

    /// <summary>The caller's outputs, rows without padding.</summary>
    Output,

    /// <summary>The caller's gradients of its own loss with respect to the outputs.</summary>
    OutputGradients,

    /// <summary>The caller's buffer for gradients with respect to the inputs.</summary>
    InputGradients,

    /// <summary>Rows of a chunk in our own memory, padded to whole panels.</summary>
    Scratch,
}

/// <summary>A value of every sample in a chunk: <paramref name="Width"/> elements a row, rows <paramref name="Stride"/> apart.</summary>
internal sealed record Tensor(string Name, int Width, int Stride, TensorRole Role)
{
    /// <summary>Tells the gradient of value "h" from the value of a layer called "hGradient".</summary>
    public bool IsGradient { get; init; }

    public bool IsScratch => Role == TensorRole.Scratch;
}
