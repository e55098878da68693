using System;
using System.IO;
using System.Linq;
using GeneratedNetworks;

namespace ImportedDigits;

/// <summary>A convolutional network that was trained on the digits 0 to 4 keeps what it knows of strokes and learns 5 to 9, in step with PyTorch.</summary>
internal static class OtherDigits
{
    // As in train_convolutions.py.
    private const int Steps = 200;
    private const float Rate = 0.03f;

    public static void Learn(Dataset<float> train, Dataset<float> test, Report report)
    {
        Dataset<float> known = FiveFrom(0, test);
        Dataset<float> pictures = FiveFrom(5, train);
        Dataset<float> others = FiveFrom(5, test);
        HighDigits network = new();
        string parts = string.Join(", ", HighDigits.ParameterLayout.ToArray().Select(part => part.Name));
        report.Line("convolutional", $"{HighDigits.InputSize} inputs, {HighDigits.OutputSize} outputs, {HighDigits.ParameterCount} parameters: {parts}");
        double first = network.Accuracy(known);
        report.Check("0 to 4", first > 0.9, $"{100 * first:f1} % of {known.Count} digits, as it came");
        double gap = Gap("expected_low.csv", network, others);
        report.Check("against PyTorch", gap <= 1e-5, $"outputs for 5 to 9 differ by {gap:g2} at most");

        double before = network.Accuracy(others);
        HighDigits.Trainer trainer = new(network) { LearningRate = Rate };
        for (int step = 0; step < Steps; step++)
            _ = trainer.Step(pictures.Inputs, pictures.Targets); // all pictures at once: there is no order to agree upon
        double after = network.Accuracy(others);
        report.Check("5 to 9", after > 0.9 && after > before + 0.5, $"{100 * before:f1} % before, {100 * after:f1} % after {Steps} steps of the last layer");
        gap = Gap("expected_high.csv", network, others);
        report.Check("against PyTorch", gap <= 1e-3, $"after the same steps in double precision there outputs differ by {gap:g2} at most");
    }

    /// <summary>The pictures of five digits, which are the classes 0 to 4.</summary>
    private static Dataset<float> FiveFrom(int first, Dataset<float> digits)
    {
        int[] rows = [.. Enumerable.Range(0, digits.Count).Where(row => digits.GetTargets(row).IndexOf(1f) - first is >= 0 and < 5)];
        Dataset<float> chosen = digits.Select(rows);
        int[] classes = [.. rows.Select(row => digits.GetTargets(row).IndexOf(1f) - first)];
        return Dataset<float>.FromLabels(chosen.InputSize, 5, chosen.Inputs, classes);
    }

    private static double Gap(string file, HighDigits network, Dataset<float> data)
    {
        float[] outputs = new float[data.Count * HighDigits.OutputSize];
        network.Forward(data.Inputs, outputs);
        return Agreement.LargestGap(Path.Combine(AppContext.BaseDirectory, file), outputs);
    }
}
