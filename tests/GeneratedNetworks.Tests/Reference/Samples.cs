using System;
using System.Linq;
using GeneratedNetworks.Tests.Compiled;

namespace GeneratedNetworks.Tests.Reference;

/// <summary>Random parameters, inputs and targets that suit a network.</summary>
internal sealed class Samples(int seed)
{
    private readonly Random _random = new(seed);

    public double[] Uniform(int count, double low, double high) =>
        Enumerable.Range(0, count).Select(_ => low + ((high - low) * _random.NextDouble())).ToArray();

    /// <summary>Magnitudes from 10^low to 10^high of either sign, with some exact zeros.</summary>
    public double[] Logarithmic(int count, double low, double high) =>
        Uniform(count, low, high).Select(exponent => _random.Next(8) switch
        {
            0 => 0,
            < 5 => Math.Pow(10, exponent),
            _ => -Math.Pow(10, exponent),
        }).ToArray();

    public bool Chance(double probability) => _random.NextDouble() < probability;

    /// <summary>Gives the network weights of the size an initializer would give, and biases that are not 0.</summary>
    public void Randomize(TestNetwork network)
    {
        NaiveNetwork naive = network.ToNaive();
        double[] parameters = new double[network.ParameterCount];
        foreach ((string _, int[] shape, int offset) in naive.Layout())
        {
            double limit = shape.Length == 2 ? Math.Sqrt(6.0 / (shape[0] + shape[1])) : 0.5;
            Uniform(shape.Aggregate(1, (product, extent) => product * extent), -limit, limit).CopyTo(parameters, offset);
        }

        network.SetParameters(network.Round(parameters));
    }

    /// <summary>
    /// A batch in the network's precision. In single precision it keeps away from kinks, where rounding alone decides which
    /// of two gradients is right.
    /// </summary>
    public (double[] Inputs, double[] Targets) Batch(TestNetwork network, int size)
    {
        NaiveNetwork naive = network.ToNaive();
        for (int attempt = 0; attempt < 200; attempt++)
        {
            double[] inputs = network.Round(Uniform(size * naive.InputSize, -1.5, 1.5));
            double[] targets = network.Round(Targets(naive, size));
            if (network.Spec.Precision == Precision.Double || naive.DistanceToKink(inputs, targets) > 5e-6)
                return (inputs, targets);
        }

        throw new InvalidOperationException($"No batch of {size} keeps away from the kinks.");
    }

    private double[] Targets(NaiveNetwork naive, int size)
    {
        int count = size * naive.OutputSize;
        return naive.Spec.Training?.Loss switch
        {
            Loss.CrossEntropy => Uniform(count, 0, 1).Chunk(naive.OutputSize).SelectMany(row => row.Select(value => value / row.Sum())).ToArray(),
            Loss.BinaryCrossEntropy => Uniform(count, 0, 1),
            _ => Uniform(count, -2, 2),
        };
    }
}
