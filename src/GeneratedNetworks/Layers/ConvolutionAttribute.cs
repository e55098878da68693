namespace GeneratedNetworks;

/// <summary>The base of convolutions.</summary>
public abstract class ConvolutionAttribute : WindowAttribute
{
    private protected ConvolutionAttribute() => Stride = 1;

    /// <summary>How far elements that a window sees lie apart, along every axis; positive. Default: 1, side by side.</summary>
    public int Dilation { get; set; } = 1;

    /// <summary>The same for each axis, height first, in place of <see cref="Dilation"/>. Default: <see langword="null"/>.</summary>
    public int[]? Dilations { get; set; }

    /// <summary>Whether the layer adds a bias b. Default: <see langword="true"/>.</summary>
    public bool UseBias { get; set; } = true;

    /// <summary>How W is drawn when the network is constructed; b starts at 0. Default: <see cref="Initializer.Auto"/>.</summary>
    public Initializer Initializer { get; set; }

    /// <summary>
    /// Whether training leaves this layer's parameters as they are: no gradient, penalty, decay, share in the clipped norm, or update.
    /// Default: <see langword="false"/>.
    /// </summary>
    public bool Frozen { get; set; }
}
