using System;

namespace GeneratedNetworks;

/// <summary>What one epoch came to.</summary>
public readonly struct EpochReport
{
    /// <summary>The epoch, from 1.</summary>
    public int Epoch { get; internal init; }

    /// <summary>How many were asked for.</summary>
    public int Epochs { get; internal init; }

    /// <summary>How many steps were taken. Where training diverged, the last of them is the one whose loss, or whose result, was not finite.</summary>
    public int Steps { get; internal init; }

    /// <summary>
    /// The mean loss per sample over the epoch's steps, each measured before its update, with dropout on. Where training diverged, the loss that was
    /// not finite.
    /// </summary>
    public double TrainingLoss { get; internal init; }

    /// <summary>The mean loss per sample of the validation set after the epoch, dropout off; <see langword="null"/> without such a set.</summary>
    public double? ValidationLoss { get; internal init; }

    /// <summary>
    /// The share of the training set's samples whose class was found after the epoch, in [0, 1]; <see langword="null"/> without
    /// <see cref="FitOptions.MeasureTraining"/>, and where the loss is not one for classes.
    /// </summary>
    public double? TrainingAccuracy => IsAccuracy ? TrainingMetric : null;

    /// <summary>
    /// The share of the validation set's samples whose class was found after the epoch, in [0, 1]; <see langword="null"/> without such a set, and
    /// where the loss is not one for classes.
    /// </summary>
    /// <remarks>
    /// It is of the only output, or of <see cref="FitOptions.MetricOutput"/>; where that has several axes, each position counts as a sample. For
    /// <see cref="Loss.CrossEntropy"/> it is <see cref="Metrics.Accuracy{T}(INetwork{T}, Dataset{T}, double, string?)"/>, for
    /// <see cref="Loss.BinaryCrossEntropy"/> <see cref="Metrics.BinaryAccuracy{T}(INetwork{T}, Dataset{T}, double, string?)"/>.
    /// </remarks>
    public double? ValidationAccuracy => IsAccuracy ? ValidationMetric : null;

    /// <summary>
    /// R² on the training set after the epoch, see <see cref="Metrics.RSquared{T}(INetwork{T}, Dataset{T}, string?)"/>; <see langword="null"/> without
    /// <see cref="FitOptions.MeasureTraining"/>, and where the loss is one for classes.
    /// </summary>
    public double? TrainingRSquared => IsAccuracy ? null : TrainingMetric;

    /// <summary>
    /// R² on the validation set after the epoch, see <see cref="Metrics.RSquared{T}(INetwork{T}, Dataset{T}, string?)"/>; <see langword="null"/> without such a
    /// set, and where the loss is one for classes.
    /// </summary>
    public double? ValidationRSquared => IsAccuracy ? null : ValidationMetric;

    /// <summary>The learning rate of the epoch's last step.</summary>
    public double LearningRate { get; internal init; }

    /// <summary>
    /// The mean over the epoch's steps of the norm of all gradients together, before it is limited; <see langword="null"/> where it is not known: see
    /// <see cref="FitOptions.WatchGradients"/>.
    /// </summary>
    public double? GradientNorm { get; internal init; }

    /// <summary>Whether this epoch is the best so far.</summary>
    public bool IsBest { get; internal init; }

    /// <summary>How long the epoch took, validation included.</summary>
    public TimeSpan Elapsed { get; internal init; }

    /// <summary>How long a step took, the mean over the epoch, without validation.</summary>
    public TimeSpan TimePerStep { get; internal init; }

    /// <summary>
    /// How long the epochs still to come would take, by the mean of those that the call has run but the first, which has the runtime compile; early stopping may end it
    /// sooner. 0 after the last, and after the first, of which nothing is known yet.
    /// </summary>
    public TimeSpan Remaining { get; internal init; }

    /// <summary>
    /// What is likely an oversight, in the first report of a run: that a layer that normalizes was never adapted to data. Otherwise <see langword="null"/>.
    /// </summary>
    public string? Note { get; internal init; }

    internal double? TrainingMetric { get; init; }

    internal double? ValidationMetric { get; init; }

    /// <summary>Whether the metrics are shares of samples; otherwise they are R².</summary>
    internal bool IsAccuracy { get; init; }

    /// <summary>The loss that decides which epoch is best.</summary>
    internal double Monitored => ValidationLoss ?? TrainingLoss;

    /// <summary>What is known of the epoch on one line, in the invariant culture, such as
    /// <c>epoch  3/60: loss 0.2871, validation 0.2214 accuracy 94.2 %, rate 0.003, 85 µs/step, 4 s left</c>.</summary>
    public override string ToString() => EpochText.Line(this);
}
