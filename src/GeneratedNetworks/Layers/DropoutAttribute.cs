using System;
using System.Diagnostics;

namespace GeneratedNetworks;

/// <summary>Dropout: while training, each element is set to 0 with probability p and the others are scaled by 1 / (1 − p). Otherwise y = x.</summary>
/// <remarks>
/// The mask is a hash of the trainer's seed, the step, the sample's place in the batch and the element: the same seed gives the same masks on every
/// runtime. Source: Srivastava et al., "Dropout", JMLR 15 (2014), in its inverted form.
/// </remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
[Conditional("GENERATEDNETWORKS_KEEP_ATTRIBUTES")]
public sealed class DropoutAttribute : UnaryLayerAttribute
{
    /// <summary>Adds a dropout layer. It cannot be the last layer.</summary>
    /// <param name="rate">The probability p with which an element is dropped, in [0, 1).</param>
    public DropoutAttribute(double rate) => Rate = rate;

    /// <summary>The probability with which an element is dropped.</summary>
    public double Rate { get; }
}
