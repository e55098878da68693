using System;
using System.Collections.Generic;

namespace GeneratedNetworks;

/// <summary>Why training ended.</summary>
public enum StopReason
{
    /// <summary>All epochs were run.</summary>
    Completed,

    /// <summary>No better loss within the patience.</summary>
    EarlyStopped,

    /// <summary>The training loss was not a finite number any more.</summary>
    Diverged,
}

/// <summary>What training came to.</summary>
public sealed class FitResult
{
    internal FitResult(IReadOnlyList<EpochReport> history, int bestEpoch, StopReason stopReason)
    {
        History = history;
        BestEpoch = bestEpoch;
        StopReason = stopReason;
    }

    /// <summary>One report per epoch, those before a resumed checkpoint included.</summary>
    public IReadOnlyList<EpochReport> History { get; }

    /// <summary>The epoch with the best loss, from 1; 0 where no loss was finite.</summary>
    public int BestEpoch { get; }

    /// <summary>The loss of that epoch (validation where there was a set, otherwise training); NaN where there is none.</summary>
    public double BestLoss => BestEpoch == 0 ? double.NaN : History[BestEpoch - 1].Monitored;

    /// <summary>Why training ended.</summary>
    public StopReason StopReason { get; }

    /// <summary>Why and when training ended and its best epoch, on one line, in the invariant culture.</summary>
    public override string ToString()
    {
        string epochs = FormattableString.Invariant($"{StopReason} after {History.Count} epoch{(History.Count == 1 ? "" : "s")}: ");
        return epochs + (BestEpoch == 0 ? "no finite loss" : FormattableString.Invariant($"best loss {BestLoss:g6} in epoch {BestEpoch}"));
    }
}
