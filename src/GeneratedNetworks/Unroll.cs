namespace GeneratedNetworks;

/// <summary>Whether loops over a layer's elements are written out.</summary>
public enum Unroll
{
    /// <summary>Where it pays and the compiler's limits allow it.</summary>
    Auto,

    /// <summary>Everywhere the compiler's limits allow it.</summary>
    Full,

    /// <summary>Nowhere: the smallest code.</summary>
    None,
}
