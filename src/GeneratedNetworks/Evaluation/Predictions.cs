using System;

namespace GeneratedNetworks;

/// <summary>Outputs of a network on a dataset, and the checks that metrics share.</summary>
internal static class Predictions
{
    public static ReadOnlySpan<T> Compute<T>(INetwork<T> network, Dataset<T> data)
        where T : struct
    {
        if (network is null)
            throw new ArgumentNullException(nameof(network));
        if (data is null)
            throw new ArgumentNullException(nameof(data));
        data.CheckFits(network, nameof(data));
        T[] outputs = new T[data.Targets.Length];
        network.Forward(data.Inputs, outputs);
        return outputs;
    }

    public static int Count<T>(ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, int outputSize)
        where T : struct
    {
        Real<T>.Require();
        if (outputSize <= 0)
            throw new ArgumentOutOfRangeException(nameof(outputSize), outputSize, $"{nameof(outputSize)} is {outputSize}; it must be positive.");
        if (outputs.Length != targets.Length)
            throw new ArgumentException($"There are {outputs.Length} outputs but {targets.Length} targets.", nameof(targets));
        if (outputs.Length == 0 || outputs.Length % outputSize != 0)
            throw new ArgumentException($"{outputs.Length} values are not a positive number of samples of {outputSize}.", nameof(outputs));
        return outputs.Length / outputSize;
    }
}
