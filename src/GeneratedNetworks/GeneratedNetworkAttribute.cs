using System;
using System.Diagnostics;

namespace GeneratedNetworks;

/// <summary>
/// Turns a partial class into a neural network: the code that runs it, and trains it where <see cref="TrainingAttribute"/> stands, is generated.
/// </summary>
/// <remarks>
/// <para>Layers are the <see cref="LayerAttribute"/>s of the same declaration and run in the order in which they are written.</para>
/// <code>
/// [GeneratedNetwork(64)]
/// [Dense(32, Activation.Sigmoid)]
/// [Dense(10, Activation.Softmax)]
/// [Training(Loss.CrossEntropy)]
/// public sealed partial class DigitNet;
/// </code>
/// </remarks>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
[Conditional("GENERATEDNETWORKS_KEEP_ATTRIBUTES")]
public sealed class GeneratedNetworkAttribute : Attribute
{
    /// <summary>Declares a network by the shape of one input sample.</summary>
    /// <param name="inputShape">
    /// The extents of one sample, each positive: <c>64</c> for a vector, <c>28, 28, 1</c> for an image. Row-major, channels last.
    /// Their product is the network's input size.
    /// </param>
    public GeneratedNetworkAttribute(params int[] inputShape) => InputShape = inputShape;

    /// <summary>The extents of one input sample, row-major, channels last.</summary>
    public int[] InputShape { get; }

    /// <summary>The floating-point type of inputs, parameters and outputs. Default: <see cref="Precision.Single"/>.</summary>
    public Precision Precision { get; set; }

    /// <summary>What the emitted code may use. Default: <see cref="EmitProfile.Auto"/>, chosen from the project that is compiled.</summary>
    public EmitProfile Emit { get; set; }

    /// <summary>Whether loops are written out. Default: <see cref="Unroll.Auto"/>, where it pays.</summary>
    public Unroll Unroll { get; set; }

    /// <summary>Whether the same numbers must come out wherever the network runs. Default: <see cref="Numerics.Fast"/>.</summary>
    public Numerics Numerics { get; set; }

    /// <summary>
    /// Whether the network also runs frame by frame: its inputs' first axis is time, and <c>ForwardStream</c> takes any number of steps of it, with a memory of the caller's that
    /// holds the states of recurrent layers and the last frames of causal convolutions. Default: <see langword="false"/>.
    /// </summary>
    public bool Streaming { get; set; }

    /// <summary>
    /// A model file (ONNX, TFLite, Keras) from which the input shape, the layers and the trained parameters come; the declaration then has neither an input
    /// shape nor layers of its own. The path as the project names it in <c>&lt;NetworkModel Include="digits.onnx" /&gt;</c>, or its end. Default: none.
    /// </summary>
    public string? Model { get; set; }

    /// <summary>
    /// The value of <see cref="Model"/> that the network ends in, by the file's name for it: one of its outputs, or a value inside; or all of its outputs, their
    /// names in the file's order with commas between, "policy, value". What that does not need is left out. Needed where a file has several outputs; the error
    /// then lists them. Default: the file's only output.
    /// </summary>
    public string? Outputs { get; set; }

    /// <summary>
    /// How many steps a window of <see cref="Model"/>'s input has, at least 1, where the file leaves that open, as recurrent networks often do; an error where it
    /// does not. Default: the number that the file says.
    /// </summary>
    public int Window { get; set; }

    /// <summary>How many layers with parameters of <see cref="Model"/>, in the order of its layers, training leaves as they are. Default: 0.</summary>
    public int FrozenLayers { get; set; }
}
