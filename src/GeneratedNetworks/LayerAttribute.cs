using System;

namespace GeneratedNetworks;

/// <summary>The base of every layer attribute.</summary>
/// <remarks>
/// Layers run in the order in which their attributes are written. Only the declaration that carries
/// <see cref="GeneratedNetworkAttribute"/> is read: a layer on another part of a partial class is an error.
/// </remarks>
public abstract class LayerAttribute : Attribute
{
    private protected LayerAttribute()
    {
    }

    /// <summary>
    /// The layer's name: letters, digits and <c>_</c>, starting with a letter, unique in the network ignoring case. It prefixes the names of
    /// the layer's parameters (<c>hidden.weight</c>). Default: <see langword="null"/>, the kind and its number among its kind (<c>dense1</c>).
    /// </summary>
    public string? Name { get; set; }
}
