using System;
using GeneratedNetworks;
using Spectre.Console;

namespace Gestures;

/// <summary>Shows training as it goes, on the windows that it learns from and on others: a bar on a terminal, a line now and then elsewhere.</summary>
internal static class TrainingScreen
{
    public static FitResult Run(int epochs, Func<IProgress<EpochReport>, FitResult> train)
    {
        if (Console.IsOutputRedirected)
            return train(new TextProgress(Console.Out, every: 4));
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
        string training = FormattableString.Invariant($"epoch {report.Epoch,3}  loss {report.TrainingLoss:f4}");
        return FormattableString.Invariant($"{training}  test {report.ValidationLoss:f4} {report.ValidationAccuracy:p1}");
    }

    /// <summary>On the training thread, so that lines come in order (System.Progress hands them to the thread pool).</summary>
    private sealed class Reporter(Action<EpochReport> report) : IProgress<EpochReport>
    {
        public void Report(EpochReport value) => report(value);
    }
}
