using System;

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

    public Evaluation(ITrainer<T> trainer, Dataset<T> data, MeasuredOutput? measured)
    {
        _trainer = trainer;
        _data = data;
        _measured = measured;
        if (measured is null)
            return;
        OutputPart part = measured.Part;
        int chunk = Math.Min(Math.Max(1, ChunkLength / data.TargetSize), data.Count);
        _rows = new T[chunk * data.TargetSize];
        if (!part.IsWhole)
        {
            _outputs = new T[chunk * part.Length];
            _targets = part.Of(data.Targets).ToArray();
        }

        if (!measured.IsForClasses)
            _rSquared = new RSquaredSums<T>(part.IsWhole ? data.Targets : _targets, part.Classes);
    }

    /// <summary>The mean loss per sample, dropout off.</summary>
    public double Loss() => Loss(_trainer, _data);

    /// <summary>The mean loss per sample, dropout off.</summary>
    public static double Loss(ITrainer<T> trainer, Dataset<T> data)
    {
        double loss = Real<T>.ToDouble(trainer.Loss(data.Inputs, data.Targets));
        return trainer.Reduction == Reduction.Sum ? loss / data.Count : loss;
    }

    /// <summary>The share of right classes for losses of classes, R² for others; null where no output is measured.</summary>
    public double? Metric()
    {
        if (_measured is not { Part: { } part })
            return null;
        int size = _data.TargetSize;
        int chunk = _rows.Length / size;
        int decision = _measured.Loss == GeneratedNetworks.Loss.CrossEntropy ? part.Classes : 1;
        long correct = 0;
        _rSquared?.Clear();
        for (int first = 0; first < _data.Count; first += chunk)
        {
            int count = Math.Min(chunk, _data.Count - first);
            Span<T> outputs = _rows.AsSpan(0, count * size);
            ReadOnlySpan<T> targets = part.IsWhole ? _data.Targets : _targets;
            targets = targets.Slice(first * part.Length, count * part.Length);
            _trainer.Network.Forward(_data.Inputs.Slice(first * _data.InputSize, count * _data.InputSize), outputs);
            if (!part.IsWhole)
            {
                Span<T> others = _outputs.AsSpan(0, count * part.Length);
                part.Copy(outputs, others);
                outputs = others;
            }

            if (_rSquared is not null)
                _rSquared.Add(outputs, targets);
            else
                correct += Metrics.CountCorrect(outputs, targets, decision, Metrics.DefaultThreshold);
        }

        return _rSquared?.Value ?? ((double)correct / ((long)_data.Count * part.Length / decision));
    }
}
