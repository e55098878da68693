using System;
using System.Diagnostics;

namespace GeneratedNetworks;

/// <summary>The product of two or more values of one shape, element by element: y = f(a ⊙ b ⊙ …).</summary>
/// <remarks>A value may be there twice, which squares it. Backward: da = dy ⊙ b, db = dy ⊙ a.</remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
[Conditional("GENERATEDNETWORKS_KEEP_ATTRIBUTES")]
public sealed class MultiplyAttribute : LayerAttribute
{
    /// <summary>Adds a product.</summary>
    /// <param name="from">
    /// Two or more names of layers or inputs that are declared above; <c>x</c> is the input of a network with one.
    /// </param>
    public MultiplyAttribute(params string[] from) => From = from;

    /// <summary>The values that are read, in order.</summary>
    public string[] From { get; }

    /// <summary>The function f. Default: <see cref="GeneratedNetworks.Activation.Identity"/>.</summary>
    public Activation Activation { get; set; }
}
