using System.Numerics;

namespace GeneratedNetworks.Runtime.Tests;

internal static class Samples
{
    /// <summary>Targets that a linear network reaches up to a little noise.</summary>
    public static Dataset<T> Linear<T>(int count, int inputSize, int outputSize, int seed = 1)
        where T : struct, IFloatingPointIeee754<T>
    {
        Random random = new(seed);
        T[] inputs = new T[count * inputSize];
        T[] targets = new T[count * outputSize];
        for (int sample = 0; sample < count; sample++)
        {
            for (int i = 0; i < inputSize; i++)
                inputs[(sample * inputSize) + i] = T.CreateChecked((random.NextDouble() * 2) - 1);
            for (int o = 0; o < outputSize; o++)
            {
                T target = T.CreateChecked(0.5 + (0.01 * random.NextDouble()));
                for (int i = 0; i < inputSize; i++)
                    target += inputs[(sample * inputSize) + i] * T.CreateChecked((i - o) * 0.3);
                targets[(sample * outputSize) + o] = target;
            }
        }

        return new Dataset<T>(inputSize, outputSize, inputs, targets);
    }

    /// <summary>Sample i has the one input i and the one target −i.</summary>
    public static Dataset<double> Numbered(int count) =>
        new(1, 1, [.. Enumerable.Range(0, count).Select(i => (double)i)], [.. Enumerable.Range(0, count).Select(i => -(double)i)]);
}
