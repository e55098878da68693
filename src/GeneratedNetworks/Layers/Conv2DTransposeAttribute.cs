using System;
using System.Diagnostics;

namespace GeneratedNetworks;

/// <summary>
/// A transposed convolution over a image, [height, width, channels]: every element is spread over a window of a larger output, z[q·stride + k·dilation − crop, o] += x[q, c]·W[k, o, c];
/// then y = f(z + b). W has shape [rows, columns, filters, inputs].
/// </summary>
/// <remarks>
/// <para>n elements become n·stride by <see cref="Padding.Same"/>, n·stride + max(k − stride, 0) by <see cref="Padding.Valid"/>, as in Keras, where k is the reach of a window,
/// dilation included. With <c>Pads</c>, before and after, they are what is cut off, as in PyTorch: (n − 1)·stride + k − before − after + OutputPadding.</para>
/// </remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
[Conditional("GENERATEDNETWORKS_KEEP_ATTRIBUTES")]
public sealed class Conv2DTransposeAttribute : ConvolutionAttribute
{
    /// <summary>Adds a transposed convolution.</summary>
    /// <param name="filters">The number of output channels, positive.</param>
    /// <param name="kernel">Over how many elements each is spread along each axis, positive.</param>
    /// <param name="activation">The function f.</param>
    public Conv2DTransposeAttribute(int filters, int kernel, Activation activation = Activation.Identity)
        : this(filters, new[] { kernel, kernel }, activation)
    {
    }

    /// <summary>Adds a transposed convolution.</summary>
    /// <param name="filters">The number of output channels, positive.</param>
    /// <param name="kernel">Over how many elements each is spread along each axis, height first, positive.</param>
    /// <param name="activation">The function f.</param>
    public Conv2DTransposeAttribute(int filters, int[] kernel, Activation activation = Activation.Identity)
    {
        Filters = filters;
        Kernel = kernel;
        Activation = activation;
    }

    /// <summary>The number of output channels.</summary>
    public int Filters { get; }

    /// <summary>Over how many elements each is spread along each axis.</summary>
    public int[] Kernel { get; }

    /// <summary>The function f.</summary>
    public Activation Activation { get; }

    /// <summary>How many elements the output has more behind its end, along every axis; not negative. Default: 0.</summary>
    public int OutputPadding { get; set; }
}
