using System;

namespace GeneratedNetworks;

/// <summary>R² of outputs that come in pieces: per output 1 − Σ(t − y)² / Σ(t − t̄)², then the mean.</summary>
internal sealed class RSquaredSums<T>
    where T : struct
{
    private readonly double[] _variations;
    private readonly double[] _residuals;

    /// <param name="targets">All targets, at least one sample.</param>
    /// <param name="outputSize">Values per sample, positive.</param>
    public RSquaredSums(ReadOnlySpan<T> targets, int outputSize)
    {
        _variations = new double[outputSize];
        _residuals = new double[outputSize];
        double count = targets.Length / outputSize;
        double[] means = new double[outputSize];
        for (int i = 0; i < targets.Length; i++)
            means[i % outputSize] += Real<T>.ToDouble(targets[i]) / count;
        for (int i = 0; i < targets.Length; i++)
        {
            double distance = Real<T>.ToDouble(targets[i]) - means[i % outputSize];
            _variations[i % outputSize] += distance * distance;
        }
    }

    /// <summary>
    /// Of all samples added since the last <see cref="Clear"/>. An output whose targets are all equal counts 1 where it is exact, otherwise 0.
    /// </summary>
    public double Value
    {
        get
        {
            double total = 0;
            for (int output = 0; output < _residuals.Length; output++)
            {
                double residual = _residuals[output];
                total += _variations[output] != 0 ? 1 - (residual / _variations[output]) : residual == 0 ? 1 : 0;
            }

            return total / _residuals.Length;
        }
    }

    public void Clear() => Array.Clear(_residuals, 0, _residuals.Length);

    /// <summary>Adds whole samples.</summary>
    public void Add(ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets)
    {
        for (int i = 0; i < outputs.Length; i++)
        {
            double error = Real<T>.ToDouble(targets[i]) - Real<T>.ToDouble(outputs[i]);
            _residuals[i % _residuals.Length] += error * error;
        }
    }
}
