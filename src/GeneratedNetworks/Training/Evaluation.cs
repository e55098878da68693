using System;
using GeneratedNetworks.CompilerServices;

namespace GeneratedNetworks;

/// <summary>Measures a network on a dataset again and again, without allocating: the loss, and the metric that fits the loss of one output.</summary>
internal sealed class Evaluation<T>
    where T : struct
{
    // Outputs of so many values at once are held.
    private const int ChunkLength = 16384;

    private readonly ITrainer<T> _trainer;
    private readonly Dataset<T> _data;
    private readonly MeasuredOutput? _measured;
    private readonly T[] _rows = [];
    private readonly T[] _outputs = [];
    private readonly T[] _targets = [];
    private readonly RSquaredSums<T>? _rSquared;

    // Where windows go on from each other; otherwise null, and each starts from nothing.
    private readonly CarriedWindows<T>? _carried;

    // Whether steps beyond a sample's length do not count.
    private readonly bool _hasLengths;

    /// <param name="trainer">Whose network it is.</param>
    /// <param name="data">What it is measured on.</param>
    /// <param name="measured">The output with a metric; null for the loss alone.</param>
    /// <param name="carriesMemory">Whether the data's windows go on from each other.</param>
    public Evaluation(ITrainer<T> trainer, Dataset<T> data, MeasuredOutput? measured, bool carriesMemory)
    {
        _trainer = trainer;
        _data = data;
        _measured = measured;
        _carried = carriesMemory ? new CarriedWindows<T>(trainer, data, runs: measured is not null) : null;
        if (measured is null)
            return;
        OutputPart part = measured.Part;
        int chunk = Math.Min(Math.Max(1, ChunkLength / data.TargetSize), data.Count);
        _rows = new T[chunk * data.TargetSize];
        _hasLengths = data.Lengths.Length > 0 && part.Steps == ((ISequenceNetwork<T>)trainer.Network).Steps;
        if (!part.IsWhole || _hasLengths)
        {
            _outputs = new T[chunk * part.Length];
            _targets = part.Of(data.Targets).ToArray();
        }

        if (_hasLengths)
            Array.Resize(ref _targets, part.Compact<T>(_targets, data.Lengths));
        if (!measured.IsForClasses)
            _rSquared = new RSquaredSums<T>(_targets.Length == 0 ? data.Targets : _targets, part.Classes);
    }

    /// <summary>The mean loss per sample, dropout off.</summary>
    public double Loss()
    {
        if (_carried is not null)
        {
            double sum = _carried.SumOfLosses();
            return _trainer.Reduction == Reduction.Sum ? sum / _data.Count : sum * _data.Streams!.Value / _data.Count;
        }

        T measured = _data.Lengths.Length > 0 ? ((ISequenceTrainer<T>)_trainer).LossLengths(_data.Inputs, _data.Targets, _data.Lengths) : _trainer.Loss(_data.Inputs, _data.Targets);
        double loss = Real<T>.ToDouble(measured);
        return _trainer.Reduction == Reduction.Sum ? loss / _data.Count : loss;
    }

    /// <summary>The share of right classes for losses of classes, R² for others; null where no output is measured.</summary>
    public double? Metric()
    {
        if (_measured is not { Part: { } part })
            return null;
        int size = _data.TargetSize;
        int chunk = _rows.Length / size;
        int decision = _measured.Loss == GeneratedNetworks.Loss.CrossEntropy ? part.Classes : 1;
        long correct = 0, withClass = 0;
        int counted = 0;
        _rSquared?.Clear();
        _carried?.Restart();
        for (int first = 0; first < _data.Count; first += chunk)
        {
            int count = Math.Min(chunk, _data.Count - first);
            Span<T> outputs = _rows.AsSpan(0, count * size);
            ReadOnlySpan<T> targets = _targets.Length == 0 ? _data.Targets : _targets;
            ReadOnlySpan<T> inputs = _data.Inputs.Slice(first * _data.InputSize, count * _data.InputSize);
            ReadOnlySpan<int> lengths = _data.Lengths.Length == 0 ? default : _data.Lengths.Slice(first, count);
            if (_carried is not null)
                _carried.Forward(first, count, outputs);
            else if (lengths.Length > 0)
                ((ISequenceNetwork<T>)_trainer.Network).ForwardLengths(inputs, outputs, lengths);
            else
                _trainer.Network.Forward(inputs, outputs);
            if (!part.IsWhole)
            {
                Span<T> others = _outputs.AsSpan(0, count * part.Length);
                part.Copy(outputs, others);
                outputs = others;
            }

            if (_hasLengths)
                outputs = outputs.Slice(0, part.Compact(outputs, lengths));
            targets = targets.Slice(counted, outputs.Length);
            counted += outputs.Length;
            if (_rSquared is not null)
                _rSquared.Add(outputs, targets);
            else
                correct += Metrics.CountCorrect(outputs, targets, decision, Metrics.DefaultThreshold, ref withClass);
        }

        return _rSquared?.Value ?? ((double)correct / withClass);
    }
}
