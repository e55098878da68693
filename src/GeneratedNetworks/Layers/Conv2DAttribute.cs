using System;
using System.Diagnostics;

namespace GeneratedNetworks;

/// <summary>A convolution over a image, [height, width, channels]: y[p, o] = f(b[o] + Σ x[p·stride + k·dilation − before, c]·W[k, c, o]), W of shape [rows, columns, inputs / groups, filters].</summary>
/// <remarks>
/// A correlation, as in all frameworks: W is not flipped. What lies outside counts as 0. An output of group g = ⌊o / (filters / groups)⌋ sees the channels of that
/// group alone.
/// </remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
[Conditional("GENERATEDNETWORKS_KEEP_ATTRIBUTES")]
public sealed class Conv2DAttribute : ConvolutionAttribute
{
    /// <summary>Adds a convolution.</summary>
    /// <param name="filters">The number of output channels, positive.</param>
    /// <param name="kernel">How many elements a window sees along each axis, positive.</param>
    /// <param name="activation">The function f.</param>
    public Conv2DAttribute(int filters, int kernel, Activation activation = Activation.Identity)
        : this(filters, new[] { kernel, kernel }, activation)
    {
    }

    /// <summary>Adds a convolution.</summary>
    /// <param name="filters">The number of output channels, positive.</param>
    /// <param name="kernel">How many elements a window sees along each axis, height first, positive.</param>
    /// <param name="activation">The function f.</param>
    public Conv2DAttribute(int filters, int[] kernel, Activation activation = Activation.Identity)
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
