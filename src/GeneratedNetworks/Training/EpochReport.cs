using System;

namespace GeneratedNetworks;

/// <summary>What one epoch came to.</summary>
public readonly struct EpochReport
{
    internal EpochReport(int epoch, int epochs, double loss, double? validationLoss, double learningRate, bool isBest, TimeSpan elapsed)
    {
        Epoch = epoch;
        Epochs = epochs;
        TrainingLoss = loss;
        ValidationLoss = validationLoss;
        LearningRate = learningRate;
        IsBest = isBest;
        Elapsed = elapsed;
    }

    /// <summary>The epoch, from 1.</summary>
    public int Epoch { get; }

    /// <summary>How many were asked for.</summary>
    public int Epochs { get; }

    /// <summary>The mean loss per sample over the epoch's steps, each measured before its update, with dropout on.</summary>
    public double TrainingLoss { get; }

    /// <summary>The mean loss per sample of the validation set after the epoch, dropout off; <see langword="null"/> without such a set.</summary>
    public double? ValidationLoss { get; }

    /// <summary>The learning rate of the epoch's last step.</summary>
    public double LearningRate { get; }

    /// <summary>Whether this epoch is the best so far.</summary>
    public bool IsBest { get; }

    /// <summary>How long the epoch took, validation included.</summary>
    public TimeSpan Elapsed { get; }

    /// <summary>The loss that decides which epoch is best.</summary>
    internal double Monitored => ValidationLoss ?? TrainingLoss;

    /// <summary>The epoch and its losses on one line, in the invariant culture.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"epoch {Epoch}/{Epochs}: loss {TrainingLoss:g6}{(ValidationLoss is { } v ? FormattableString.Invariant($", validation {v:g6}") : "")}");
}
