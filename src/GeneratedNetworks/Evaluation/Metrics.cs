using System;
using System.Collections.Generic;

namespace GeneratedNetworks;

/// <summary>How good a network's outputs are.</summary>
/// <remarks>
/// <para>
/// A sample's class is the index of its largest value, the first of equals; with a single output it is 1 from a threshold on, otherwise 0. Values
/// that are not a number are never the largest: a sample of nothing else has no class, and counts as wrong.
/// </para>
/// <para>
/// Targets of several classes that are all 0 have no class, as the padding of a sequence: what counts classes, <c>Accuracy</c>, <c>TopKAccuracy</c> and
/// <c>Confusion</c>, leaves them out, as the loss does, to which they add nothing. Where a dataset has <see cref="Dataset{T}.Lengths"/>, no metric sees the steps
/// beyond them.
/// </para>
/// <para>
/// Networks are measured as <see cref="INetworkLayout.OutputLayout"/> says. Where an output has several axes, the last one holds the classes or values and
/// each position along the others counts as a sample does. Where there are several outputs, one of them is measured, and its name must be given.
/// </para>
/// <para>
/// Each sample stands for itself: windows of a stream start without memory, also those of <see cref="Dataset{T}.Windows"/>. <see cref="TrainingExtensions.Fit{T}"/> with
/// <see cref="FitOptions.CarryMemory"/> measures its validation set with memory; apart from that, run the series through <see cref="IStreamNetwork{T}.ForwardStream"/> and
/// measure the outputs, by the methods here that take them.
/// </para>
/// </remarks>
public static partial class Metrics
{
    /// <summary>The threshold that separates class 0 from class 1 where there is one output.</summary>
    public const double DefaultThreshold = 0.5;

    /// <summary>The share of samples whose class is that of their targets, in [0, 1]; NaN where no target has a class.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="data">At least one sample, of the network's input and output sizes.</param>
    /// <param name="threshold">With one output, from where on the class is 1.</param>
    /// <param name="output">The output's name, where the network has several; see the remarks of <see cref="Metrics"/>.</param>
    /// <remarks>
    /// For classes, whatever the network is trained by: with one output, outputs and targets alike are taken for classes by the threshold, so that of values, as a network of
    /// <see cref="Loss.MeanSquaredError"/> gives, it says little. How well those are predicted says <see cref="RSquared{T}(INetwork{T}, Dataset{T}, string?)"/>.
    /// </remarks>
    /// <exception cref="ArgumentException">The data do not fit, or there are several outputs and none is named, or none has that name.</exception>
    public static double Accuracy<T>(this INetwork<T> network, Dataset<T> data, double threshold = DefaultThreshold, string? output = null)
        where T : struct
    {
        Predictions<T> predictions = Predictions.Compute(network, data, output);
        return Accuracy(predictions.Outputs, predictions.Targets, predictions.Size, threshold);
    }

    /// <summary>The share of samples whose class is that of their targets, in [0, 1]; NaN where no target has a class.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="outputs">n · <paramref name="outputSize"/> values, n ≥ 1.</param>
    /// <param name="targets">As many values.</param>
    /// <param name="outputSize">Values per sample, positive.</param>
    /// <param name="threshold">With one output, from where on the class is 1.</param>
    /// <remarks>
    /// For classes, whatever the network is trained by: with one output, outputs and targets alike are taken for classes by the threshold, so that of values, as a network of
    /// <see cref="Loss.MeanSquaredError"/> gives, it says little. How well those are predicted says <see cref="RSquared{T}(INetwork{T}, Dataset{T}, string?)"/>.
    /// </remarks>
    public static double Accuracy<T>(ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, int outputSize, double threshold)
        where T : struct
    {
        Predictions.Count(outputs, targets, outputSize);
        long counted = 0;
        return CountCorrect(outputs, targets, outputSize, threshold, ref counted) / (double)counted;
    }

    /// <summary>How often each class is taken for each other.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="data">At least one sample, of the network's input and output sizes.</param>
    /// <param name="threshold">With one output, from where on the class is 1.</param>
    /// <param name="output">The output's name, where the network has several; see the remarks of <see cref="Metrics"/>.</param>
    /// <exception cref="ArgumentException">The data do not fit, or there are several outputs and none is named, or none has that name.</exception>
    public static ConfusionMatrix Confusion<T>(this INetwork<T> network, Dataset<T> data, double threshold = DefaultThreshold, string? output = null)
        where T : struct
    {
        Predictions<T> predictions = Predictions.Compute(network, data, output);
        return Confusion(predictions, threshold, data.ClassNames);
    }

    /// <summary>How often each class is taken for each other.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="outputs">n · <paramref name="outputSize"/> values, n ≥ 1.</param>
    /// <param name="targets">As many values; samples without a class do not count.</param>
    /// <param name="outputSize">Values per sample, positive; the number of classes, or 1 for two classes.</param>
    /// <param name="threshold">With one output, from where on the class is 1.</param>
    public static ConfusionMatrix Confusion<T>(ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, int outputSize, double threshold)
        where T : struct => Confusion(new Predictions<T> { Outputs = outputs, Targets = targets, Size = outputSize, Positions = 1 }, threshold, null);

    private static ConfusionMatrix Confusion<T>(Predictions<T> predictions, double threshold, IReadOnlyList<string>? classNames)
        where T : struct
    {
        ReadOnlySpan<T> outputs = predictions.Outputs, targets = predictions.Targets;
        int size = predictions.Size;
        int count = Predictions.Count(outputs, targets, size);
        int classes = size == 1 ? 2 : size;
        ConfusionMatrix matrix = new(classes, classNames?.Count == classes ? classNames : null);
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<T> target = targets.Slice(i * size, size);
            if (!HasClass(target))
                continue;
            int actual = ClassOf(target, threshold);
            if (actual < 0)
                throw new ArgumentException($"The targets of {predictions.Place(i)} are not numbers.", nameof(targets));
            matrix.Add(actual, ClassOf(outputs.Slice(i * size, size), threshold));
        }

        return matrix;
    }

    /// <summary>
    /// The class of one sample: the index of its largest value, or whether its single value reaches the threshold; −1 where none is a number.
    /// </summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="values">The sample's outputs or targets, at least one.</param>
    /// <param name="threshold">With one value, from where on the class is 1.</param>
    public static int ClassOf<T>(ReadOnlySpan<T> values, double threshold = DefaultThreshold)
        where T : struct
    {
        Real<T>.Require();
        if (values.Length == 1)
        {
            double value = Real<T>.ToDouble(values[0]);
            return double.IsNaN(value) ? -1 : value >= threshold ? 1 : 0;
        }

        return ArgMax(values);
    }

    /// <summary>The index of the largest value, the first of equals; −1 where none is a number.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="values">Any values, such as the outputs of one sample.</param>
    public static int ArgMax<T>(ReadOnlySpan<T> values)
        where T : struct
    {
        Real<T>.Require();
        int best = -1;
        double largest = 0;
        for (int i = 0; i < values.Length; i++)
        {
            double value = Real<T>.ToDouble(values[i]);
            if (!double.IsNaN(value) && (best < 0 || value > largest))
            {
                best = i;
                largest = value;
            }
        }

        return best;
    }

    /// <summary>How many samples' classes are those of their targets; adds how many targets have one.</summary>
    internal static int CountCorrect<T>(ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, int outputSize, double threshold, ref long counted)
        where T : struct
    {
        int correct = 0;
        for (int first = 0; first < outputs.Length; first += outputSize)
        {
            ReadOnlySpan<T> target = targets.Slice(first, outputSize);
            if (!HasClass(target))
                continue;
            counted++;
            int predicted = ClassOf(outputs.Slice(first, outputSize), threshold);
            if (predicted >= 0 && predicted == ClassOf(target, threshold))
                correct++;
        }

        return correct;
    }

    /// <summary>Whether one of several classes is the target: not where all are 0.</summary>
    private static bool HasClass<T>(ReadOnlySpan<T> target)
        where T : struct
    {
        for (int i = 0; i < target.Length; i++)
        {
            if (Real<T>.ToDouble(target[i]) != 0)
                return true;
        }

        return target.Length == 1;
    }
}
