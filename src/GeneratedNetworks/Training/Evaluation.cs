using System;

namespace GeneratedNetworks;

/// <summary>Measures a network on a dataset again and again, without allocating: the loss, and the metric that fits it.</summary>
internal sealed class Evaluation<T>
    where T : struct
{
    // Outputs of so many values at once are held.
    private const int ChunkLength = 16384;

    private readonly ITrainer<T> _trainer;
    private readonly Dataset<T> _data;
    private readonly T[] _outputs;
    private readonly RSquaredSums<T>? _rSquared;

    public Evaluation(ITrainer<T> trainer, Dataset<T> data)
    {
        _trainer = trainer;
        _data = data;
        if (trainer.LossKind is not { } loss)
        {
            _outputs = [];
            return;
        }

        _outputs = new T[Math.Min(Math.Max(1, ChunkLength / data.TargetSize), data.Count) * data.TargetSize];
        if (!IsForClasses(loss))
            _rSquared = new RSquaredSums<T>(data.Targets, data.TargetSize);
    }

    public static bool IsForClasses(Loss? loss) => loss is GeneratedNetworks.Loss.BinaryCrossEntropy or GeneratedNetworks.Loss.CrossEntropy;

    /// <summary>The mean loss per sample, dropout off.</summary>
    public double Loss() => Loss(_trainer, _data);

    /// <summary>The mean loss per sample, dropout off.</summary>
    public static double Loss(ITrainer<T> trainer, Dataset<T> data)
    {
        double loss = Real<T>.ToDouble(trainer.Loss(data.Inputs, data.Targets));
        return trainer.Reduction == Reduction.Sum ? loss / data.Count : loss;
    }

    /// <summary>The share of right classes for losses of classes, R² for others; null where there is more than one loss.</summary>
    public double? Metric()
    {
        if (_outputs.Length == 0)
            return null;
        int size = _data.TargetSize;
        int chunk = _outputs.Length / size;
        long correct = 0;
        _rSquared?.Clear();
        for (int first = 0; first < _data.Count; first += chunk)
        {
            int count = Math.Min(chunk, _data.Count - first);
            Span<T> outputs = _outputs.AsSpan(0, count * size);
            ReadOnlySpan<T> targets = _data.Targets.Slice(first * size, count * size);
            _trainer.Network.Forward(_data.Inputs.Slice(first * _data.InputSize, count * _data.InputSize), outputs);
            if (_rSquared is not null)
                _rSquared.Add(outputs, targets);
            else if (_trainer.LossKind == GeneratedNetworks.Loss.CrossEntropy)
                correct += Metrics.CountCorrect<T>(outputs, targets, size, Metrics.DefaultThreshold);
            else
                correct += Metrics.CountCorrect<T>(outputs, targets, 1, Metrics.DefaultThreshold);
        }

        double decisions = _trainer.LossKind == GeneratedNetworks.Loss.CrossEntropy ? _data.Count : _data.Targets.Length;
        return _rSquared?.Value ?? (correct / decisions);
    }
}
