using System;
using System.Globalization;
using System.IO;
using System.Threading;
using GeneratedNetworks.CompilerServices;

namespace GeneratedNetworks;

/// <summary>Training over many epochs for any trainer.</summary>
public static class TrainingExtensions
{
    /// <summary>Trains on a dataset in mini-batches.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="trainer">The trainer; its network, optimizer state and, under a schedule, learning rate change.</param>
    /// <param name="data">At least one sample, of the network's input and output sizes.</param>
    /// <param name="options">How to train; <see langword="null"/> for the defaults. Not changed, and read only during the call.</param>
    /// <param name="progress">
    /// Is told of every epoch, after its checkpoint is safe. <see cref="TextProgress"/> writes a line each. A <see cref="Progress{T}"/> passes reports on
    /// to its synchronization context or the thread pool, so that they may come late, out of order, or after the call; an <see cref="IProgress{T}"/> of
    /// your own is called at once.
    /// </param>
    /// <param name="cancellationToken">
    /// Looked at before every step. The network then keeps the parameters of the last step; to go on from the last epoch, keep a checkpoint. To end a run
    /// and have its result, call <see cref="FitStep.Stop"/> instead.
    /// </param>
    /// <returns>The history, the best epoch and why training ended.</returns>
    /// <remarks>
    /// The order of an epoch depends on the seed and the epoch's number alone. Steps allocate nothing; an epoch allocates for its report and, where
    /// one is kept, its checkpoint.
    /// </remarks>
    /// <exception cref="ArgumentException">
    /// The data do not fit the network, or the options contradict themselves or, with <see cref="FitOptions.CarryMemory"/>, the data's streams; an input or target is not finite, a target of
    /// <see cref="Loss.BinaryCrossEntropy"/> is outside [0, 1], or one of <see cref="Loss.CrossEntropy"/> is negative: found before the first step, named
    /// with sample and column. Targets of a sample may add up to any number: with <see cref="Loss.CrossEntropy"/> that weighs the sample.
    /// </exception>
    /// <exception cref="InvalidOperationException">The schedule gives a rate that is none; names the epoch.</exception>
    /// <exception cref="NetworkFileException">The checkpoint to resume from is damaged or belongs to another run.</exception>
    /// <exception cref="DirectoryNotFoundException">The checkpoint's folder does not exist; found before the first step.</exception>
    /// <exception cref="IOException">A checkpoint cannot be written, or another run holds it.</exception>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public static FitResult Fit<T>(
        this ITrainer<T> trainer,
        Dataset<T> data,
        FitOptions? options = null,
        IProgress<EpochReport>? progress = null,
        CancellationToken cancellationToken = default)
        where T : struct
    {
        if (trainer is null)
            throw new ArgumentNullException(nameof(trainer));
        if (data is null)
            throw new ArgumentNullException(nameof(data));
        options ??= new FitOptions();
        options.Check();
        int least = LeastBatch(trainer);
        if (options.BatchSize < least)
            throw new ArgumentException($"BatchSize is {options.BatchSize.ToString(CultureInfo.InvariantCulture)}, and batch normalization takes the variance of a batch: take batches of two samples or more.", nameof(options));
        if (data.Count > 0 && data.Count < least)
            throw new ArgumentException("The dataset has 1 sample, and batch normalization takes the variance of a batch: it needs two or more.", nameof(data));
        if (options.Threads is not null && trainer is not (IParallelTrainer<T> or IBatchTrainer))
            throw new ArgumentException($"Threads needs a trainer that is an {nameof(IParallelTrainer<>)}.", nameof(options));
        if (options.WatchGradients && options.Threads is not null && trainer is not (IShardWorker<T> or IBatchTrainer))
            throw new ArgumentException("WatchGradients with Threads needs a generated trainer, whose gradients can be added up: leave one of the two out.", nameof(options));
        data.CheckFits(trainer.Network, nameof(data));
        SequenceCheck.Require(data, trainer, options);
        DataCheck.Require(data, trainer, "training", nameof(data));
        Dataset<T>? validation = options.Validation switch
        {
            null => null,
            Dataset<T> set => set,
            _ => throw new ArgumentException($"The validation set must hold {typeof(T).Name} values like the training set.", nameof(options)),
        };
        if (validation is not null)
        {
            validation.CheckFits(trainer.Network, nameof(options));
            if (options.CarryMemory)
                SequenceCheck.RequireStreams(validation, "validation", nameof(options));
            SequenceCheck.RequireLengths(validation, trainer, nameof(options));
            DataCheck.Require(validation, trainer, "validation", nameof(options));
        }

        return new FitRun<T>(trainer, data, validation, options).Run(progress, cancellationToken);
    }

    /// <summary>The loss of each sample by itself, dropout off: which samples a network finds hard, or has not seen the like of.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="trainer">The trainer; nothing of it changes.</param>
    /// <param name="data">At least one sample, of the network's input and output sizes.</param>
    /// <returns>A loss per sample, in the order of the samples.</returns>
    public static double[] SampleLosses<T>(this ITrainer<T> trainer, Dataset<T> data)
        where T : struct
    {
        if (trainer is null)
            throw new ArgumentNullException(nameof(trainer));
        if (data is null)
            throw new ArgumentNullException(nameof(data));
        data.CheckFits(trainer.Network, nameof(data));
        SequenceCheck.RequireLengths(data, trainer, nameof(data));
        double[] losses = new double[data.Count];
        for (int i = 0; i < losses.Length; i++)
        {
            losses[i] = Real<T>.ToDouble(data.Lengths.Length == 0
                ? trainer.Loss(data.GetInputs(i), data.GetTargets(i))
                : ((ISequenceTrainer<T>)trainer).LossLengths(data.GetInputs(i), data.GetTargets(i), data.Lengths.Slice(i, 1)));
        }

        return losses;
    }

    /// <summary>How many samples a step needs.</summary>
    internal static int LeastBatch<T>(ITrainer<T> trainer)
        where T : struct => trainer is IBatchTrainer batches ? batches.LeastBatch : 1;
}
