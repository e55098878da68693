namespace GeneratedNetworks;

/// <summary>How far a window reaches beyond the value that it slides over. What lies there counts as 0 in a convolution, and not at all in a pool.</summary>
public enum Padding
{
    /// <summary>Not at all: n elements have ⌊(n − d·(k − 1) − 1) / s⌋ + 1 positions, for a kernel of k, stride s and dilation d.</summary>
    Valid,

    /// <summary>
    /// So far that there are ⌈n / s⌉ positions. Where the number of elements around the value is odd, there is one more behind than in front, as in TensorFlow
    /// and ONNX's SAME_UPPER; PyTorch's <c>padding=1</c> with a stride of 2 is another function, which <c>Pads</c> can say.
    /// </summary>
    Same,

    /// <summary>Only to what was before: d·(k − 1) elements in front and none behind, so that position t sees nothing later than t. For signals.</summary>
    Causal,
}
