using System;
using System.Diagnostics;

namespace GeneratedNetworks;

/// <summary>
/// An input by name, where a network has several: they lie one after another, in this order, in each row of inputs. Layers read them by <c>From</c> or in a
/// layer that joins values; the first layer reads the first input.
/// </summary>
/// <remarks><see cref="GeneratedNetworkAttribute"/> then has no shape.</remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
[Conditional("GENERATEDNETWORKS_KEEP_ATTRIBUTES")]
public sealed class InputAttribute : Attribute
{
    /// <summary>Declares an input.</summary>
    /// <param name="name">Letters, digits and <c>_</c>, starting with a letter; unique among inputs and layers, ignoring case.</param>
    /// <param name="shape">The extents of one sample's part, each positive, channels last.</param>
    public InputAttribute(string name, params int[] shape)
    {
        Name = name;
        Shape = shape;
    }

    /// <summary>The input's name.</summary>
    public string Name { get; }

    /// <summary>The extents of one sample's part.</summary>
    public int[] Shape { get; }
}
