using System;

namespace GeneratedNetworks;

/// <summary>How <see cref="TrainingExtensions.Fit{T}"/> trains.</summary>
public sealed class FitOptions
{
    /// <summary>How many passes over the data to make in all, those before a resumed checkpoint included; positive. Default: 10.</summary>
    public int Epochs { get; set; } = 10;

    /// <summary>Samples per step, positive; the last batch of an epoch may be smaller. Default: 32.</summary>
    public int BatchSize { get; set; } = 32;

    /// <summary>
    /// How many threads share every step, positive; the calling thread is one of them. Default: <see langword="null"/>, the calling thread takes
    /// the trainer's own <see cref="ITrainer{T}.Step"/>.
    /// </summary>
    /// <remarks>
    /// <para>
    /// Every number of threads, one too, ends with the same bits; without threads sums are taken in another order, and the result differs by
    /// rounding. The trainer must be an <see cref="IParallelTrainer{T}"/>, as generated ones are. Each thread beyond the first takes the memory of
    /// a further trainer.
    /// </para>
    /// <para>
    /// A batch is cut into shards that one thread each computes: two of equal size from 16 samples on, one per 32 samples from 64 on, at most 16.
    /// More threads than shards only speed up the update. Threads pay once a step takes tens of microseconds.
    /// </para>
    /// <para>A network with <see cref="BatchNormAttribute"/> steps on the calling thread, whatever stands here.</para>
    /// </remarks>
    public int? Threads { get; set; }

    /// <summary>
    /// Whether sample k of each batch goes on from the memory that sample k of the batch before left, as <see cref="Dataset{T}.Windows"/> cuts a series: truncated
    /// backpropagation through time. Every epoch starts from zeros. Default: <see langword="false"/>.
    /// </summary>
    /// <remarks>
    /// <para>
    /// A batch is one window of each stream: <see cref="BatchSize"/> must be the <see cref="Dataset{T}.Streams"/> of the data, which <see cref="Dataset{T}.Windows"/> sets, and
    /// <see cref="Dataset{T}.WithStreams"/> for windows that were cut by hand. It needs a network with <c>Streaming = true</c>, and no <see cref="Shuffle"/>. Steps are taken on
    /// the calling thread, whatever <see cref="Threads"/> says.
    /// </para>
    /// <para>
    /// <see cref="Validation"/> and <see cref="MeasureTraining"/> carry memory too, from zeros at the start of the set, in the set's own streams, of which there may be another number.
    /// </para>
    /// </remarks>
    public bool CarryMemory { get; set; }

    /// <summary>Whether each epoch visits the samples in an order of its own. Default: <see langword="true"/>.</summary>
    public bool Shuffle { get; set; } = true;

    /// <summary>What the orders are drawn from: the same seed gives the same orders on every runtime. Default: 0.</summary>
    public ulong Seed { get; set; }

    /// <summary>The learning rate over time. Default: <see langword="null"/>, the trainer's own stays as it is.</summary>
    public LearningRateSchedule? Schedule { get; set; }

    /// <summary>Samples to measure the loss on after every epoch, of the trainer's element type. Default: none.</summary>
    public Dataset? Validation { get; set; }

    /// <summary>
    /// Stop after this many epochs in a row without a better loss, positive: the validation loss where there is a validation set, otherwise the
    /// training loss. Default: <see langword="null"/>, never.
    /// </summary>
    public int? Patience { get; set; }

    /// <summary>By how much a loss must fall below the best so far to count as better, finite and not negative. Default: 0.</summary>
    public double MinDelta { get; set; }

    /// <summary>
    /// Whether the network ends with the parameters of its best epoch instead of its last, and the trainer with its state and learning rate of the
    /// same moment. Default: <see langword="false"/>.
    /// </summary>
    /// <remarks>
    /// <para>Best by the validation loss where there is a validation set. The training loss is one measured while the parameters still moved.</para>
    /// <para>
    /// Where training diverges before there is a best epoch, both are what they were before the first step, after a checkpoint was resumed if one was;
    /// so too where there is no validation set and the loss of the training data, measured again, is worse with the best epoch's parameters than with
    /// those. <see cref="FitResult.RestoredEpoch"/> says what was given back.
    /// </para>
    /// </remarks>
    public bool RestoreBest { get; set; }

    /// <summary>
    /// Runs after every step, on the thread that called <see cref="TrainingExtensions.Fit{T}"/>, while no other touches the network: it may run the
    /// network, end the run or change the learning rate. Default: <see langword="null"/>, nothing.
    /// </summary>
    /// <remarks>
    /// <para>
    /// The <see cref="FitStep"/> is the same object at every step; a step with one allocates nothing. An exception ends the run and comes out of it.
    /// </para>
    /// <para>
    /// A resumed run starts with the rate of the checkpoint's last step where there is a callback and no <see cref="Schedule"/>. What the callback itself
    /// remembers is not in a checkpoint.
    /// </para>
    /// </remarks>
    public Action<FitStep>? OnStep { get; set; }

    /// <summary>
    /// Whether <see cref="EpochReport.GradientNorm"/> and <see cref="FitStep.GradientNorm"/> are measured. They are too, without this, where
    /// <see cref="ITrainer{T}.ClipNorm"/> is not 0. Default: <see langword="false"/>, so that a step may be fused.
    /// </summary>
    /// <remarks>
    /// The result of a step is then that of <see cref="ITrainer{T}.Backward"/> and <see cref="ITrainer{T}.Update"/>, which differs from that of a fused
    /// one by rounding. Steps that <see cref="Threads"/> share end with the same bits as without this; they add up all gradients before the first update,
    /// and the calling thread measures them. That takes a trainer that was generated: with one of your own this and threads exclude each other.
    /// </remarks>
    public bool WatchGradients { get; set; }

    /// <summary>
    /// The output whose accuracy or R² is measured, by what its loss is, where the network has several; its name. Default: <see langword="null"/>, the only
    /// one; of several then none is measured, but for their loss.
    /// </summary>
    public string? MetricOutput { get; set; }

    /// <summary>
    /// Whether accuracy or R² is measured on the training set too, which takes another pass over it after every epoch. Default: <see langword="false"/>.
    /// </summary>
    public bool MeasureTraining { get; set; }

    /// <summary>Where to keep a checkpoint. Default: <see langword="null"/>, nowhere.</summary>
    /// <remarks>
    /// It is written to a file beside it (named like it, with an end of its own and <c>.tmp</c>), flushed to the device and then renamed, so that a
    /// crash at any moment leaves the last good one in place. Its folder must exist. While training lasts, a file beside it (<c>.lock</c> appended)
    /// keeps other runs away: two with one checkpoint would resume from each other's progress.
    /// </remarks>
    public string? CheckpointPath { get; set; }

    /// <summary>After how many epochs to write one, positive; one is also written at the end. Default: 1.</summary>
    /// <remarks>None is written where training diverged: the last good one stays.</remarks>
    public int CheckpointEvery { get; set; } = 1;

    /// <summary>
    /// Whether to go on from <see cref="CheckpointPath"/> if that file exists. The run then ends with the same bits as one that was never
    /// interrupted,
    /// given the same data, options, hyper-parameters and machine; another number of <see cref="Threads"/> changes nothing. Default:
    /// <see langword="false"/>.
    /// </summary>
    public bool Resume { get; set; }

    internal void Check()
    {
        Require(Epochs > 0, nameof(Epochs), Epochs, "positive");
        Require(BatchSize > 0, nameof(BatchSize), BatchSize, "positive");
        Require(Threads is null or > 0, nameof(Threads), Threads, "null or positive");
        Require(Patience is null or > 0, nameof(Patience), Patience, "null or positive");
        Require(MinDelta >= 0 && !double.IsInfinity(MinDelta), nameof(MinDelta), MinDelta, "finite and not negative");
        Require(CheckpointEvery > 0, nameof(CheckpointEvery), CheckpointEvery, "positive");
        if (CarryMemory && Shuffle)
            throw new ArgumentException("CarryMemory goes from each batch to the next in the order of the data: set Shuffle = false.", "options");
        if (Resume && CheckpointPath is null)
            throw new ArgumentException("Resume needs a CheckpointPath, the file to go on from.", "options");
    }

    private static void Require(bool condition, string name, object? value, string rule)
    {
        if (!condition)
            throw new ArgumentOutOfRangeException("options", value, FormattableString.Invariant($"{name} is {value}; it must be {rule}."));
    }
}
