namespace GeneratedNetworks;

/// <summary>The base of the attributes of recurrent layers, which go through a sequence step by step.</summary>
public abstract class RecurrentAttribute : UnaryLayerAttribute
{
    private protected RecurrentAttribute(int units) => Units = units;

    /// <summary>The size of the state, and of what each step gives.</summary>
    public int Units { get; }

    /// <summary>Whether every step's state is passed on, [time, units], or that of the last step, [units]. Default: <see langword="false"/>.</summary>
    public bool ReturnSequences { get; set; }

    /// <summary>Whether there are biases. Default: <see langword="true"/>.</summary>
    public bool UseBias { get; set; } = true;

    /// <summary>How the kernel W is drawn when the network is constructed. Default: <see cref="Initializer.Auto"/>, which is <see cref="Initializer.GlorotUniform"/> over all gates, as in Keras.</summary>
    public Initializer Initializer { get; set; }

    /// <summary>How U is drawn. Default: <see cref="Initializer.Orthogonal"/>, all gates together, as in Keras.</summary>
    public Initializer RecurrentInitializer { get; set; } = Initializer.Orthogonal;

    /// <summary>Whether training leaves this layer's parameters as they are. Default: <see langword="false"/>.</summary>
    public bool Frozen { get; set; }
}
