using System.Numerics;

namespace GeneratedNetworks.Runtime.Tests;

/// <summary>y = x·W + b, written by hand: a network of a few lines against which the generic code is tested.</summary>
internal sealed class LinearNetwork<T> : INetwork<T>
    where T : struct, IFloatingPointIeee754<T>
{
    private readonly NetworkParameter[] _layout;

    public LinearNetwork(int inputSize, int outputSize)
    {
        InputSize = inputSize;
        OutputSize = outputSize;
        _layout =
        [
            new NetworkParameter("dense1.weight", 0, inputSize, outputSize),
            new NetworkParameter("dense1.bias", inputSize * outputSize, outputSize),
        ];
        string table = $"x\tInput\t{inputSize}\t\t\tinput\ndense1\tDense\t{outputSize}\t{ParameterCount}\t{inputSize * outputSize}\tby hand";
        Precision precision = typeof(T) == typeof(float) ? Precision.Single : Precision.Double;
        Info = new NetworkInfo("LinearNetwork", precision, $"input {inputSize}\nlayer Dense units={outputSize}", table, _layout);
        Parameters = new T[ParameterCount];
    }

    public int InputSize { get; }

    public int OutputSize { get; }

    public int ParameterCount => (InputSize + 1) * OutputSize;

    public ReadOnlySpan<NetworkParameter> ParameterLayout => _layout;

    public NetworkInfo Info { get; }

    public T[] Parameters { get; }

    public void GetParameters(Span<T> destination)
    {
        // Assert.Equal would allocate.
        Assert.True(ParameterCount == destination.Length);
        Parameters.CopyTo(destination);
    }

    public void SetParameters(ReadOnlySpan<T> source)
    {
        Assert.True(ParameterCount == source.Length);
        source.CopyTo(Parameters);
    }

    public void Forward(ReadOnlySpan<T> inputs, Span<T> outputs)
    {
        for (int sample = 0; sample < inputs.Length / InputSize; sample++)
        {
            for (int o = 0; o < OutputSize; o++)
            {
                T sum = Parameters[(InputSize * OutputSize) + o];
                for (int i = 0; i < InputSize; i++)
                    sum += inputs[(sample * InputSize) + i] * Parameters[(i * OutputSize) + o];
                outputs[(sample * OutputSize) + o] = sum;
            }
        }
    }
}
