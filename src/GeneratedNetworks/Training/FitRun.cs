using System;
using System.Diagnostics;
using System.IO;
using System.Threading;
using GeneratedNetworks.CompilerServices;

namespace GeneratedNetworks;

/// <summary>One call of <see cref="TrainingExtensions.Fit{T}"/>: how far it has come, and when it ends.</summary>
internal sealed class FitRun<T>
    where T : struct
{
    private readonly ITrainer<T> _trainer;
    private readonly Dataset<T> _data;
    private readonly FitOptions _options;
    private readonly Evaluation<T>? _training;
    private readonly Evaluation<T>? _validation;
    private readonly bool _isAccuracy;
    private readonly FiniteGuard<T> _guard;
    private readonly Checkpoint<T>? _checkpoint;
    private readonly FitProgress<T> _state;
    private readonly Snapshot<T>? _before;
    private readonly FitStep? _step;
    private TimeSpan _elapsed;
    private int _epochsBefore;
    private bool _hasDiverged;
    private bool _isCutShort;
    private string? _note;

    public FitRun(ITrainer<T> trainer, Dataset<T> data, Dataset<T>? validation, FitOptions options)
    {
        _trainer = trainer;
        _data = data;
        _options = options;
        MeasuredOutput? measured = MeasuredOutput.Of(trainer, options);
        _isAccuracy = measured is { IsForClasses: true };
        _training = options.MeasureTraining ? new Evaluation<T>(trainer, data, measured, options.CarryMemory) : null;
        _validation = validation is null ? null : new Evaluation<T>(trainer, validation, measured, options.CarryMemory);
        _before = options.RestoreBest ? new Snapshot<T>(trainer) : null;
        _state = new FitProgress<T>(options.RestoreBest ? new Snapshot<T>(trainer) : null);
        bool keepsEpochs = options.RestoreBest || options.CheckpointPath is not null;
        _guard = new FiniteGuard<T>(trainer, data, keepsEpochs ? options.BatchSize : 0);
        if (options.OnStep is not null)
        {
            int rest = data.Count % options.BatchSize;
            int steps = (data.Count / options.BatchSize) + (rest >= TrainingExtensions.LeastBatch(trainer) ? 1 : 0);
            _step = new FitStep(options.Epochs, steps, options.Schedule is not null, Real<T>.MaxValue);
        }

        if (options.CheckpointPath is not { } path)
            return;
        AtomicFile.RequireFolder(path);
        _checkpoint = new Checkpoint<T>(path, trainer, data, validation, options);
    }

    public FitResult Run(IProgress<EpochReport>? progress, CancellationToken cancellationToken)
    {
        using CheckpointLock? held = _options.CheckpointPath is { } path ? CheckpointLock.Take(path) : null;
        using Stepper<T> stepper = new(_trainer, _data, _options);
        if (_options.Resume && File.Exists(_options.CheckpointPath))
            Resume();
        _note = Adaptation.NoteOn(_trainer.Network);
        _epochsBefore = _state.Epoch;
        _before?.Take();
        StopReason reason = RunEpochs(stepper, progress, cancellationToken);
        return new FitResult(_state.History, _state.BestEpoch, reason, _options.RestoreBest ? RestoreBest(reason) : null);
    }

    private void Resume()
    {
        _checkpoint!.Read(_state);

        // A rate that the callback has set is not among the caller's settings.
        if (_step is not null && _options.Schedule is null)
            _trainer.LearningRate = Real<T>.FromDouble(_state.History[_state.Epoch - 1].LearningRate);
    }

    private StopReason RunEpochs(Stepper<T> stepper, IProgress<EpochReport>? progress, CancellationToken cancellationToken)
    {
        while (_state.Epoch < _options.Epochs)
        {
            if (_state.EpochsWithoutBetter >= _options.Patience)
                return StopReason.EarlyStopped;
            EpochReport report = RunEpoch(stepper, _state.Epoch + 1, cancellationToken);

            // Neither of a bad epoch nor of half a one: the last good one stays.
            if (!_hasDiverged && !_isCutShort && IsCheckpointDue())
                _checkpoint!.Write(_state);
            progress?.Report(report);
            if (_hasDiverged)
                return StopReason.Diverged;
            if (_step is { IsStopped: true })
                return StopReason.Stopped;
        }

        return StopReason.Completed;
    }

    private EpochReport RunEpoch(Stepper<T> stepper, int epoch, CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp();
        stepper.StartEpoch(epoch);
        double sum = 0;
        double norms = 0;
        int samples = 0;
        int steps = 0;
        int normed = 0;
        while (samples < _data.Count)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (_options.Schedule is { } schedule)
                _trainer.LearningRate = Rate(schedule, epoch, samples);
            int count = Math.Min(_options.BatchSize, _data.Count - samples), rest = _data.Count - samples - count;

            // Too few for a batch of their own join the one before.
            if (rest > 0 && rest < TrainingExtensions.LeastBatch(_trainer))
                count += rest;
            double loss = stepper.Step(samples, count);
            steps++;
            samples += count;
            if (stepper.GradientNorm is { } norm)
            {
                norms += norm;
                normed++;
            }

            if (_step is not null)
                Tell(_step, epoch, steps, count, loss / count, stepper.GradientNorm);
            _hasDiverged = !Finite.Is(loss);
            sum = _hasDiverged ? loss : sum + loss;
            if (_hasDiverged || _step is { IsStopped: true })
                break;
        }

        TimeSpan stepping = Since(start);
        if (!_hasDiverged && !_guard.IsFinite(stepper, samples))
        {
            _hasDiverged = true;
            sum = double.NaN;
        }

        _isCutShort = samples < _data.Count;
        EpochReport report = Measure(epoch, _hasDiverged ? sum : sum / samples, normed == 0 ? null : norms / normed) with
        {
            Steps = steps,
            TimePerStep = new TimeSpan(stepping.Ticks / steps),
            Elapsed = Since(start),
        };
        report = report with { Remaining = Remaining(report), Note = _note };
        _note = null;
        _state.Add(report);
        return report;
    }

    /// <summary>What can be said of an epoch after its last step, apart from how long it took.</summary>
    private EpochReport Measure(int epoch, double loss, double? gradientNorm)
    {
        // What has diverged measures nothing.
        Evaluation<T>? validation = _hasDiverged ? null : _validation;
        Evaluation<T>? training = _hasDiverged ? null : _training;
        double? validationLoss = validation?.Loss();

        // The loss of some steps is not one of an epoch.
        bool isComparable = validationLoss is not null || !_isCutShort;
        return new EpochReport
        {
            Epoch = epoch,
            Epochs = _options.Epochs,
            TrainingLoss = loss,
            ValidationLoss = validationLoss,
            TrainingMetric = training?.Metric(),
            ValidationMetric = validation?.Metric(),
            IsAccuracy = _isAccuracy,
            LearningRate = Real<T>.ToDouble(_trainer.LearningRate),
            GradientNorm = gradientNorm,
            IsBest = isComparable && _state.IsBetter(validationLoss ?? loss, _options.MinDelta),
        };
    }

    /// <summary>The rate that a schedule gives, if it is one.</summary>
    private T Rate(LearningRateSchedule schedule, int epoch, int samples)
    {
        double place = epoch - 1 + ((double)samples / _data.Count);
        double rate = schedule.GetRate(place);
        if (rate >= 0 && rate <= Real<T>.MaxValue)
            return Real<T>.FromDouble(rate);
        throw new InvalidOperationException(FormattableString.Invariant(
            $"The Schedule gives the rate {rate} in epoch {epoch}, GetRate({place:g6}); a rate must be finite and not negative."));
    }

    private void Tell(FitStep step, int epoch, int number, int samples, double loss, double? gradientNorm)
    {
        step.Set(epoch, number, samples, loss, gradientNorm, Real<T>.ToDouble(_trainer.LearningRate));
        _options.OnStep!(step);
        if (step.HasNewRate)
            _trainer.LearningRate = Real<T>.FromDouble(step.LearningRate);
    }

    private bool IsCheckpointDue() => _checkpoint is not null
        && (_state.Epoch % _options.CheckpointEvery == 0
            || _state.Epoch == _options.Epochs
            || _state.EpochsWithoutBetter >= _options.Patience
            || _step is { IsStopped: true });

    /// <summary>Gives back the best parameters, with the state and rate of the same moment; returns after which epoch that was, if it was one.</summary>
    private int? RestoreBest(StopReason reason)
    {
        if (reason != StopReason.Diverged)
        {
            if (_state.BestEpoch == 0)
                return null;
            _state.Best!.Restore();
            return _state.BestEpoch;
        }

        if (_state.BestEpoch > 0)
        {
            _state.Best!.Restore();
            if (_validation is not null)
                return _state.BestEpoch;

            // A training loss is measured before each update: what the last one did to the parameters it does not say.
            Evaluation<T> training = new(_trainer, _data, measured: null, _options.CarryMemory);
            double best = training.Loss();
            _before!.Restore();
            if (Finite.Is(best) && !(best > training.Loss()))
            {
                _state.Best.Restore();
                return _state.BestEpoch;
            }
        }

        _before!.Restore();
        return _epochsBefore;
    }

    private TimeSpan Remaining(in EpochReport report)
    {
        if (_hasDiverged || _step is { IsStopped: true })
            return TimeSpan.Zero;

        // While the first epoch runs, the code is compiled.
        int counted = report.Epoch - _epochsBefore - 1;
        if (counted == 0)
            return TimeSpan.Zero;
        _elapsed += report.Elapsed;
        return new TimeSpan(_elapsed.Ticks / counted * (_options.Epochs - report.Epoch));
    }

    private static TimeSpan Since(long start) => TimeSpan.FromSeconds((Stopwatch.GetTimestamp() - start) / (double)Stopwatch.Frequency);
}
