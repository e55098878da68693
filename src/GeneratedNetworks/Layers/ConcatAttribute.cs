using System;
using System.Diagnostics;

namespace GeneratedNetworks;

/// <summary>Two or more values side by side along the last axis: [h, w, a] and [h, w, b] become [h, w, a + b]; then y = f(…).</summary>
/// <remarks>All axes but the last are equal.</remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
[Conditional("GENERATEDNETWORKS_KEEP_ATTRIBUTES")]
public sealed class ConcatAttribute : LayerAttribute
{
    /// <summary>Adds a concatenation.</summary>
    /// <param name="from">
    /// Two or more names of layers or inputs that are declared above; <c>x</c> is the input of a network with one.
    /// </param>
    public ConcatAttribute(params string[] from) => From = from;

    /// <summary>The values that are read, in order.</summary>
    public string[] From { get; }

    /// <summary>The function f. Default: <see cref="GeneratedNetworks.Activation.Identity"/>.</summary>
    public Activation Activation { get; set; }
}
