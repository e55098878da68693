using System;
using System.Diagnostics;

namespace GeneratedNetworks;

/// <summary>
/// Long short-term memory over a sequence, [time, features]: i, f, o = σ(x·W + h₋₁·U + b), g = tanh(x·W + h₋₁·U + b), c = f ⊙ c₋₁ + i ⊙ g, h = o ⊙ tanh(c), step by step from
/// h = c = 0.
/// </summary>
/// <remarks>
/// Parameters, gates in the order i, f, g, o: kernel W [features, 4·units], recurrent U [units, 4·units], bias [4·units]. Source: Hochreiter and Schmidhuber (1997), Gers et al.
/// (2000); Keras' LSTM. PyTorch has the same order and two biases, whose sum is this one.
/// </remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
[Conditional("GENERATEDNETWORKS_KEEP_ATTRIBUTES")]
public sealed class LstmAttribute : RecurrentAttribute
{
    /// <summary>Adds a layer of long short-term memory.</summary>
    /// <param name="units">The size of the state, positive.</param>
    public LstmAttribute(int units)
        : base(units)
    {
    }

    /// <summary>What the biases of the forget gate f start as; the others start as 0. Default: 1. Source: Jozefowicz et al., "An Empirical Exploration of Recurrent Network Architectures" (2015).</summary>
    public double ForgetBias { get; set; } = 1;

    /// <summary>The memory c is held within ± this; its gradient is 0 where it binds. Default: 0, no limit.</summary>
    public double CellClip { get; set; }
}
