using System;
using System.IO;

namespace GeneratedNetworks;

/// <summary>Writes a line per epoch while <see cref="TrainingExtensions.Fit{T}"/> trains: <c>new TextProgress(Console.Out)</c>.</summary>
/// <remarks>
/// Lines are written in order, on the thread that trains, and the writer is flushed after each: all of them are there when
/// <see cref="TrainingExtensions.Fit{T}"/> returns, which <see cref="Progress{T}"/> does not promise.
/// </remarks>
public sealed class TextProgress : IProgress<EpochReport>
{
    private readonly TextWriter _writer;
    private readonly int _every;

    /// <summary>Writes to any writer.</summary>
    /// <param name="writer">Where to; not closed.</param>
    /// <param name="every">
    /// After how many epochs a line is due, positive. The first and the last epoch have one too, and one in which training diverged. An end before
    /// the last epoch, by patience or by <see cref="FitStep.Stop"/>, shows in the <see cref="FitResult"/>.
    /// </param>
    /// <exception cref="ArgumentNullException"><paramref name="writer"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="every"/> is not positive.</exception>
    public TextProgress(TextWriter writer, int every = 1)
    {
        if (every <= 0)
            throw new ArgumentOutOfRangeException(nameof(every), every, FormattableString.Invariant($"{nameof(every)} is {every}; it must be positive."));
        _writer = writer ?? throw new ArgumentNullException(nameof(writer));
        _every = every;
    }

    /// <summary>Writes an epoch's line where one is due, and before it what <see cref="EpochReport.Note"/> says.</summary>
    /// <param name="value">The epoch's report.</param>
    public void Report(EpochReport value)
    {
        bool isFirstOrLast = value.Epoch == 1 || value.Epoch == value.Epochs;
        if (!isFirstOrLast && value.Epoch % _every != 0 && Finite.Is(value.TrainingLoss) && value.Note is null)
            return;
        if (value.Note is { } note)
            _writer.WriteLine("note: " + note);
        _writer.WriteLine(value.ToString());
        _writer.Flush();
    }
}
