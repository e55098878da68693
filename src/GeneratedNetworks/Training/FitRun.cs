using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Threading;

namespace GeneratedNetworks;

/// <summary>One call of <see cref="TrainingExtensions.Fit{T}"/>: its buffers and how far it has come.</summary>
internal sealed class FitRun<T>
    where T : struct
{
    private readonly ITrainer<T> _trainer;
    private readonly Dataset<T> _data;
    private readonly Dataset<T>? _validation;
    private readonly FitOptions _options;
    private readonly bool _lossesAreSums;
    private readonly int[] _order;
    private readonly T[] _batchInputs;
    private readonly T[] _batchTargets;
    private readonly Checkpoint<T>? _checkpoint;
    private readonly FitProgress<T> _state;
    private ParallelStep<T>? _parallel;

    public FitRun(ITrainer<T> trainer, Dataset<T> data, Dataset<T>? validation, FitOptions options)
    {
        _trainer = trainer;
        _data = data;
        _validation = validation;
        _options = options;
        _lossesAreSums = ReductionProbe.LossesAreSums(trainer, data);
        int batch = Math.Min(options.BatchSize, data.Count);
        _order = options.Shuffle ? new int[data.Count] : [];
        bool gathers = options.Shuffle && options.Threads is null;
        _batchInputs = gathers ? new T[checked(batch * data.InputSize)] : [];
        _batchTargets = gathers ? new T[checked(batch * data.TargetSize)] : [];
        _state = new FitProgress<T>(options.RestoreBest ? trainer.Network.ParameterCount : 0);
        if (options.CheckpointPath is not { } path)
            return;
        AtomicFile.RequireFolder(path);
        _checkpoint = new Checkpoint<T>(path, trainer, data, validation, options);
    }

    public FitResult Run(IProgress<EpochReport>? progress, CancellationToken cancellationToken)
    {
        using CheckpointLock? held = _options.CheckpointPath is { } path ? CheckpointLock.Take(path) : null;
        if (_options.Threads is not { } threads)
            return RunEpochs(progress, cancellationToken);
        int batch = Math.Min(_options.BatchSize, _data.Count);
        using (_parallel = new ParallelStep<T>((IParallelTrainer<T>)_trainer, _data, _order, batch, threads))
            return RunEpochs(progress, cancellationToken);
    }

    private FitResult RunEpochs(IProgress<EpochReport>? progress, CancellationToken cancellationToken)
    {
        if (_options.Resume && File.Exists(_options.CheckpointPath))
            _checkpoint!.Read(_state);
        StopReason reason = StopReason.Completed;
        while (_state.Epoch < _options.Epochs)
        {
            if (_state.EpochsWithoutBetter >= _options.Patience)
            {
                reason = StopReason.EarlyStopped;
                break;
            }

            EpochReport report = RunEpoch(_state.Epoch + 1, cancellationToken);
            if (double.IsNaN(report.TrainingLoss) || double.IsInfinity(report.TrainingLoss))
            {
                // No checkpoint: the last good one stays.
                progress?.Report(report);
                reason = StopReason.Diverged;
                break;
            }

            if (IsCheckpointDue())
                _checkpoint!.Write(_state);
            progress?.Report(report);
        }

        if (_options.RestoreBest && _state.BestEpoch > 0)
            _trainer.Network.SetParameters(_state.BestParameters);
        return new FitResult(_state.History, _state.BestEpoch, reason);
    }

    private EpochReport RunEpoch(int epoch, CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp();
        if (_options.Shuffle)
            SplitMix64.Permute(_order, SplitMix64.Derive(_options.Seed, (ulong)epoch));
        double sum = 0;
        for (int first = 0; first < _data.Count; first += _options.BatchSize)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (_options.Schedule is { } schedule)
                _trainer.LearningRate = Real<T>.FromDouble(schedule.GetRate(epoch - 1 + ((double)first / _data.Count)));
            int count = Math.Min(_options.BatchSize, _data.Count - first);
            sum += Step(first, count);
            if (first > int.MaxValue - _options.BatchSize)
                break;
        }

        double loss = sum / _data.Count;
        double? validationLoss = _validation is null ? null : ValidationLoss(_validation);
        double monitored = validationLoss ?? loss;
        bool isBest = _state.IsBetter(monitored, _options.MinDelta);
        TimeSpan elapsed = TimeSpan.FromSeconds((Stopwatch.GetTimestamp() - start) / (double)Stopwatch.Frequency);
        EpochReport report = new(epoch, _options.Epochs, loss, validationLoss, Real<T>.ToDouble(_trainer.LearningRate), isBest, elapsed);
        _state.Add(report, _trainer.Network);
        return report;
    }

    /// <summary>One step on the samples at some places of the epoch's order; returns their losses' sum.</summary>
    private double Step(int first, int count)
    {
        int inputLength = count * _data.InputSize;
        int targetLength = count * _data.TargetSize;
        T loss;
        if (_parallel is not null)
        {
            loss = _parallel.Step(first, count);
        }
        else if (_options.Shuffle)
        {
            _data.Gather(_order.AsSpan(first, count), _batchInputs, _batchTargets);
            loss = _trainer.Step(_batchInputs.AsSpan(0, inputLength), _batchTargets.AsSpan(0, targetLength));
        }
        else
        {
            loss = _trainer.Step(
                _data.Inputs.Slice(first * _data.InputSize, inputLength), _data.Targets.Slice(first * _data.TargetSize, targetLength));
        }

        return _lossesAreSums ? Real<T>.ToDouble(loss) : Real<T>.ToDouble(loss) * count;
    }

    private double ValidationLoss(Dataset<T> validation)
    {
        double loss = Real<T>.ToDouble(_trainer.Loss(validation.Inputs, validation.Targets));
        return _lossesAreSums ? loss / validation.Count : loss;
    }

    private bool IsCheckpointDue() => _checkpoint is not null
        && (_state.Epoch % _options.CheckpointEvery == 0
            || _state.Epoch == _options.Epochs
            || _state.EpochsWithoutBetter >= _options.Patience);
}
