using System;
using System.Diagnostics;

namespace GeneratedNetworks;

/// <summary>An activation as a layer of its own: y = f(x), of the same shape as its input.</summary>
/// <remarks>
/// As the last layer it is the network's output activation and fuses with the loss as one written on <see cref="DenseAttribute"/> does.
/// </remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
[Conditional("GENERATEDNETWORKS_KEEP_ATTRIBUTES")]
public sealed class ActivationAttribute : UnaryLayerAttribute
{
    /// <summary>Adds an activation layer.</summary>
    /// <param name="activation">The function f. Softmax and log-softmax are allowed on the last layer only.</param>
    public ActivationAttribute(Activation activation) => Activation = activation;

    /// <summary>The function f.</summary>
    public Activation Activation { get; }
}
