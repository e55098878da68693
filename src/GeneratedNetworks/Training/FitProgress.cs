using System.Collections.Generic;

namespace GeneratedNetworks;

/// <summary>How far a run has come: what a checkpoint keeps beside the parameters and the optimizer's state.</summary>
internal sealed class FitProgress<T>(int bestLength)
    where T : struct
{
    public List<EpochReport> History { get; } = [];

    public int Epoch => History.Count;

    public int BestEpoch { get; set; }

    public int EpochsWithoutBetter { get; set; }

    /// <summary>The parameters of the best epoch, or empty where they are not wanted.</summary>
    public T[] BestParameters { get; } = new T[bestLength];

    public bool IsBetter(double loss, double minDelta) =>
        !double.IsNaN(loss) && !double.IsInfinity(loss) && (BestEpoch == 0 || loss < History[BestEpoch - 1].Monitored - minDelta);

    public void Add(EpochReport report, INetwork<T> network)
    {
        History.Add(report);
        if (!report.IsBest)
        {
            EpochsWithoutBetter++;
            return;
        }

        EpochsWithoutBetter = 0;
        BestEpoch = report.Epoch;
        if (BestParameters.Length > 0)
            network.GetParameters(BestParameters);
    }
}
