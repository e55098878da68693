using System;
using System.Diagnostics;

namespace GeneratedNetworks;

/// <summary>A convolution over a signal, [time, features]: y[t, o] = f(b[o] + Σ x[t·stride + k·dilation − before, c]·W[k, c, o]), W of shape [kernel, inputs / groups, filters].</summary>
/// <remarks>
/// A correlation, as in all frameworks: W is not flipped. What lies outside counts as 0. An output of group g = ⌊o / (filters / groups)⌋ sees the channels of that
/// group alone.
/// </remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
[Conditional("GENERATEDNETWORKS_KEEP_ATTRIBUTES")]
public sealed class Conv1DAttribute : ConvolutionAttribute
{
    /// <summary>Adds a convolution.</summary>
    /// <param name="filters">The number of output channels, positive.</param>
    /// <param name="kernel">How many elements a window sees along time, positive.</param>
    /// <param name="activation">The function f.</param>
    public Conv1DAttribute(int filters, int kernel, Activation activation = Activation.Identity)
        : this(filters, new[] { kernel }, activation)
    {
    }

    /// <summary>Adds a convolution.</summary>
    /// <param name="filters">The number of output channels, positive.</param>
    /// <param name="kernel">How many elements a window sees, positive.</param>
    /// <param name="activation">The function f.</param>
    public Conv1DAttribute(int filters, int[] kernel, Activation activation = Activation.Identity)
    {
        Filters = filters;
        Kernel = kernel;
        Activation = activation;
    }

    /// <summary>The number of output channels.</summary>
    public int Filters { get; }

    /// <summary>How many elements a window sees along each axis.</summary>
    public int[] Kernel { get; }

    /// <summary>The function f.</summary>
    public Activation Activation { get; }

    /// <summary>In how many groups channels and filters are; it divides both. Default: 1.</summary>
    public int Groups { get; set; } = 1;
}
