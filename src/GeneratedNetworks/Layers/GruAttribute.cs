using System;
using System.Diagnostics;

namespace GeneratedNetworks;

/// <summary>
/// Gated recurrent units over a sequence, [time, features]: z = σ(x·W_z + h₋₁·U_z), r = σ(x·W_r + h₋₁·U_r), n = tanh(x·W_n + r ⊙ (h₋₁·U_n)), h = z ⊙ h₋₁ + (1 − z) ⊙ n, with
/// biases, step by step from h = 0.
/// </summary>
/// <remarks>
/// Parameters, gates in the order z, r, n: kernel W [features, 3·units], recurrent U [units, 3·units], bias [2, 3·units], that of x·W and that of h₋₁·U, or
/// [3·units] without <see cref="ResetAfter"/>. Source: Cho et al., arXiv:1406.1078; Keras' GRU. PyTorch and cuDNN have the order r, z, n.
/// </remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
[Conditional("GENERATEDNETWORKS_KEEP_ATTRIBUTES")]
public sealed class GruAttribute : RecurrentAttribute
{
    /// <summary>Adds a layer of gated recurrent units.</summary>
    /// <param name="units">The size of the state, positive.</param>
    public GruAttribute(int units)
        : base(units)
    {
    }

    /// <summary>
    /// Whether the reset gate r multiplies h₋₁·U_n, as in PyTorch, cuDNN and Keras' default, or h₋₁ before its product, as in the paper and ONNX' default. Default:
    /// <see langword="true"/>.
    /// </summary>
    public bool ResetAfter { get; set; } = true;
}
