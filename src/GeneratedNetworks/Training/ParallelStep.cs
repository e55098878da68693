using System;
using System.Runtime.ExceptionServices;
using System.Threading;

namespace GeneratedNetworks;

/// <summary>Training steps on several threads: the caller's own, and others that live as long as this object.</summary>
internal sealed class ParallelStep<T> : IDisposable
    where T : struct
{
    private readonly Dataset<T> _data;
    private readonly int[] _order;
    private readonly IParallelTrainer<T>[] _workers;
    private readonly T[][] _inputs;
    private readonly T[][] _targets;
    private readonly Thread[] _threads;
    private readonly SpinBarrier _barrier;
    private readonly int _shardSize;
    private ExceptionDispatchInfo? _failure;
    private int _started;
    private int _first;
    private int _count;
    private T _loss;

    /// <param name="trainer">What takes the steps.</param>
    /// <param name="data">What they are taken on.</param>
    /// <param name="order">The samples' order, read at every step; empty for the data's own.</param>
    /// <param name="batchSize">The most samples of a step.</param>
    /// <param name="threads">How many threads, positive.</param>
    public ParallelStep(IParallelTrainer<T> trainer, Dataset<T> data, int[] order, int batchSize, int threads)
    {
        _data = data;
        _order = order;
        _workers = new IParallelTrainer<T>[threads];
        _inputs = new T[threads][];
        _targets = new T[threads][];
        _threads = new Thread[threads - 1];
        _barrier = new SpinBarrier(threads);
        _shardSize = ShardSize(batchSize);
        for (int i = 0; i < threads; i++)
        {
            (int begin, int end) = Samples(i, batchSize);
            int capacity = order.Length > 0 ? end - begin : 0;
            _workers[i] = i == 0 ? trainer : trainer.Fork();
            _inputs[i] = new T[checked(capacity * data.InputSize)];
            _targets[i] = new T[checked(capacity * data.TargetSize)];
        }

        try
        {
            for (int i = 1; i < threads; i++, _started++)
            {
                int worker = i;
                _threads[_started] = new Thread(() => Work(worker)) { IsBackground = true, Name = $"Fit {i + 1} of {threads}" };
                _threads[_started].Start();
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Samples of a shard: by the size of full batches alone, because sums by shard give every number of threads the same bits.</summary>
    /// <remarks>
    /// Each shard costs a pass over all gradients, so that few large ones are best: 32 samples each, up to 16 of them. Batches of 16 to 63 make two.
    /// </remarks>
    private static int ShardSize(int batch)
    {
        int shards = batch < 16 ? 1 : Math.Min(Math.Max(batch / 32, 2), 16);
        return (batch / shards) + (batch % shards > 0 ? 1 : 0);
    }

    /// <summary>One step on the samples at some places of the order; returns their loss.</summary>
    public T Step(int first, int count)
    {
        _first = first;
        _count = count;
        _barrier.Wait();
        Share(0);
        _failure?.Throw();
        return _loss;
    }

    public void Dispose()
    {
        _barrier.Break();
        for (int i = 0; i < _started; i++)
            _threads[i].Join();
    }

    private void Work(int worker)
    {
        while (_barrier.Wait())
            Share(worker);
    }

    /// <summary>One thread's share of a step. All threads come to each barrier, whatever happens: the others would wait for ever.</summary>
    private void Share(int worker)
    {
        Try(0, worker);
        _barrier.Wait();
        Try(1, worker);
        _barrier.Wait();
        Try(2, worker);
        _barrier.Wait();
    }

    private void Try(int phase, int worker)
    {
        if (Volatile.Read(ref _failure) is not null)
            return;
        try
        {
            if (phase == 0)
                Backward(worker);
            else if (phase == 1)
                Reduce(worker);
            else
                _workers[0].UpdatePart(_workers, worker, _workers.Length);
        }
        catch (Exception error)
        {
            Interlocked.CompareExchange(ref _failure, ExceptionDispatchInfo.Capture(error), null);
        }
    }

    private void Backward(int worker)
    {
        (int begin, int end) = Samples(worker, _count);
        int inputLength = (end - begin) * _data.InputSize;
        int targetLength = (end - begin) * _data.TargetSize;
        ReadOnlySpan<T> inputs;
        ReadOnlySpan<T> targets;
        if (_order.Length > 0)
        {
            _data.Gather(_order.AsSpan(_first + begin, end - begin), _inputs[worker], _targets[worker]);
            inputs = _inputs[worker].AsSpan(0, inputLength);
            targets = _targets[worker].AsSpan(0, targetLength);
        }
        else
        {
            inputs = _data.Inputs.Slice((_first + begin) * _data.InputSize, inputLength);
            targets = _data.Targets.Slice((_first + begin) * _data.TargetSize, targetLength);
        }

        _workers[worker].BackwardShards(inputs, targets, begin, _count, _shardSize);
    }

    private void Reduce(int worker)
    {
        T loss = _workers[0].Reduce(_workers, worker, _workers.Length);
        if (worker == 0)
            _loss = loss;
    }

    /// <summary>
    /// The samples of a worker: neighboring shards, the first workers one more where they do not divide. Never more of a smaller batch.
    /// </summary>
    private (int Begin, int End) Samples(int worker, int batch)
    {
        int shards = (batch / _shardSize) + (batch % _shardSize > 0 ? 1 : 0);
        int each = shards / _workers.Length;
        int more = shards % _workers.Length;
        int begin = (worker * each) + Math.Min(worker, more);
        int end = begin + each + (worker < more ? 1 : 0);
        return ((int)Math.Min(batch, (long)begin * _shardSize), (int)Math.Min(batch, (long)end * _shardSize));
    }
}
