namespace GeneratedNetworks.Generator.Planning;

/// <summary>One dense layer's parameters and where they lie in the flat parameter array (and, alike, in the gradients and moments).</summary>
/// <param name="Layer">The layer's name.</param>
/// <param name="Inputs">Fan-in.</param>
/// <param name="Outputs">Fan-out.</param>
/// <param name="Panel">Outputs per panel: element (i, o) lies at Offset + (o / Panel)·Inputs·Panel + i·Panel + o mod Panel.</param>
/// <param name="Stride">Outputs padded to whole panels.</param>
/// <param name="Offset">Start of the weights, a multiple of a cache line.</param>
/// <param name="BiasOffset">Start of the bias, or −1.</param>
/// <param name="TransposedOffset">Start of the packed Wᵀ in the trainer's memory, or −1 where no input gradient is needed.</param>
/// <param name="TransposedPanel">Inputs per panel of Wᵀ.</param>
/// <param name="Frozen">Not trained.</param>
internal sealed record DenseWeights(
    string Layer,
    int Inputs,
    int Outputs,
    int Panel,
    int Stride,
    int Offset,
    int BiasOffset,
    int TransposedOffset,
    int TransposedPanel,
    bool Frozen)
{
    public bool HasBias => BiasOffset >= 0;

    /// <summary>Padded elements of the weights alone.</summary>
    public int Length => Inputs * Stride;

    /// <summary>Inputs padded to whole panels of Wᵀ.</summary>
    public int TransposedStride => (Inputs + TransposedPanel - 1) / TransposedPanel * TransposedPanel;
}
