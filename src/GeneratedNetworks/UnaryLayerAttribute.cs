namespace GeneratedNetworks;

/// <summary>The base of every layer attribute with one input.</summary>
public abstract class UnaryLayerAttribute : LayerAttribute
{
    private protected UnaryLayerAttribute()
    {
    }

    /// <summary>
    /// The layer, or the input, that this layer reads: one that is declared above it, by its name; <c>x</c> is the input of a network with one. Default:
    /// <see langword="null"/>, the layer above it.
    /// </summary>
    public string? From { get; set; }
}
