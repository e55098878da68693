using System.Collections.Generic;

namespace GeneratedNetworks;

/// <summary>How far a run has come: what a checkpoint keeps beside the parameters and the optimizer's state.</summary>
/// <param name="best">Where the best epoch's parameters and state are kept; null where they are not wanted.</param>
internal sealed class FitProgress<T>(Snapshot<T>? best)
    where T : struct
{
    public List<EpochReport> History { get; } = [];

    public int Epoch => History.Count;

    public int BestEpoch { get; set; }

    public int EpochsWithoutBetter { get; set; }

    /// <summary>What the trainer was after the best epoch, once there is one; null where that is not wanted.</summary>
    public Snapshot<T>? Best { get; } = best;

    public bool IsBetter(double loss, double minDelta) =>
        Finite.Is(loss) && (BestEpoch == 0 || loss < History[BestEpoch - 1].Monitored - minDelta);

    public void Add(in EpochReport report)
    {
        History.Add(report);
        if (!report.IsBest)
        {
            EpochsWithoutBetter++;
            return;
        }

        EpochsWithoutBetter = 0;
        BestEpoch = report.Epoch;
        Best?.Take();
    }
}
