using System;
using System.IO;
using System.Threading;

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
    /// Is told of every epoch, after its checkpoint is safe. A <see cref="Progress{T}"/> passes reports on to its synchronisation context or the
    /// thread pool, so that they may come late, out of order, or after the call; an <see cref="IProgress{T}"/> of your own is called at once.
    /// </param>
    /// <param name="cancellationToken">
    /// Looked at before every step. The network then keeps the parameters of the last step; to go on from the last epoch, keep a checkpoint.
    /// </param>
    /// <returns>The history, the best epoch and why training ended.</returns>
    /// <remarks>
    /// The order of an epoch depends on the seed and the epoch's number alone. Steps allocate nothing; an epoch allocates for its report and, where
    /// one is
    /// kept, its checkpoint.
    /// </remarks>
    /// <exception cref="ArgumentException">The data do not fit the network, or the options contradict themselves.</exception>
    /// <exception cref="NetworkFileException">The checkpoint to resume from is damaged or belongs to another run.</exception>
    /// <exception cref="DirectoryNotFoundException">The checkpoint's folder does not exist; found before the first step.</exception>
    /// <exception cref="IOException">A checkpoint cannot be written, or another run holds it.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
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
        if (options.Threads is not null && trainer is not IParallelTrainer<T>)
            throw new ArgumentException($"Threads needs a trainer that is an {nameof(IParallelTrainer<>)}.", nameof(options));
        data.CheckFits(trainer.Network, nameof(data));
        Dataset<T>? validation = options.Validation switch
        {
            null => null,
            Dataset<T> set => set,
            _ => throw new ArgumentException($"The validation set must hold {typeof(T).Name} values like the training set.", nameof(options)),
        };
        validation?.CheckFits(trainer.Network, nameof(options));
        return new FitRun<T>(trainer, data, validation, options).Run(progress, cancellationToken);
    }
}
