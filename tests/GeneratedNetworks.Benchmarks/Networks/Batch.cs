using System;

namespace GeneratedNetworks.Benchmarks.Networks;

/// <summary>Inputs and targets of a number of samples, uniform in [-1, 1], the same for us and for every peer in this process.</summary>
internal sealed class Batch<T>
    where T : struct
{
    public Batch(int samples, int inputSize, int outputSize, Func<double, T> convert)
    {
        Random random = new(samples);
        Inputs = Fill(random, samples * inputSize, convert);
        Targets = Fill(random, samples * outputSize, convert);
        Outputs = new T[samples * outputSize];
    }

    public T[] Inputs { get; }

    public T[] Targets { get; }

    public T[] Outputs { get; }

    private static T[] Fill(Random random, int length, Func<double, T> convert)
    {
        T[] values = new T[length];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = convert((2 * random.NextDouble()) - 1);
        }

        return values;
    }
}
