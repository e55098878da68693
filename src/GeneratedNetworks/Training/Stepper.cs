using System;

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
    private readonly ParallelStep<T>? _parallel;
    private T[] _gradients = [];

    public Stepper(ITrainer<T> trainer, Dataset<T> data, FitOptions options)
    {
        _trainer = trainer;
        _data = data;
        _options = options;
        int batch = Math.Min(checked(options.BatchSize + TrainingExtensions.LeastBatch(trainer) - 1), data.Count);
        bool isParallel = options.Threads is not null && trainer is IParallelTrainer<T>;
        _order = options.Shuffle ? new int[data.Count] : [];
        bool gathers = options.Shuffle && !isParallel;
        _batchInputs = gathers ? new T[checked(batch * data.InputSize)] : [];
        _batchTargets = gathers ? new T[checked(batch * data.TargetSize)] : [];
        if (isParallel && options.Threads is { } threads)
            _parallel = new ParallelStep<T>((IParallelTrainer<T>)trainer, data, _order, batch, threads);
    }

    /// <summary>The norm of the last step's gradients, if it was taken.</summary>
    public double? GradientNorm { get; private set; }

    private bool Watches => _options.WatchGradients || Real<T>.ToDouble(_trainer.ClipNorm) > 0;

    public void StartEpoch(int epoch)
    {
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
            loss = Step(_batchInputs.AsSpan(0, count * _data.InputSize), _batchTargets.AsSpan(0, count * _data.TargetSize));
        }
        else
        {
            loss = Step(
                _data.Inputs.Slice(first * _data.InputSize, count * _data.InputSize),
                _data.Targets.Slice(first * _data.TargetSize, count * _data.TargetSize));
        }

        double value = Real<T>.ToDouble(loss);
        return _trainer.Reduction == Reduction.Sum ? value : value * count;
    }

    /// <summary>The sample at a place of the epoch's order.</summary>
    public int SampleAt(int place) => _options.Shuffle ? _order[place] : place;

    public void Dispose() => _parallel?.Dispose();

    private T Step(ReadOnlySpan<T> inputs, ReadOnlySpan<T> targets)
    {
        // Where their norm is limited, the trainer's own step computes all gradients before the update too.
        if (!Watches)
            return _trainer.Step(inputs, targets);
        T loss = _trainer.Backward(inputs, targets);
        if (_gradients.Length == 0)
            _gradients = new T[_trainer.Network.ParameterCount];
        _trainer.GetGradients(_gradients);
        GradientNorm = Norm.Of<T>(_gradients);
        _trainer.Update();
        return loss;
    }
}
