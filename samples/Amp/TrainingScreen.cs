using System;
using Spectre.Console;

namespace Amp;

/// <summary>Shows training as it goes: a bar on a terminal, a line now and then elsewhere.</summary>
internal static class TrainingScreen
{
    private const int Every = 10;

    /// <param name="epochs">How many.</param>
    /// <param name="epoch">Trains one, counted from 1, and says its loss.</param>
    public static void Run(int epochs, Func<int, double> epoch)
    {
        if (Console.IsOutputRedirected)
        {
            for (int number = 1; number <= epochs; number++)
            {
                double loss = epoch(number);
                if (number == 1 || number % Every == 0 || number == epochs)
                    Console.WriteLine(Describe(number, loss));
            }

            return;
        }

        AnsiConsole.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .Start(context =>
            {
                ProgressTask bar = context.AddTask("training", maxValue: epochs);
                for (int number = 1; number <= epochs; number++)
                {
                    bar.Description = Describe(number, epoch(number));
                    bar.Value = number;
                }
            });
    }

    private static string Describe(int number, double loss) => FormattableString.Invariant($"epoch {number,3}  mean squared error {loss:f5}");
}
