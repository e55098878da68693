namespace GeneratedNetworks.Generator.Operations;

/// <summary>What the elements of a tensor are.</summary>
internal enum ElementType
{
    /// <summary>32 bits, floating-point.</summary>
    Single,

    /// <summary>64 bits, floating-point.</summary>
    Double,

    /// <summary>32 bits, a whole number: an index, a count.</summary>
    Int32,
}
