using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace GeneratedNetworks;

/// <summary>What training came to.</summary>
public sealed class FitResult
{
    internal FitResult(IReadOnlyList<EpochReport> history, int bestEpoch, StopReason stopReason, int? restoredEpoch)
    {
        History = history;
        BestEpoch = bestEpoch;
        StopReason = stopReason;
        RestoredEpoch = restoredEpoch;
    }

    /// <summary>One report per epoch, those before a resumed checkpoint included. Where training diverged, the last is of the epoch in which it did.</summary>
    public IReadOnlyList<EpochReport> History { get; }

    /// <summary>The epoch with the best loss, from 1; 0 where no loss was finite.</summary>
    public int BestEpoch { get; }

    /// <summary>The loss of that epoch (validation where there was a set, otherwise training); NaN where there is none.</summary>
    public double BestLoss => BestEpoch == 0 ? double.NaN : History[BestEpoch - 1].Monitored;

    /// <summary>Why training ended.</summary>
    public StopReason StopReason { get; }

    /// <summary>
    /// The epoch in which the loss was first not a finite number, from 1; <see langword="null"/> where training did not diverge.
    /// </summary>
    public int? DivergedEpoch => StopReason == StopReason.Diverged ? History[History.Count - 1].Epoch : null;

    /// <summary>The step of that epoch, from 1; <see langword="null"/> where training did not diverge.</summary>
    public int? DivergedStep => StopReason == StopReason.Diverged ? History[History.Count - 1].Steps : null;

    /// <summary>
    /// After which epoch the parameters and the trainer's state are what <see cref="FitOptions.RestoreBest"/> gave back, 0 being before the first
    /// step; <see langword="null"/> where nothing was given back and both are as the last step left them.
    /// </summary>
    public int? RestoredEpoch { get; }

    /// <summary>Writes the history as CSV: a header, then a line per epoch; numbers in the invariant culture, what is not known left empty.</summary>
    /// <param name="writer">Where to; not closed. Lines end with a line feed.</param>
    /// <exception cref="ArgumentNullException"><paramref name="writer"/> is null.</exception>
    public void WriteCsv(TextWriter writer) => HistoryCsv.Write(History, writer ?? throw new ArgumentNullException(nameof(writer)));

    /// <summary>Writes the history as a CSV file, UTF-8, in place of one that is there.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ArgumentNullException"><paramref name="path"/> is null.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void WriteCsv(string path)
    {
        using StreamWriter writer = new(path ?? throw new ArgumentNullException(nameof(path)));
        WriteCsv(writer);
    }

    /// <summary>
    /// Why and when training ended, its best epoch and what was given back, on one line, in the invariant culture; where it diverged, also what may help, and
    /// where a report has one its <see cref="EpochReport.Note"/>.
    /// </summary>
    public override string ToString()
    {
        string end = DivergedEpoch is { } epoch
            ? FormattableString.Invariant($"Diverged in epoch {epoch}, step {DivergedStep}: ")
            : FormattableString.Invariant($"{StopReason} after {History.Count} epoch{(History.Count == 1 ? "" : "s")}: ");
        string best = BestEpoch == 0 ? "no finite loss" : FormattableString.Invariant($"best loss {BestLoss:g6} in epoch {BestEpoch}");
        string restored = RestoredEpoch switch
        {
            null => "",
            0 => ", the parameters from before are back",
            { } at when at == BestEpoch => ", whose parameters are back",
            { } at => FormattableString.Invariant($", the parameters of epoch {at} are back"),
        };
        string advice = DivergedEpoch is null ? "" : ". A lower LearningRate, ClipNorm or scaled inputs may help";
        string? note = History.Select(report => report.Note).FirstOrDefault(note => note is not null);
        return end + best + restored + advice + (note is null ? "" : ". Note: " + note);
    }
}
