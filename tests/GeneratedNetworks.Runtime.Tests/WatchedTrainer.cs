using System.Collections.Concurrent;

namespace GeneratedNetworks.Runtime.Tests;

/// <summary>A generated trainer whose shared steps can be watched from outside.</summary>
internal sealed class WatchedTrainer<T> : IParallelTrainer<T>
    where T : struct
{
    private readonly IParallelTrainer<T> _inner;
    private readonly WatchedTrainer<T> _root;
    private readonly List<WatchedTrainer<T>> _workers = [];
    private readonly long[] _allocated = new long[100_000];
    private IParallelTrainer<T>[] _innerWorkers = [];
    private int _steps;

    public WatchedTrainer(IParallelTrainer<T> inner, WatchedTrainer<T>? root = null)
    {
        _inner = inner;
        _root = root ?? this;
        _root._workers.Add(this);
        _root._innerWorkers = [.. _root._workers.Select(worker => worker._inner)];
    }

    /// <summary>Runs within every call of a shared step: its name, the worker or the part that it is for, and the step, from 1.</summary>
    public Action<string, int, int> OnCall { get; set; } = (_, _, _) => { };

    public ConcurrentDictionary<Thread, bool> Threads { get; } = [];

    /// <summary>For each worker: between how many of its steps its thread allocated anything.</summary>
    public IEnumerable<int> StepsThatAllocated => _workers.Select(worker =>
        Enumerable.Range(1, worker._steps - 1).Count(i => worker._allocated[i] != worker._allocated[i - 1]));

    public int Steps => _steps;

    public INetwork<T> Network => _inner.Network;

    public Loss? LossKind => _inner.LossKind;

    public Reduction Reduction => _inner.Reduction;

    public T ClipNorm
    {
        get => _inner.ClipNorm;
        set => _inner.ClipNorm = value;
    }

    public T LearningRate
    {
        get => _inner.LearningRate;
        set => _inner.LearningRate = value;
    }

    public int StateSize => _inner.StateSize;

    public IParallelTrainer<T> Fork() => new WatchedTrainer<T>(_inner.Fork(), this);

    public void BackwardShards(ReadOnlySpan<T> inputs, ReadOnlySpan<T> targets, int firstSample, int batchSize, int shardSize)
    {
        _allocated[_steps++] = GC.GetAllocatedBytesForCurrentThread();
        if (_steps == 1)
            _root.Threads[Thread.CurrentThread] = true;
        _root.OnCall(nameof(BackwardShards), _root._workers.IndexOf(this), _steps);
        _inner.BackwardShards(inputs, targets, firstSample, batchSize, shardSize);
    }

    public T Reduce(ReadOnlySpan<IParallelTrainer<T>> workers, int part, int parts)
    {
        // Assert.Equal would allocate.
        Assert.True(workers.Length == _workers.Count);
        OnCall(nameof(Reduce), part, _steps);
        return _inner.Reduce(_innerWorkers, part, parts);
    }

    public void UpdatePart(ReadOnlySpan<IParallelTrainer<T>> workers, int part, int parts)
    {
        OnCall(nameof(UpdatePart), part, _steps);
        _inner.UpdatePart(_innerWorkers, part, parts);
    }

    public T Loss(ReadOnlySpan<T> inputs, ReadOnlySpan<T> targets) => _inner.Loss(inputs, targets);

    public T Backward(ReadOnlySpan<T> inputs, ReadOnlySpan<T> targets) => _inner.Backward(inputs, targets);

    public void BackwardFrom(ReadOnlySpan<T> inputs, ReadOnlySpan<T> outputGradients) => _inner.BackwardFrom(inputs, outputGradients);

    public void GetGradients(Span<T> destination) => _inner.GetGradients(destination);

    public void SetGradients(ReadOnlySpan<T> source) => _inner.SetGradients(source);

    public void Update() => _inner.Update();

    public T Step(ReadOnlySpan<T> inputs, ReadOnlySpan<T> targets) => _inner.Step(inputs, targets);

    public void GetState(Span<byte> destination) => _inner.GetState(destination);

    public void SetState(ReadOnlySpan<byte> source) => _inner.SetState(source);

    public void Reset() => _inner.Reset();

    public GradientCheck CheckGradients(ReadOnlySpan<T> inputs, ReadOnlySpan<T> targets) => _inner.CheckGradients(inputs, targets);
}
