namespace GeneratedNetworks;

/// <summary>How the weights of a layer with n inputs and m outputs are drawn. Normals are not truncated. Biases start at 0.</summary>
public enum Initializer
{
    /// <summary>
    /// By the layer's activation: <see cref="LeCunNormal"/> for Selu; <see cref="HeNormal"/> for Relu, LeakyRelu, Elu, Relu6, Gelu, GeluTanh, Silu,
    /// Mish and HardSwish; otherwise <see cref="GlorotUniform"/>.
    /// </summary>
    Auto,

    /// <summary>Uniform in ±√(6 / (n + m)). Source: Glorot and Bengio, AISTATS 2010.</summary>
    GlorotUniform,

    /// <summary>Normal, standard deviation √(2 / (n + m)). Source: Glorot and Bengio, AISTATS 2010.</summary>
    GlorotNormal,

    /// <summary>Uniform in ±√(6 / n). Source: He et al., arXiv:1502.01852.</summary>
    HeUniform,

    /// <summary>Normal, standard deviation √(2 / n). Source: He et al., arXiv:1502.01852.</summary>
    HeNormal,

    /// <summary>Normal, standard deviation √(1 / n). Source: LeCun et al., "Efficient BackProp" (1998).</summary>
    LeCunNormal,

    /// <summary>All 0.</summary>
    Zeros,

    /// <summary>
    /// Rows, or where there are more rows than columns columns, of length 1 and at right angles to each other: the factor Q of normal numbers, its signs those of the diagonal
    /// of R. Source: Saxe, McClelland, Ganguli, arXiv:1312.6120; as Keras' Orthogonal.
    /// </summary>
    Orthogonal,
}
