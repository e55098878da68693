namespace GeneratedNetworks;

/// <summary>How the losses of a batch's samples add up, and with them the gradients.</summary>
public enum Reduction
{
    /// <summary>Their mean: the size of a step does not depend on the batch size.</summary>
    Mean,

    /// <summary>Their sum.</summary>
    Sum,
}
