using System;
using System.ComponentModel;

namespace GeneratedNetworks.CompilerServices;

/// <summary>A worker's part of a step that several threads share: its shards of the batch, their gradients and losses.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>, by the network's <see cref="Precision"/>.</typeparam>
/// <remarks>
/// The gradients of the first shard lie in the place of the trainer's own, those of the others in memory apart. They are added up shard by shard, whoever
/// computed them, so that the sums do not depend on the number of threads. What the phases of a step are is told by <see cref="IParallelTrainer{T}"/>.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class Shards<T>
    where T : struct
{
    private readonly IShardWorker<T> _owner;
    private readonly int _length;
    private readonly int[] _trained;
    private AlignedMemory<T>[] _gradients = [];
    private double[] _losses = [];
    private int _samples;
    private int _size;
    private int _count;
    private int _current;

    /// <summary>Those of a trainer, none yet.</summary>
    /// <param name="owner">The trainer.</param>
    /// <param name="length">Elements of its gradients, padding included.</param>
    /// <param name="trained">Where the stretches of them lie that belong to trained parameters: each a start and a length.</param>
    public Shards(IShardWorker<T> owner, int length, params int[] trained)
    {
        Real<T>.Require();
        _owner = owner ?? throw new ArgumentNullException(nameof(owner));
        _length = length;
        _trained = trained ?? throw new ArgumentNullException(nameof(trained));
    }

    /// <summary>What the summed loss of the batch is multiplied by.</summary>
    public double Scale { get; private set; }

    /// <summary>Where the gradients of the shard belong that <see cref="Next"/> went to.</summary>
    public Span<T> Gradients => GradientsOf(_current);

    /// <summary>Begins a batch, once the arguments of <see cref="IParallelTrainer{T}.BackwardShards"/> are known to be right, and takes the trainer.</summary>
    /// <param name="isBusy">The trainer's mark, which is set.</param>
    /// <param name="inputs">Elements of the inputs.</param>
    /// <param name="inputSize">Elements of one sample of them, positive.</param>
    /// <param name="targets">Elements of the targets.</param>
    /// <param name="targetSize">Elements of one sample of them, positive.</param>
    /// <param name="firstSample">The first one's number in the batch.</param>
    /// <param name="batchSize">Samples of the batch.</param>
    /// <param name="shardSize">Samples of a shard.</param>
    /// <param name="scale">What the summed loss of the batch is multiplied by.</param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The samples do not lie in the batch, or a shard has no size.</exception>
    /// <exception cref="InvalidOperationException">Another thread is inside.</exception>
    public void Begin(ref bool isBusy, int inputs, int inputSize, int targets, int targetSize, int firstSample, int batchSize, int shardSize, double scale)
    {
        int samples = inputs == 0 && targets == 0 ? 0 : Check.Batch(inputs, inputSize, targets, targetSize, "targets");
        if (firstSample < 0 || batchSize < 1 || samples > batchSize - firstSample)
            throw new ArgumentOutOfRangeException(nameof(firstSample), firstSample, "The samples must lie in a batch.");
        if (shardSize < 1)
            throw new ArgumentOutOfRangeException(nameof(shardSize), shardSize, "A shard must have a sample.");
        Check.Enter(ref isBusy);
        Scale = scale;
        _samples = samples;
        _size = shardSize;
        _count = (samples / shardSize) + (samples % shardSize > 0 ? 1 : 0);
        _current = -1;
        if (_count > _losses.Length)
            Grow();
    }

    /// <summary>Goes to the next shard.</summary>
    /// <param name="start">Its first sample, counted from the first of the worker's.</param>
    /// <param name="count">Its samples.</param>
    /// <returns>Whether there is one.</returns>
    public bool Next(out int start, out int count)
    {
        _current++;
        start = _current * _size;
        count = Math.Min(_samples - start, _size);
        return _current < _count;
    }

    /// <summary>Keeps the loss of the shard that <see cref="Next"/> went to.</summary>
    /// <param name="loss">Its sum over the shard's samples.</param>
    public void Keep(double loss) => _losses[_current] = loss;

    /// <summary>Adds up the losses of all shards, and one part of their gradients where asked to.</summary>
    /// <param name="workers">The trainer that this belongs to, then its forks in the order of their samples.</param>
    /// <param name="part">Which part of the gradients, from 0.</param>
    /// <param name="parts">Into how many they are cut.</param>
    /// <param name="sumsGradients">Whether all sums are needed before the first update.</param>
    /// <returns>The loss of the batch.</returns>
    /// <exception cref="ArgumentException">The trainer is not the first worker or has computed no shard, or a worker is no fork of it.</exception>
    public double Reduce(ReadOnlySpan<IParallelTrainer<T>> workers, int part, int parts, bool sumsGradients)
    {
        if (workers.IsEmpty || workers[0] != _owner || _count == 0)
            throw new ArgumentException("The first worker must be the trainer itself, and have computed a shard.", nameof(workers));
        for (int i = 1; i < workers.Length; i++)
        {
            if (workers[i]?.GetType() != _owner.GetType())
                throw new ArgumentException($"Worker {i} must be a fork of the trainer, not {(workers[i] is { } worker ? worker.GetType().ToString() : "null")}.", nameof(workers));
        }

        UpdateShare<T> share = new(this, workers, part, parts, isSummed: false);
        for (int i = 0; sumsGradients && i < _trained.Length; i += 2)
        {
            int at = share.Start(_trained[i], _trained[i + 1]), end = share.End(_trained[i], _trained[i + 1]);
            while (at < end)
                at += share.Take(at, end);
        }

        double loss = 0;
        foreach (IParallelTrainer<T> worker in workers)
        {
            Shards<T> shards = ((IShardWorker<T>)worker).Shards;
            for (int shard = 0; shard < shards._count; shard++)
                loss += shards._losses[shard];
        }

        return loss * Scale;
    }

    /// <summary>The share of a thread in the update.</summary>
    /// <param name="workers">As for <see cref="Reduce"/>.</param>
    /// <param name="part">Which part of the parameters, from 0.</param>
    /// <param name="parts">Into how many they are cut.</param>
    /// <param name="isSummed">Whether <see cref="Reduce"/> has added up the gradients.</param>
    /// <returns>What the trainer's update goes through.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such part.</exception>
    public UpdateShare<T> Part(ReadOnlySpan<IParallelTrainer<T>> workers, int part, int parts, bool isSummed) => new(this, workers, part, parts, isSummed);

    /// <summary>Adds to some gradients of the batch's first shard those of the others, in their order.</summary>
    internal void Sum(ReadOnlySpan<IParallelTrainer<T>> workers, int at, int count)
    {
        Span<T> sums = _owner.Gradients.Slice(at, count);
        foreach (IParallelTrainer<T> worker in workers)
        {
            Shards<T> shards = ((IShardWorker<T>)worker).Shards;
            for (int shard = shards == this ? 1 : 0; shard < shards._count; shard++)
                Addition.Add<T>(sums, shards.GradientsOf(shard).Slice(at, count));
        }
    }

    private Span<T> GradientsOf(int shard) => shard == 0 ? _owner.Gradients : _gradients[shard - 1].Elements;

    private void Grow()
    {
        int first = _gradients.Length;
        Array.Resize(ref _gradients, _count - 1);
        for (int i = first; i < _gradients.Length; i++)
            _gradients[i] = new(_length);
        Array.Resize(ref _losses, _count);
    }
}
