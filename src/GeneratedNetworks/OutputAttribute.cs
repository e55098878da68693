using System;
using System.Diagnostics;

namespace GeneratedNetworks;

/// <summary>
/// An output, where a network has several, or one that is not its last layer: they lie one after another, in this order, in each row of outputs and of targets.
/// </summary>
/// <remarks>The loss of the network is the sum of its outputs' losses, each times its weight.</remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
[Conditional("GENERATEDNETWORKS_KEEP_ATTRIBUTES")]
public sealed class OutputAttribute : Attribute
{
    /// <summary>Declares an output that is trained by the loss of <see cref="TrainingAttribute"/>, if there is one.</summary>
    /// <param name="name">The layer that computes it.</param>
    public OutputAttribute(string name) => Name = name;

    /// <summary>Declares an output with a loss of its own; <see cref="TrainingAttribute"/> then has none.</summary>
    /// <param name="name">The layer that computes it.</param>
    /// <param name="loss">What it is trained by.</param>
    public OutputAttribute(string name, Loss loss)
    {
        Name = name;
        Loss = loss;
    }

    /// <summary>The layer that computes it.</summary>
    public string Name { get; }

    /// <summary>What it is trained by; <see langword="null"/> for the loss of all.</summary>
    public Loss? Loss { get; }

    /// <summary>The loss's share in the sum of all: positive and finite. Default: 1.</summary>
    public double Weight { get; set; } = 1;
}
