using System;
using System.Diagnostics;

namespace GeneratedNetworks;

/// <summary>A fully connected layer: y = f(x·W + b), with W of shape [inputs, units] and b of shape [units]. Its input is flattened, unless <see cref="PerStep"/> says otherwise.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
[Conditional("GENERATEDNETWORKS_KEEP_ATTRIBUTES")]
public sealed class DenseAttribute : UnaryLayerAttribute
{
    /// <summary>Adds a fully connected layer.</summary>
    /// <param name="units">The number of outputs, positive.</param>
    /// <param name="activation">
    /// The function f applied to each output. <see cref="GeneratedNetworks.Activation.Softmax"/> and
    /// <see cref="GeneratedNetworks.Activation.LogSoftmax"/> act on all outputs together and are allowed on the last layer only.
    /// </param>
    public DenseAttribute(int units, Activation activation = Activation.Identity)
    {
        Units = units;
        Activation = activation;
    }

    /// <summary>The number of outputs.</summary>
    public int Units { get; }

    /// <summary>The function applied to each output.</summary>
    public Activation Activation { get; }

    /// <summary>Whether the layer adds a bias b. Default: <see langword="true"/>.</summary>
    public bool UseBias { get; set; } = true;

    /// <summary>How W is drawn when the network is constructed; b starts at 0. Default: <see cref="Initializer.Auto"/>.</summary>
    public Initializer Initializer { get; set; }

    /// <summary>
    /// Whether training leaves this layer's parameters as they are: no gradient, penalty, decay, share in the clipped norm, or update.
    /// Parameter counts and their order do not change. Default: <see langword="false"/>.
    /// </summary>
    public bool Frozen { get; set; }

    /// <summary>
    /// Whether it acts on the last axis, with the same W for every step along the others, as in Keras and PyTorch: [time, inputs] becomes [time, units], and not
    /// [units]. Default: <see langword="false"/>.
    /// </summary>
    public bool PerStep { get; set; }
}
