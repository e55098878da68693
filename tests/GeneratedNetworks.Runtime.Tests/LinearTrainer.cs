using System.Numerics;
using System.Runtime.InteropServices;

namespace GeneratedNetworks.Runtime.Tests;

/// <summary>
/// Linear regression on ½·Σ(y − t)² with momentum 0.9, and a noise that depends on the step, so that a resumed run must have the step count right.
/// </summary>
internal sealed class LinearTrainer<T> : ITrainer<T>
    where T : struct, IFloatingPointIeee754<T>
{
    private readonly LinearNetwork<T> _network;
    private readonly Reduction _reduction;
    private readonly T[] _gradients;
    private readonly T[] _velocity;
    private readonly T[] _output;
    private int _step;

    public LinearTrainer(int inputSize, int outputSize, Reduction reduction = Reduction.Mean)
    {
        _network = new LinearNetwork<T>(inputSize, outputSize);
        _reduction = reduction;
        _gradients = new T[_network.ParameterCount];
        _velocity = new T[_network.ParameterCount];
        _output = new T[outputSize];
    }

    public INetwork<T> Network => _network;

    public T[] Parameters => _network.Parameters;

    public Loss? LossKind => GeneratedNetworks.Loss.SquaredError;

    public Reduction Reduction => _reduction;

    public T ClipNorm { get; set; }

    public T LearningRate { get; set; } = T.CreateChecked(0.01);

    /// <summary>The rate at every step, where a list is given.</summary>
    public List<double>? Rates { get; set; }

    /// <summary>Runs before the gradients of every step with its number.</summary>
    public Action<int>? BeforeStep { get; set; }

    public int StateSize => 4 + MemoryMarshal.AsBytes<T>(_velocity).Length;

    public T Loss(ReadOnlySpan<T> inputs, ReadOnlySpan<T> targets) => Accumulate(inputs, targets, []);

    public T Backward(ReadOnlySpan<T> inputs, ReadOnlySpan<T> targets)
    {
        BeforeStep?.Invoke(_step);
        Rates?.Add(double.CreateChecked(LearningRate));
        Array.Clear(_gradients);
        return Accumulate(inputs, targets, _gradients);
    }

    public void BackwardFrom(ReadOnlySpan<T> inputs, ReadOnlySpan<T> outputGradients) => throw new NotSupportedException();

    public void GetGradients(Span<T> destination) => _gradients.CopyTo(destination);

    public void SetGradients(ReadOnlySpan<T> source) => source.CopyTo(_gradients);

    public void Update()
    {
        T momentum = T.CreateChecked(0.9);
        T noise = T.CreateChecked(1e-4 * ((_step * 7919 % 13) - 6));
        for (int i = 0; i < _gradients.Length; i++)
        {
            _velocity[i] = (momentum * _velocity[i]) + _gradients[i] + noise;
            _network.Parameters[i] -= LearningRate * _velocity[i];
        }

        _step++;
    }

    public T Step(ReadOnlySpan<T> inputs, ReadOnlySpan<T> targets)
    {
        T loss = Backward(inputs, targets);
        Update();
        return loss;
    }

    public void GetState(Span<byte> destination)
    {
        MemoryMarshal.Write(destination, in _step);
        MemoryMarshal.AsBytes<T>(_velocity).CopyTo(destination[4..]);
    }

    public void SetState(ReadOnlySpan<byte> source)
    {
        _step = MemoryMarshal.Read<int>(source);
        MemoryMarshal.Cast<byte, T>(source[4..]).CopyTo(_velocity);
    }

    public void Reset()
    {
        _step = 0;
        Array.Clear(_velocity);
    }

    public GradientCheck CheckGradients(ReadOnlySpan<T> inputs, ReadOnlySpan<T> targets) => throw new NotSupportedException();

    private T Accumulate(ReadOnlySpan<T> inputs, ReadOnlySpan<T> targets, Span<T> gradients)
    {
        int inputSize = _network.InputSize;
        int outputSize = _network.OutputSize;
        int count = inputs.Length / inputSize;
        Assert.True(count > 0 && inputs.Length == count * inputSize && targets.Length == count * outputSize);
        T scale = _reduction == Reduction.Mean ? T.One / T.CreateChecked(count) : T.One;
        T loss = T.Zero;
        for (int sample = 0; sample < count; sample++)
        {
            ReadOnlySpan<T> x = inputs.Slice(sample * inputSize, inputSize);
            _network.Forward(x, _output);
            for (int o = 0; o < outputSize; o++)
            {
                T error = _output[o] - targets[(sample * outputSize) + o];
                loss += error * error * scale / T.CreateChecked(2);
                if (gradients.IsEmpty)
                    continue;
                for (int i = 0; i < inputSize; i++)
                    gradients[(i * outputSize) + o] += error * x[i] * scale;
                gradients[(inputSize * outputSize) + o] += error * scale;
            }
        }

        return loss;
    }
}
