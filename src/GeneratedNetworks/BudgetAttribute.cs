using System;
using System.Diagnostics;

namespace GeneratedNetworks;

/// <summary>Limits what the network may take. What exceeds a limit is an error of the build that says by how much, and which layers take how much.</summary>
/// <remarks>
/// <para>All numbers are known when the network is built, and stand in the first lines of its generated file. A limit that is left out is none.</para>
/// <para>Bytes are those of elements: of arrays, and of what <c>Forward</c> has on the stack. A runtime adds the heads of its objects, on 64-bit .NET 24 bytes
/// for an array.</para>
/// <code>
/// [GeneratedNetwork(64, Emit = EmitProfile.Basic)]
/// [Dense(32, Activation.Relu)]
/// [Dense(10, Activation.Softmax)]
/// [Budget(Parameters = 2500, ForwardBytes = 12000)]
/// public sealed partial class DigitNet { }
/// </code>
/// </remarks>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
[Conditional("GENERATEDNETWORKS_KEEP_ATTRIBUTES")]
public sealed class BudgetAttribute : Attribute
{
    /// <summary>The most parameters, as the network's <c>ParameterCount</c> counts them: padding is none of them.</summary>
    public long Parameters { get; set; } = long.MaxValue;

    /// <summary>
    /// The most bytes of constants that the network adds to the assembly: the parameters that <see cref="WeightsAttribute"/> or a model file embeds, and 0 where
    /// nothing is embedded. Code is not among them; <c>gennet inspect</c> tells its size.
    /// </summary>
    public long Bytes { get; set; } = long.MaxValue;

    /// <summary>
    /// The most bytes of memory that running takes: the network's parameters with their padding, and the values of the samples that <c>Forward</c> works on at
    /// once. The latter are on the stack of each thread that calls it, once for each thread where that is too small, and in the network in profile
    /// <see cref="EmitProfile.Basic"/>.
    /// </summary>
    public long ForwardBytes { get; set; } = long.MaxValue;

    /// <summary>
    /// The most bytes of memory that training takes, for one thread: <see cref="ForwardBytes"/>, and the trainer's gradients, moments, transposed weights and
    /// values. They do not depend on the batch. Without <see cref="TrainingAttribute"/> there is no trainer, and nothing to limit.
    /// </summary>
    public long TrainingBytes { get; set; } = long.MaxValue;

    /// <summary>The most multiply-adds of one sample's way through the layers' products. Biases and activations are none of them.</summary>
    public long MultiplyAdds { get; set; } = long.MaxValue;
}
