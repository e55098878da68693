using System;
using System.Diagnostics;

namespace GeneratedNetworks;

/// <summary>The mean of each window over [height, width, channels], channel by channel.</summary>
/// <remarks>
/// A window divides by how many elements it has inside the value, unless <see cref="CountPadding"/> says otherwise.
/// </remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
[Conditional("GENERATEDNETWORKS_KEEP_ATTRIBUTES")]
public sealed class AveragePool2DAttribute : UnaryLayerAttribute
{
    /// <summary>Adds a pool with a window of one size.</summary>
    /// <param name="size">Rows and columns of a window, positive.</param>
    public AveragePool2DAttribute(int size) => Size = [size, size];

    /// <summary>Adds a pool.</summary>
    /// <param name="size">Rows and columns of a window, each positive: [3, 2].</param>
    public AveragePool2DAttribute(int[] size) => Size = size;

    /// <summary>The window's size.</summary>
    public int[] Size { get; }

    /// <summary>From one window to the next. Default: the window's size.</summary>
    public int Stride { get; set; }

    /// <summary>The same for each axis, in place of <see cref="Stride"/>.</summary>
    public int[]? Strides { get; set; }

    /// <summary>How far windows reach beyond the value. Default: <see cref="Padding.Valid"/>, not at all.</summary>
    public Padding Padding { get; set; }

    /// <summary>Elements above, to the left, below and to the right of the value, each fewer than the window has; in place of <see cref="Padding"/>.</summary>
    public int[]? Pads { get; set; }

    /// <summary>Whether a last window counts of which a part lies behind the value and what is around it. Default: <see langword="false"/>.</summary>
    public bool CeilMode { get; set; }

    /// <summary>
    /// Whether a window divides by all elements that it has in the value and what <see cref="Padding"/> or <see cref="Pads"/> put around it, which are zeros, as
    /// PyTorch does unless it is told otherwise. Default: <see langword="false"/>.
    /// </summary>
    public bool CountPadding { get; set; }
}
