using System;
using System.Diagnostics;

namespace GeneratedNetworks;

/// <summary>The largest element of each window over [time, features], channel by channel.</summary>
/// <remarks>
/// NaN wins, and what lies around the value is not seen. The gradient goes to the first of the largest, row by row.
/// </remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
[Conditional("GENERATEDNETWORKS_KEEP_ATTRIBUTES")]
public sealed class MaxPool1DAttribute : UnaryLayerAttribute
{
    /// <summary>Adds a pool with a window of one size.</summary>
    /// <param name="size">Elements of a window, positive.</param>
    public MaxPool1DAttribute(int size) => Size = [size];

    /// <summary>Adds a pool.</summary>
    /// <param name="size">The same, as a list of one.</param>
    public MaxPool1DAttribute(int[] size) => Size = size;

    /// <summary>The window's size.</summary>
    public int[] Size { get; }

    /// <summary>From one window to the next. Default: the window's size.</summary>
    public int Stride { get; set; }

    /// <summary>The same for each axis, in place of <see cref="Stride"/>.</summary>
    public int[]? Strides { get; set; }

    /// <summary>How far windows reach beyond the value. Default: <see cref="Padding.Valid"/>, not at all.</summary>
    public Padding Padding { get; set; }

    /// <summary>Elements before and after the value, each fewer than the window has; in place of <see cref="Padding"/>.</summary>
    public int[]? Pads { get; set; }

    /// <summary>Whether a last window counts of which a part lies behind the value and what is around it. Default: <see langword="false"/>.</summary>
    public bool CeilMode { get; set; }
}
