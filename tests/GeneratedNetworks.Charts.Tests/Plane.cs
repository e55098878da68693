using System;

namespace GeneratedNetworks.Charts.Tests;

/// <summary>A network by hand: its outputs are a function of its inputs, its parameters are whatever a test says.</summary>
internal sealed class Plane(int inputSize, int outputSize, Func<float[], float[]> function, NetworkParameter[]? layout = null, float[]? parameters = null)
    : INetwork<float>
{
    public int InputSize => inputSize;

    public int OutputSize => outputSize;

    public int ParameterCount => parameters?.Length ?? 0;

    public ReadOnlySpan<NetworkParameter> ParameterLayout => layout;

    public NetworkInfo Info => throw new NotSupportedException();

    public void GetParameters(Span<float> destination) => parameters.CopyTo(destination);

    public void SetParameters(ReadOnlySpan<float> source) => throw new NotSupportedException();

    public void Forward(ReadOnlySpan<float> inputs, Span<float> outputs)
    {
        for (int i = 0; i < inputs.Length / inputSize; i++)
            function(inputs.Slice(i * inputSize, inputSize).ToArray()).CopyTo(outputs[(i * outputSize)..]);
    }
}
