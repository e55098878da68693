using System;

namespace GeneratedNetworks;

/// <summary>
/// Looks at what an epoch's last step has left, which no loss of the epoch shows: each is measured before its update. What is not finite may neither be
/// taken for the best nor be kept in a checkpoint.
/// </summary>
internal sealed class FiniteGuard<T>
    where T : struct
{
    private const int MaxSamples = 64;

    private readonly ITrainer<T> _trainer;
    private readonly Dataset<T> _data;
    private readonly T[] _parameters;
    private readonly int[] _samples;
    private readonly T[] _inputs;
    private readonly T[] _targets;

    /// <param name="trainer">Whose network it is.</param>
    /// <param name="data">What it is trained on.</param>
    /// <param name="batchSize">Of how many of the epoch's last samples the loss must be finite as well, at most; 0 for none.</param>
    public FiniteGuard(ITrainer<T> trainer, Dataset<T> data, int batchSize)
    {
        _trainer = trainer;
        _data = data;
        _parameters = new T[trainer.Network.ParameterCount];
        _samples = new int[Math.Min(Math.Min(batchSize, MaxSamples), data.Count)];
        _inputs = new T[_samples.Length * data.InputSize];
        _targets = new T[_samples.Length * data.TargetSize];
    }

    /// <summary>Whether the parameters, and the loss with them, are finite.</summary>
    /// <param name="stepper">What took the epoch's steps.</param>
    /// <param name="end">How many samples of the epoch were trained on, at least one batch.</param>
    public bool IsFinite(Stepper<T> stepper, int end)
    {
        _trainer.Network.GetParameters(_parameters);
        if (Finite.IndexOfOther<T>(_parameters) >= 0)
            return false;
        if (_samples.Length == 0)
            return true;
        int count = Math.Min(_samples.Length, end);
        for (int i = 0; i < count; i++)
            _samples[i] = stepper.SampleAt(end - count + i);
        _data.Gather(_samples.AsSpan(0, count), _inputs, _targets);
        T loss = _trainer.Loss(_inputs.AsSpan(0, count * _data.InputSize), _targets.AsSpan(0, count * _data.TargetSize));
        return Finite.Is(Real<T>.ToDouble(loss));
    }
}
