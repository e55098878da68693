using System;
using GeneratedNetworks;
using Spectre.Console;

namespace Digits;

/// <summary>Shows training as it goes: a bar and the loss on a terminal, a line now and then elsewhere.</summary>
internal static class TrainingScreen
{
    public static FitResult Run(int epochs, Func<IProgress<EpochReport>, FitResult> train)
    {
        if (Console.IsOutputRedirected)
            return train(new Reporter(PrintSome));
        return AnsiConsole.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .Start(context =>
            {
                ProgressTask bar = context.AddTask("training", maxValue: epochs);
                return train(new Reporter(report =>
                {
                    bar.Description = FormattableString.Invariant($"epoch {report.Epoch,3}  loss {report.TrainingLoss:f4}");
                    bar.Value = report.Epoch;
                }));
            });
    }

    private static void PrintSome(EpochReport report)
    {
        if (report.Epoch == 1 || report.Epoch % 10 == 0)
            Console.WriteLine(report.ToString());
    }

    /// <summary>On the training thread, so that lines come in order (System.Progress hands them to the thread pool).</summary>
    private sealed class Reporter(Action<EpochReport> report) : IProgress<EpochReport>
    {
        public void Report(EpochReport value) => report(value);
    }
}
