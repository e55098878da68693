using System;

namespace GeneratedNetworks;

/// <summary>A trainer of whose steps several threads can each compute a share: what <see cref="FitOptions.Threads"/> is built on.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>, by the network's <see cref="Precision"/>.</typeparam>
/// <remarks>
/// <para>
/// The workers are a trainer and its forks, in the order of the samples they take. A batch is cut into shards of equal size. A step has three
/// phases, and no call of one may start before all calls of the one before have returned:
/// </para>
/// <list type="number">
/// <item>every worker computes the gradients of its shards (<see cref="BackwardShards"/>);</item>
/// <item>the trainer adds up the losses, and what else it needs of all gradients (<see cref="Reduce"/>), part by part;</item>
/// <item>the trainer adds up the gradients and updates the parameters (<see cref="UpdatePart"/>), part by part.</item>
/// </list>
/// <para>
/// Within a phase the calls may run at once, on any threads: calls of different workers in the first, of different parts in the others. Sums are
/// taken in the order of the shards, so that the results depend on the batch and the size of a shard alone: not on who computed which shard, nor
/// on the number of parts.
/// </para>
/// </remarks>
public interface IParallelTrainer<T> : ITrainer<T>
    where T : struct
{
    /// <summary>Creates a further worker: the same network, memory of its own. Only the trainer's own settings, step and seed count.</summary>
    /// <returns>A worker for the steps of this trainer.</returns>
    IParallelTrainer<T> Fork();

    /// <summary>
    /// Computes the gradients of some of a batch's samples, dropout on, in place of this worker's earlier ones. Memory for further shards is
    /// allocated when a call has more of them than any before; apart from that nothing is.
    /// </summary>
    /// <param name="inputs">The worker's samples, none too: whole shards, of which only the batch's last may be smaller.</param>
    /// <param name="targets">Their targets.</param>
    /// <param name="firstSample">The first one's number in the batch, from 0; dropout masks depend on it.</param>
    /// <param name="batchSize">Samples of the whole batch, which a mean is taken over.</param>
    /// <param name="shardSize">Samples of a shard, positive.</param>
    /// <exception cref="ArgumentException">A length does not fit. Nothing has been written.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The samples do not lie in the batch, or a shard has no size. Nothing has been written.</exception>
    void BackwardShards(ReadOnlySpan<T> inputs, ReadOnlySpan<T> targets, int firstSample, int batchSize, int shardSize);

    /// <summary>
    /// Adds up the losses over all shards in order, and one part of the gradients where their common norm is limited. The call for part 0 also
    /// counts the step.
    /// </summary>
    /// <param name="workers">This trainer, with at least one sample, then its forks in the order of their samples.</param>
    /// <param name="part">Which part, from 0.</param>
    /// <param name="parts">Into how many parts the gradients are cut; positive.</param>
    /// <returns>The training loss of the batch, by the network's <see cref="Reduction"/>; the same for every part.</returns>
    /// <exception cref="ArgumentException">This trainer is not the first worker, or has computed no shard.</exception>
    T Reduce(ReadOnlySpan<IParallelTrainer<T>> workers, int part, int parts);

    /// <summary>
    /// One optimizer step for one part of the parameters, from the sum of the shards' gradients in order, as <see cref="ITrainer{T}.Update"/> does
    /// it for all. The gradients are not kept.
    /// </summary>
    /// <param name="workers">As for <see cref="Reduce"/>.</param>
    /// <param name="part">Which part, from 0.</param>
    /// <param name="parts">Into how many parts the parameters are cut; positive.</param>
    void UpdatePart(ReadOnlySpan<IParallelTrainer<T>> workers, int part, int parts);
}
