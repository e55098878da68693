using System;

namespace GeneratedNetworks;

/// <content>For values: how far outputs are from targets.</content>
public static partial class Metrics
{
    /// <summary>
    /// The coefficient of determination R² = 1 − Σ(t − y)² / Σ(t − t̄)², per output, then their mean; 1 is perfect, 0 as good as the targets' mean.
    /// </summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="data">At least one sample, of the network's input and output sizes.</param>
    /// <param name="output">The output's name, where the network has several; see the remarks of <see cref="Metrics"/>.</param>
    /// <exception cref="ArgumentException">The data do not fit, or there are several outputs and none is named, or none has that name.</exception>
    public static double RSquared<T>(this INetwork<T> network, Dataset<T> data, string? output = null)
        where T : struct
    {
        Predictions<T> predictions = Predictions.Compute(network, data, output);
        return RSquared(predictions.Outputs, predictions.Targets, predictions.Size);
    }

    /// <summary>
    /// The coefficient of determination R² = 1 − Σ(t − y)² / Σ(t − t̄)², per output, then their mean; 1 is perfect, 0 as good as the targets' mean.
    /// </summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="outputs">n · <paramref name="outputSize"/> values, n ≥ 1.</param>
    /// <param name="targets">As many values.</param>
    /// <param name="outputSize">Values per sample, positive.</param>
    /// <remarks>An output whose targets are all equal counts 1 where it is exact and otherwise 0.</remarks>
    public static double RSquared<T>(ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, int outputSize)
        where T : struct
    {
        Predictions.Count(outputs, targets, outputSize);
        RSquaredSums<T> sums = new(targets, outputSize);
        sums.Add(outputs, targets);
        return sums.Value;
    }

    /// <summary>The mean over samples and outputs of |y − t|, in the targets' unit.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="data">At least one sample, of the network's input and output sizes.</param>
    /// <param name="output">The output's name, where the network has several; see the remarks of <see cref="Metrics"/>.</param>
    /// <exception cref="ArgumentException">The data do not fit, or there are several outputs and none is named, or none has that name.</exception>
    public static double MeanAbsoluteError<T>(this INetwork<T> network, Dataset<T> data, string? output = null)
        where T : struct
    {
        Predictions<T> predictions = Predictions.Compute(network, data, output);
        return MeanAbsoluteError(predictions.Outputs, predictions.Targets);
    }

    /// <summary>The mean over values of |y − t|, in the targets' unit.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="outputs">At least one value.</param>
    /// <param name="targets">As many values.</param>
    public static double MeanAbsoluteError<T>(ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets)
        where T : struct
    {
        int count = Predictions.Count(outputs, targets, 1);
        double sum = 0;
        for (int i = 0; i < count; i++)
            sum += Math.Abs(Real<T>.ToDouble(outputs[i]) - Real<T>.ToDouble(targets[i]));
        return sum / count;
    }

    /// <summary>
    /// Each sample's own error, the mean over its outputs of (y − t)²: what stands out is an anomaly, where the network was trained on what is normal,
    /// for example to give back its inputs.
    /// </summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="data">At least one sample, of the network's input and output sizes.</param>
    /// <param name="output">The output's name, where the network has several; see the remarks of <see cref="Metrics"/>.</param>
    /// <returns>An error per sample, over all positions of the output, in the order of the samples.</returns>
    /// <exception cref="ArgumentException">The data do not fit, or there are several outputs and none is named, or none has that name.</exception>
    public static double[] SampleErrors<T>(this INetwork<T> network, Dataset<T> data, string? output = null)
        where T : struct
    {
        Predictions<T> predictions = Predictions.Compute(network, data, output);
        return predictions.Counts.Length == 0
            ? SampleErrors(predictions.Outputs, predictions.Targets, predictions.Size * predictions.Positions)
            : SampleErrors(predictions);
    }

    /// <summary>Each over the positions that it has.</summary>
    private static double[] SampleErrors<T>(Predictions<T> predictions)
        where T : struct
    {
        double[] errors = new double[predictions.Counts.Length];
        for (int i = 0, first = 0; i < errors.Length; i++)
        {
            int length = predictions.Counts[i] * predictions.Size;
            errors[i] = SampleErrors(predictions.Outputs.Slice(first, length), predictions.Targets.Slice(first, length), length)[0];
            first += length;
        }

        return errors;
    }

    /// <summary>Each sample's own error, the mean over its outputs of (y − t)².</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="outputs">n · <paramref name="outputSize"/> values, n ≥ 1.</param>
    /// <param name="targets">As many values.</param>
    /// <param name="outputSize">Values per sample, positive.</param>
    /// <returns>An error per sample, in the order of the samples.</returns>
    public static double[] SampleErrors<T>(ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, int outputSize)
        where T : struct
    {
        double[] errors = new double[Predictions.Count(outputs, targets, outputSize)];
        for (int i = 0; i < outputs.Length; i++)
        {
            double error = Real<T>.ToDouble(outputs[i]) - Real<T>.ToDouble(targets[i]);
            errors[i / outputSize] += error * error / outputSize;
        }

        return errors;
    }
}
