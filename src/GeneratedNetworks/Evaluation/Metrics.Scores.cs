using System;

namespace GeneratedNetworks;

/// <content>For classes, by the outputs' order or size and not only by the largest of them.</content>
public static partial class Metrics
{
    // How far above 1 rounding may take a probability.
    private const double ProbabilityTolerance = 1e-5;

    /// <summary>
    /// The share of outputs on the same side of the threshold as their targets, in [0, 1]: each output answers a question of its own, with yes or no.
    /// </summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="data">At least one sample, of the network's input and output sizes.</param>
    /// <param name="threshold">From where on an output, or a target, is a yes.</param>
    /// <param name="output">The output's name, where the network has several; see the remarks of <see cref="Metrics"/>.</param>
    /// <remarks>With one output it is <see cref="Accuracy{T}(INetwork{T}, Dataset{T}, double, string?)"/>.</remarks>
    /// <exception cref="ArgumentException">The data do not fit, or there are several outputs and none is named, or none has that name.</exception>
    public static double BinaryAccuracy<T>(this INetwork<T> network, Dataset<T> data, double threshold = DefaultThreshold, string? output = null)
        where T : struct
    {
        Predictions<T> predictions = Predictions.Compute(network, data, output);
        return BinaryAccuracy(predictions.Outputs, predictions.Targets, threshold);
    }

    /// <summary>The share of outputs on the same side of the threshold as their targets, in [0, 1].</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="outputs">At least one value.</param>
    /// <param name="targets">As many values.</param>
    /// <param name="threshold">From where on an output, or a target, is a yes.</param>
    public static double BinaryAccuracy<T>(ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, double threshold)
        where T : struct => Accuracy(outputs, targets, 1, threshold);

    /// <summary>The share of samples whose class is among those of the largest outputs, in [0, 1]; NaN where no target has a class.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="network">The network, with more than one output.</param>
    /// <param name="data">At least one sample, of the network's input and output sizes.</param>
    /// <param name="k">How many of the largest, in [1, outputs]; of equal outputs the first come first.</param>
    /// <param name="output">The output's name, where the network has several; see the remarks of <see cref="Metrics"/>.</param>
    /// <exception cref="ArgumentException">The data do not fit, or there are several outputs and none is named, or none has that name.</exception>
    public static double TopKAccuracy<T>(this INetwork<T> network, Dataset<T> data, int k, string? output = null)
        where T : struct
    {
        Predictions<T> predictions = Predictions.Compute(network, data, output);
        return TopKAccuracy(predictions.Outputs, predictions.Targets, predictions.Size, k);
    }

    /// <summary>The share of samples whose class is among those of the largest outputs, in [0, 1]; NaN where no target has a class.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="outputs">n · <paramref name="outputSize"/> values, n ≥ 1.</param>
    /// <param name="targets">As many values.</param>
    /// <param name="outputSize">Values per sample, the number of classes: more than one.</param>
    /// <param name="k">How many of the largest, in [1, <paramref name="outputSize"/>]; of equal outputs the first come first.</param>
    public static double TopKAccuracy<T>(ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, int outputSize, int k)
        where T : struct
    {
        Predictions.Count(outputs, targets, outputSize);
        if (outputSize < 2)
            throw new ArgumentOutOfRangeException(nameof(outputSize), outputSize, "The largest of one output says nothing: there must be an output per class.");
        if (k < 1 || k > outputSize)
            throw new ArgumentOutOfRangeException(nameof(k), k, $"{nameof(k)} is {k}; it must be in [1, {outputSize}], the number of outputs.");
        int correct = 0, counted = 0;
        for (int first = 0; first < outputs.Length; first += outputSize)
        {
            ReadOnlySpan<T> target = targets.Slice(first, outputSize);
            if (!HasClass(target))
                continue;
            counted++;
            int actual = ArgMax(target);
            if (actual >= 0 && Rank(outputs.Slice(first, outputSize), actual) < k)
                correct++;
        }

        return (double)correct / counted;
    }

    /// <summary>
    /// The area under the receiver operating characteristic: how probable it is that a positive sample has the larger output than a negative one, equal
    /// outputs counting half. 0.5 is chance, 1 perfect, whatever the threshold and the classes' shares.
    /// </summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="data">At least one sample, of the network's input and output sizes; a target from 0.5 on is a positive.</param>
    /// <param name="output">The output's name, where the network has several; see the remarks of <see cref="Metrics"/>.</param>
    /// <remarks>With several classes, of each against the others, then the mean over those that have both positives and negatives.</remarks>
    /// <returns>In [0, 1]; NaN where an output is not a number, or no output has both positives and negatives.</returns>
    /// <exception cref="ArgumentException">The data do not fit, or there are several outputs and none is named, or none has that name.</exception>
    public static double AreaUnderRocCurve<T>(this INetwork<T> network, Dataset<T> data, string? output = null)
        where T : struct
    {
        Predictions<T> predictions = Predictions.Compute(network, data, output);
        return AreaUnderRocCurve(predictions.Outputs, predictions.Targets, predictions.Size);
    }

    /// <summary>
    /// The area under the receiver operating characteristic: how probable it is that a positive sample has the larger output than a negative one, equal
    /// outputs counting half.
    /// </summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="outputs">n · <paramref name="outputSize"/> values, n ≥ 1.</param>
    /// <param name="targets">As many values; one from 0.5 on is a positive.</param>
    /// <param name="outputSize">Values per sample, positive.</param>
    /// <remarks>With several outputs, of each against the others, then the mean over those that have both positives and negatives.</remarks>
    /// <returns>In [0, 1]; NaN where an output is not a number, or no output has both positives and negatives.</returns>
    public static double AreaUnderRocCurve<T>(ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, int outputSize)
        where T : struct
    {
        int samples = Predictions.Count(outputs, targets, outputSize);
        double[] scores = new double[samples];
        bool[] positives = new bool[samples];
        double sum = 0;
        int areas = 0;
        for (int output = 0; output < outputSize; output++)
        {
            int positive = 0;
            for (int i = 0; i < samples; i++)
            {
                scores[i] = Real<T>.ToDouble(outputs[(i * outputSize) + output]);
                if (double.IsNaN(scores[i]))
                    return double.NaN;
                positives[i] = Real<T>.ToDouble(targets[(i * outputSize) + output]) >= DefaultThreshold;
                positive += positives[i] ? 1 : 0;
            }

            if (positive == 0 || positive == samples)
                continue;
            sum += AreaUnderRocCurve(scores, positives, positive);
            areas++;
        }

        return sum / areas;
    }

    /// <summary>
    /// The mean over samples of −ln of the probability that the network gave to what is true: with one output −t·ln y − (1 − t)·ln(1 − y), with several
    /// −Σ t·ln y.
    /// </summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="network">A network whose outputs are probabilities: one, or one for each of several classes that exclude each other.</param>
    /// <param name="data">At least one sample, of the network's input and output sizes.</param>
    /// <param name="output">The output's name, where the network has several; see the remarks of <see cref="Metrics"/>.</param>
    /// <exception cref="ArgumentException">
    /// An output is no probability; for logarithms of them, as LogSoftmax gives, take the trainer's loss. Or the data do not fit, or there are several
    /// outputs and none is named, or none has that name.
    /// </exception>
    /// <remarks>
    /// Probabilities are moved into [ε, 1 − ε], ε the distance from 1 to the next number of <typeparamref name="T"/>. The trainer's loss needs no such
    /// bounds, being computed from the values before the activation.
    /// </remarks>
    public static double LogLoss<T>(this INetwork<T> network, Dataset<T> data, string? output = null)
        where T : struct => LogLoss(Predictions.Compute(network, data, output));

    /// <summary>
    /// The mean over samples of −ln of the probability that was given to what is true: with one output −t·ln y − (1 − t)·ln(1 − y), with several
    /// −Σ t·ln y.
    /// </summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="outputs">n · <paramref name="outputSize"/> probabilities, n ≥ 1.</param>
    /// <param name="targets">As many values.</param>
    /// <param name="outputSize">Values per sample, positive.</param>
    /// <exception cref="ArgumentException">An output is no probability, or a length does not fit.</exception>
    public static double LogLoss<T>(ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, int outputSize)
        where T : struct => LogLoss(new Predictions<T> { Outputs = outputs, Targets = targets, Size = outputSize, Positions = 1 });

    private static double LogLoss<T>(Predictions<T> predictions)
        where T : struct
    {
        ReadOnlySpan<T> outputs = predictions.Outputs, targets = predictions.Targets;
        int size = predictions.Size;
        int samples = Predictions.Count(outputs, targets, size);
        double epsilon = Real<T>.IsSingle ? 1.0 / (1 << 23) : 1.0 / (1L << 52);
        double sum = 0;
        for (int i = 0; i < outputs.Length; i++)
        {
            double output = Real<T>.ToDouble(outputs[i]);
            double target = Real<T>.ToDouble(targets[i]);
            if (!(output >= 0 && output <= 1 + ProbabilityTolerance))
            {
                string fault = FormattableString.Invariant($"Output {i % size} of {predictions.Place(i / size)} ({(predictions.Positions == 1 ? "both" : "all")} counted from 0) is {output}");
                throw new ArgumentException(fault + ", not a probability. LogLoss is for Sigmoid and Softmax outputs.", nameof(outputs));
            }

            double probability = Math.Min(Math.Max(output, epsilon), 1 - epsilon);
            if (target != 0)
                sum -= target * Math.Log(probability);
            if (size == 1 && target != 1)
                sum -= (1 - target) * Math.Log(1 - probability);
        }

        return sum / samples;
    }

    /// <summary>By the ranks of the positives among all scores (Mann and Whitney's U), equal scores sharing their mean rank.</summary>
    private static double AreaUnderRocCurve(double[] scores, bool[] positives, int positive)
    {
        Array.Sort(scores, positives);
        double rankSum = 0;
        for (int start = 0, end; start < scores.Length; start = end)
        {
            int inTie = 0;
            for (end = start; end < scores.Length && scores[end] == scores[start]; end++)
                inTie += positives[end] ? 1 : 0;
            rankSum += inTie * ((start + 1.0 + end) / 2);
        }

        double negative = scores.Length - positive;
        return (rankSum - (positive * (positive + 1.0) / 2)) / (positive * negative);
    }

    /// <summary>How many outputs come before one of them; all where it is not a number.</summary>
    private static int Rank<T>(ReadOnlySpan<T> outputs, int index)
        where T : struct
    {
        double own = Real<T>.ToDouble(outputs[index]);
        if (double.IsNaN(own))
            return outputs.Length;
        int before = 0;
        for (int i = 0; i < outputs.Length; i++)
        {
            double other = Real<T>.ToDouble(outputs[i]);
            if (other > own || (other == own && i < index))
                before++;
        }

        return before;
    }
}
