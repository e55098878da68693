namespace GeneratedNetworks;

/// <summary>Losses of one sample, y the network's outputs, t the targets.</summary>
public enum Loss
{
    /// <summary>The mean over outputs of (y − t)².</summary>
    MeanSquaredError,

    /// <summary>½·Σ (y − t)².</summary>
    SquaredError,

    /// <summary>The mean over outputs of |y − t|; gradient 0 where y = t.</summary>
    MeanAbsoluteError,

    /// <summary>The mean over outputs of ½·(y − t)² where |y − t| ≤ 1, otherwise |y − t| − ½. Source: Huber (1964), δ = 1.</summary>
    Huber,

    /// <summary>The mean over outputs of −t·ln y − (1 − t)·ln(1 − y). Needs a sigmoid output; stable for extreme logits.</summary>
    BinaryCrossEntropy,

    /// <summary>
    /// −Σ t·ln p. Needs a softmax output (y = p) or a log-softmax output (y = ln p); targets need not sum to 1. Stable for extreme logits.
    /// </summary>
    CrossEntropy,
}
