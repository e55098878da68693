using System;

namespace GeneratedNetworks;

/// <summary>A step that <see cref="TrainingExtensions.Fit{T}"/> has just taken, as <see cref="FitOptions.OnStep"/> is told of it.</summary>
/// <remarks>One object serves all steps of a run: read it within the callback and keep what you need of it, not the object.</remarks>
public sealed class FitStep
{
    private readonly bool _hasSchedule;
    private readonly double _largestRate;
    private double _learningRate;

    internal FitStep(int epochs, int stepsPerEpoch, bool hasSchedule, double largestRate)
    {
        Epochs = epochs;
        StepsPerEpoch = stepsPerEpoch;
        _hasSchedule = hasSchedule;
        _largestRate = largestRate;
    }

    /// <summary>The epoch, from 1.</summary>
    public int Epoch { get; private set; }

    /// <summary>How many epochs were asked for.</summary>
    public int Epochs { get; }

    /// <summary>The step within its epoch, from 1.</summary>
    public int Step { get; private set; }

    /// <summary>How many steps an epoch has.</summary>
    public int StepsPerEpoch { get; }

    /// <summary>How many samples the step was taken on.</summary>
    public int Samples { get; private set; }

    /// <summary>The mean loss per sample of the step's batch, before its update and with dropout on.</summary>
    public double Loss { get; private set; }

    /// <summary>
    /// The norm of all gradients together, before it is limited; <see langword="null"/> where it is not known: see
    /// <see cref="FitOptions.WatchGradients"/>.
    /// </summary>
    public double? GradientNorm { get; private set; }

    /// <summary>The learning rate of the step; set, that of the steps to come.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, infinite, not a number or too large for the network's precision.</exception>
    /// <exception cref="InvalidOperationException">It is set although <see cref="FitOptions.Schedule"/> decides it before every step.</exception>
    public double LearningRate
    {
        get => _learningRate;
        set
        {
            if (_hasSchedule)
            {
                throw new InvalidOperationException(
                    "LearningRate cannot be set where a Schedule sets it before every step. Leave FitOptions.Schedule out, or let the schedule decide.");
            }

            if (!(value >= 0 && value <= _largestRate))
            {
                throw new ArgumentOutOfRangeException(
                    nameof(value), value, FormattableString.Invariant($"LearningRate is {value}; it must be finite and not negative."));
            }

            _learningRate = value;
            HasNewRate = true;
        }
    }

    internal bool HasNewRate { get; private set; }

    internal bool IsStopped { get; private set; }

    /// <summary>
    /// Ends the run after this step. What was trained of the epoch is validated and reported as an epoch is; no checkpoint is written of an epoch
    /// that is not complete.
    /// </summary>
    public void Stop() => IsStopped = true;

    internal void Set(int epoch, int step, int samples, double loss, double? gradientNorm, double learningRate)
    {
        Epoch = epoch;
        Step = step;
        Samples = samples;
        Loss = loss;
        GradientNorm = gradientNorm;
        _learningRate = learningRate;
        HasNewRate = false;
    }
}
