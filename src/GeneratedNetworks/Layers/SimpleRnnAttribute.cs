using System;
using System.Diagnostics;

namespace GeneratedNetworks;

/// <summary>A simple recurrent layer over a sequence, [time, features]: h = f(x·W + b + h₋₁·U), step by step from h = 0.</summary>
/// <remarks>Parameters: kernel W [features, units], recurrent U [units, units], bias b [units]. Source: Elman, "Finding Structure in Time" (1990); Keras' SimpleRNN.</remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
[Conditional("GENERATEDNETWORKS_KEEP_ATTRIBUTES")]
public sealed class SimpleRnnAttribute : RecurrentAttribute
{
    /// <summary>Adds a simple recurrent layer.</summary>
    /// <param name="units">The size of the state, positive.</param>
    /// <param name="activation">f, of each unit by itself: neither <see cref="GeneratedNetworks.Activation.Softmax"/> nor <see cref="GeneratedNetworks.Activation.LogSoftmax"/>.</param>
    public SimpleRnnAttribute(int units, Activation activation = Activation.Tanh)
        : base(units) => Activation = activation;

    /// <summary>The function applied to each unit.</summary>
    public Activation Activation { get; }
}
