using System;
using GeneratedNetworks.CompilerServices;

namespace GeneratedNetworks;

/// <summary>Takes the steps of a run, one batch of an epoch's order after another.</summary>
internal sealed class Stepper<T> : IDisposable
    where T : struct
{
    private readonly ITrainer<T> _trainer;
    private readonly Dataset<T> _data;
    private readonly FitOptions _options;
    private readonly int[] _order;
    private readonly T[] _batchInputs;
    private readonly T[] _batchTargets;
    private readonly int[] _batchLengths;
    private readonly T[] _memories;
    private readonly ParallelStep<T>? _parallel;
    private T[] _gradients = [];

    public Stepper(ITrainer<T> trainer, Dataset<T> data, FitOptions options)
    {
        _trainer = trainer;
        _data = data;
        _options = options;
        int batch = Math.Min(checked(options.BatchSize + TrainingExtensions.LeastBatch(trainer) - 1), data.Count);
        bool isParallel = options.Threads is not null && trainer is IParallelTrainer<T> && !options.CarryMemory && data.Lengths.Length == 0;
        _order = options.Shuffle ? new int[data.Count] : [];
        bool gathers = options.Shuffle && !isParallel;
        _batchInputs = gathers ? new T[checked(batch * data.InputSize)] : [];
        _batchLengths = gathers && data.Lengths.Length > 0 ? new int[batch] : [];
        _memories = options.CarryMemory ? new T[checked(options.BatchSize * ((IStreamTrainer<T>)trainer).MemorySize)] : [];
        _batchTargets = gathers ? new T[checked(batch * data.TargetSize)] : [];
        if (isParallel && options.Threads is { } threads)
            _parallel = new ParallelStep<T>((IParallelTrainer<T>)trainer, data, _order, batch, threads);
    }

    /// <summary>The norm of the last step's gradients, if it was taken.</summary>
    public double? GradientNorm { get; private set; }

    private bool Watches => _options.WatchGradients || Real<T>.ToDouble(_trainer.ClipNorm) > 0;

    public void StartEpoch(int epoch)
    {
        Array.Clear(_memories, 0, _memories.Length);
        if (_options.Shuffle)
            SplitMix64.Permute(_order, SplitMix64.Derive(_options.Seed, (ulong)epoch));
    }

    /// <summary>One step on the samples at some places of the epoch's order; returns their losses' sum.</summary>
    public double Step(int first, int count)
    {
        T loss;
        GradientNorm = null;
        if (_parallel is not null)
        {
            loss = _parallel.Step(first, count, Watches);
            GradientNorm = _parallel.GradientNorm;
        }
        else if (_options.Shuffle)
        {
            _data.Gather(_order.AsSpan(first, count), _batchInputs, _batchTargets);
            if (_batchLengths.Length > 0)
                _data.GatherLengths(_order.AsSpan(first, count), _batchLengths);
            loss = Step(_batchInputs.AsSpan(0, count * _data.InputSize), _batchTargets.AsSpan(0, count * _data.TargetSize), _batchLengths.AsSpan(0, Math.Min(count, _batchLengths.Length)));
        }
        else
        {
            loss = Step(
                _data.Inputs.Slice(first * _data.InputSize, count * _data.InputSize),
                _data.Targets.Slice(first * _data.TargetSize, count * _data.TargetSize),
                _data.Lengths.Length == 0 ? default : _data.Lengths.Slice(first, count));
        }

        double value = Real<T>.ToDouble(loss);
        return _trainer.Reduction == Reduction.Sum ? value : value * count;
    }

    /// <summary>The sample at a place of the epoch's order.</summary>
    public int SampleAt(int place) => _options.Shuffle ? _order[place] : place;

    public void Dispose() => _parallel?.Dispose();

    private T Step(ReadOnlySpan<T> inputs, ReadOnlySpan<T> targets, ReadOnlySpan<int> lengths)
    {
        // Where their norm is limited, the trainer's own step computes all gradients before the update too.
        if (!Watches)
        {
            return _memories.Length > 0 ? ((IStreamTrainer<T>)_trainer).StepStreams(inputs, targets, _memories)
                : lengths.Length > 0 ? ((ISequenceTrainer<T>)_trainer).StepLengths(inputs, targets, lengths)
                : _trainer.Step(inputs, targets);
        }

        T loss = _memories.Length > 0 ? ((IStreamTrainer<T>)_trainer).BackwardStreams(inputs, targets, _memories)
            : lengths.Length > 0 ? ((ISequenceTrainer<T>)_trainer).BackwardLengths(inputs, targets, lengths)
            : _trainer.Backward(inputs, targets);
        if (_gradients.Length == 0)
            _gradients = new T[_trainer.Network.ParameterCount];
        _trainer.GetGradients(_gradients);
        GradientNorm = Norm.Of<T>(_gradients);
        _trainer.Update();
        return loss;
    }
}
