using System;
using System.Diagnostics;

namespace GeneratedNetworks;

/// <summary>The same elements in another shape, row-major: [4, 6] seen as [2, 3, 4].</summary>
/// <remarks>It has no parameters and no code at run time.</remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
[Conditional("GENERATEDNETWORKS_KEEP_ATTRIBUTES")]
public sealed class ReshapeAttribute : UnaryLayerAttribute
{
    /// <summary>Adds a change of shape.</summary>
    /// <param name="shape">The extents, each positive, of as many elements as there are.</param>
    public ReshapeAttribute(params int[] shape) => Shape = shape;

    /// <summary>The extents.</summary>
    public int[] Shape { get; }
}
