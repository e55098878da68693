using System;
using System.Diagnostics;

namespace GeneratedNetworks;

/// <summary>The mean over all positions, channel by channel: [height, width, channels] becomes [channels].</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
[Conditional("GENERATEDNETWORKS_KEEP_ATTRIBUTES")]
public sealed class GlobalAveragePoolAttribute : UnaryLayerAttribute
{
}
