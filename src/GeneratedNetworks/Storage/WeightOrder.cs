namespace GeneratedNetworks;

/// <summary>Which axis of a weight matrix comes first in a file.</summary>
public enum WeightOrder
{
    /// <summary><c>[in, out]</c>, the canonical order of this library and of Keras.</summary>
    InOut,

    /// <summary><c>[out, in]</c>, the order of PyTorch's <c>nn.Linear</c>.</summary>
    OutIn,
}
