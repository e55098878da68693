namespace GeneratedNetworks;

/// <summary>Update rules, by PyTorch's definitions; g is the gradient after clipping and penalties, η the learning rate.</summary>
public enum Optimizer
{
    /// <summary>w ← w − η·g. Default η = 0.01.</summary>
    Sgd,

    /// <summary>v ← μ·v + g (the first v is g), w ← w − η·v. Defaults η = 0.01, μ = 0.9.</summary>
    Momentum,

    /// <summary>v ← μ·v + g (the first v is g), w ← w − η·(g + μ·v). Defaults η = 0.01, μ = 0.9.</summary>
    Nesterov,

    /// <summary>s ← ρ·s + (1 − ρ)·g², w ← w − η·g / (√s + ε). Defaults η = 0.01, ρ = 0.99, ε = 1e-8.</summary>
    RmsProp,

    /// <summary>
    /// Bias-corrected first and second moments m̂, v̂: w ← w − η·m̂ / (√v̂ + ε). Defaults η = 0.001, β₁ = 0.9, β₂ = 0.999, ε = 1e-8.
    /// Source: Kingma and Ba, arXiv:1412.6980.
    /// </summary>
    Adam,

    /// <summary>
    /// <see cref="Adam"/> after w ← w − η·λ·w on weights, never on biases. Default λ = 0.01. Source: Loshchilov and Hutter, arXiv:1711.05101.
    /// </summary>
    AdamW,
}
