using System;
using System.Diagnostics;

namespace GeneratedNetworks;

/// <summary>
/// A convolution of each channel of a signal, [time, features] by itself: y[p, c·multiplier + m] = f(b + Σ x[p·stride + k·dilation − before, c]·W[k, c, m]), W of shape
/// [kernel, inputs, multiplier].
/// </summary>
/// <remarks>What lies outside counts as 0.</remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
[Conditional("GENERATEDNETWORKS_KEEP_ATTRIBUTES")]
public sealed class DepthwiseConv1DAttribute : ConvolutionAttribute
{
    /// <summary>Adds a depthwise convolution.</summary>
    /// <param name="kernel">How many elements a window sees along time, positive.</param>
    /// <param name="activation">The function f.</param>
    public DepthwiseConv1DAttribute(int kernel, Activation activation = Activation.Identity)
        : this(new[] { kernel }, activation)
    {
    }

    /// <summary>Adds a depthwise convolution.</summary>
    /// <param name="kernel">How many elements a window sees, positive.</param>
    /// <param name="activation">The function f.</param>
    public DepthwiseConv1DAttribute(int[] kernel, Activation activation = Activation.Identity)
    {
        Kernel = kernel;
        Activation = activation;
    }

    /// <summary>How many elements a window sees along each axis.</summary>
    public int[] Kernel { get; }

    /// <summary>The function f.</summary>
    public Activation Activation { get; }

    /// <summary>How many outputs each channel gives, positive. Default: 1.</summary>
    public int Multiplier { get; set; } = 1;
}
