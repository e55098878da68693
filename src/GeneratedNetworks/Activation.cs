namespace GeneratedNetworks;

/// <summary>Activation functions. Where a function has a kink its derivative there is PyTorch's. NaN in, NaN out.</summary>
public enum Activation
{
    /// <summary>x.</summary>
    Identity,

    /// <summary>max(0, x); derivative 0 at 0.</summary>
    Relu,

    /// <summary>x for x &gt; 0, otherwise 0.01·x.</summary>
    LeakyRelu,

    /// <summary>x for x &gt; 0, otherwise eˣ − 1. Source: Clevert et al., arXiv:1511.07289, α = 1.</summary>
    Elu,

    /// <summary>λ·x for x &gt; 0, otherwise λ·α·(eˣ − 1), λ ≈ 1.0507, α ≈ 1.6733. Source: Klambauer et al., arXiv:1706.02515.</summary>
    Selu,

    /// <summary>x·Φ(x) with the normal distribution function Φ, exact through erf. Source: Hendrycks and Gimpel, arXiv:1606.08415.</summary>
    Gelu,

    /// <summary>½·x·(1 + tanh(√(2/π)·(x + 0.044715·x³))), the approximation of <see cref="Gelu"/> from the same source.</summary>
    GeluTanh,

    /// <summary>x·σ(x), also called swish. Source: Elfwing et al., arXiv:1702.03118.</summary>
    Silu,

    /// <summary>x·tanh(ln(1 + eˣ)). Source: Misra, arXiv:1908.08681.</summary>
    Mish,

    /// <summary>ln(1 + eˣ).</summary>
    Softplus,

    /// <summary>x / (1 + |x|).</summary>
    Softsign,

    /// <summary>tanh x, in [−1, 1].</summary>
    Tanh,

    /// <summary>σ(x) = 1 / (1 + e⁻ˣ), in [0, 1].</summary>
    Sigmoid,

    /// <summary>x/6 + ½ clipped to [0, 1].</summary>
    HardSigmoid,

    /// <summary>x clipped to [−1, 1].</summary>
    HardTanh,

    /// <summary>x·clip(x/6 + ½, 0, 1). Source: Howard et al., arXiv:1905.02244.</summary>
    HardSwish,

    /// <summary>x clipped to [0, 6].</summary>
    Relu6,

    /// <summary>eˣⁱ / Σⱼ eˣʲ over all outputs of the network: positive, summing to 1. On the output only.</summary>
    Softmax,

    /// <summary>The logarithm of <see cref="Softmax"/>. On the output only.</summary>
    LogSoftmax,

    /// <summary>ln σ(x) = −ln(1 + e⁻ˣ), at most 0. Computed as min(0, x) − ln(1 + e^(−|x|)), which overflows nowhere.</summary>
    LogSigmoid,
}
