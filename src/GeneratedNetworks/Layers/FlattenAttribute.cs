using System;
using System.Diagnostics;

namespace GeneratedNetworks;

/// <summary>Flattens its input: y = x, with the shape [height, width, channels] becoming [height·width·channels], row-major.</summary>
/// <remarks>It has no parameters and costs nothing at run time. <see cref="DenseAttribute"/> flattens its input by itself.</remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
[Conditional("GENERATEDNETWORKS_KEEP_ATTRIBUTES")]
public sealed class FlattenAttribute : UnaryLayerAttribute
{
}
