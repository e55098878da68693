using System;
using System.Globalization;
using System.Text;

namespace GeneratedNetworks;

/// <summary>An epoch's report as a line for people, in the invariant culture.</summary>
internal static class EpochText
{
    public static string Line(in EpochReport report)
    {
        StringBuilder text = new();
        string epochs = Number(report.Epochs);
        text.Append("epoch ").Append(Number(report.Epoch).PadLeft(epochs.Length)).Append('/').Append(epochs).Append(": ");
        text.Append("loss ").Append(Digits(report.TrainingLoss));
        if (!Finite.Is(report.TrainingLoss))
            return text.Append(" in step ").Append(Number(report.Steps)).ToString();
        Metric(text, report.TrainingMetric, report.IsAccuracy);
        if (report.ValidationLoss is { } validation)
            text.Append(", validation ").Append(Digits(validation));
        Metric(text, report.ValidationMetric, report.IsAccuracy);
        text.Append(", rate ").Append(Digits(report.LearningRate));
        if (report.GradientNorm is { } norm)
            text.Append(", gradient norm ").Append(Digits(norm));
        if (report.TimePerStep > TimeSpan.Zero)
            text.Append(", ").Append(Duration(report.TimePerStep)).Append("/step");
        if (report.Remaining > TimeSpan.Zero)
            text.Append(", ").Append(Duration(report.Remaining)).Append(" left");
        return text.ToString();
    }

    /// <summary>Two or three digits of the largest unit that fits, and the next one below for minutes and hours.</summary>
    public static string Duration(TimeSpan time)
    {
        double seconds = time.TotalSeconds;
        if (seconds < 0.9995e-3)
            return FormattableString.Invariant($"{seconds * 1e6:0} µs");
        if (seconds < 0.9995)
            return FormattableString.Invariant($"{seconds * 1e3:g3} ms");
        if (seconds < 9.95)
            return FormattableString.Invariant($"{seconds:0.0} s");
        long whole = (long)Math.Round(seconds);
        if (whole < 60)
            return FormattableString.Invariant($"{whole} s");
        return whole < 3600
            ? FormattableString.Invariant($"{whole / 60} min {whole % 60} s")
            : FormattableString.Invariant($"{whole / 3600} h {whole / 60 % 60} min");
    }

    private static void Metric(StringBuilder text, double? value, bool isAccuracy)
    {
        if (value is not { } metric)
            return;
        text.Append(isAccuracy ? FormattableString.Invariant($" accuracy {100 * metric:0.0} %") : FormattableString.Invariant($" R² {metric:0.0000}"));
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Digits(double value) => value.ToString("g4", CultureInfo.InvariantCulture);
}
