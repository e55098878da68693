using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;

namespace GeneratedNetworks;

/// <summary>A training history as CSV.</summary>
internal static class HistoryCsv
{
    private const string Header = "epoch,steps,training_loss,validation_loss,training_accuracy,validation_accuracy,training_r_squared,validation_r_squared,"
        + "learning_rate,gradient_norm,is_best,seconds,seconds_per_step";

    public static void Write(IReadOnlyList<EpochReport> history, TextWriter writer)
    {
        writer.Write(Header + "\n");
        foreach (EpochReport report in history)
        {
            string[] fields =
            [
                report.Epoch.ToString(CultureInfo.InvariantCulture),
                report.Steps.ToString(CultureInfo.InvariantCulture),
                Number(report.TrainingLoss),
                Number(report.ValidationLoss),
                Number(report.TrainingAccuracy),
                Number(report.ValidationAccuracy),
                Number(report.TrainingRSquared),
                Number(report.ValidationRSquared),
                Number(report.LearningRate),
                Number(report.GradientNorm),
                report.IsBest ? "1" : "0",
                Number(report.Elapsed.TotalSeconds),
                Number(report.TimePerStep.TotalSeconds),
            ];
            writer.Write(string.Join(",", fields) + "\n");
        }
    }

    /// <summary>The shortest text that reads back as the same number; older frameworks' own does not always, and 17 digits always do.</summary>
    private static string Number(double? value)
    {
        if (value is not { } number)
            return "";
        string text = number.ToString("r", CultureInfo.InvariantCulture);
        bool isSame = !Finite.Is(number) || double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture).Equals(number);
        return isSame ? text : number.ToString("g17", CultureInfo.InvariantCulture);
    }
}
