using System;
using GeneratedNetworks;
using Spectre.Console;

namespace Samples;

/// <summary>Shows training as it goes, training set beside test set: a bar with loss and accuracy on a terminal, a line now and then elsewhere.</summary>
internal static class TrainingScreen
{
    /// <param name="epochs">How many there will be.</param>
    /// <param name="every">After how many there is a line where there is no terminal.</param>
    /// <param name="train">Trains, and reports each epoch.</param>
    public static FitResult Run(int epochs, int every, Func<IProgress<EpochReport>, FitResult> train)
    {
        if (Console.IsOutputRedirected)
            return train(new TextProgress(Console.Out, every));
        return AnsiConsole.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .Start(context =>
            {
                ProgressTask bar = context.AddTask("training", maxValue: epochs);
                return train(new Reporter(report =>
                {
                    bar.Description = Describe(report);
                    bar.Value = report.Epoch;
                }));
            });
    }

    private static string Describe(EpochReport report)
    {
        // Without an accuracy of the training set, which is measured on request, its place is empty.
        string training = FormattableString.Invariant($"epoch {report.Epoch,3}  loss {report.TrainingLoss:f4} {report.TrainingAccuracy:p1}").TrimEnd();
        return FormattableString.Invariant($"{training}  test {report.ValidationLoss:f4} {report.ValidationAccuracy:p1}");
    }

    /// <summary>On the training thread, so that lines come in order (System.Progress hands them to the thread pool).</summary>
    private sealed class Reporter(Action<EpochReport> report) : IProgress<EpochReport>
    {
        public void Report(EpochReport value) => report(value);
    }
}
