using System;
using System.Linq;
using GeneratedNetworks.Tests.Compiled;
using GeneratedNetworks.Tests.Reference;
using Xunit;

namespace GeneratedNetworks.Tests;

/// <summary>Means and deviations of what a normalizer reads, wherever in a graph that is.</summary>
public sealed class AdaptGraphTests
{
    [Theory]
    [InlineData(EmitProfile.Simd)]
    [InlineData(EmitProfile.Scalar)]
    public void OneOfSeveralInputs(EmitProfile profile)
    {
        TestNetwork network = Compile(
            profile, [], "[Input(\"x\", 3)]", "[Input(\"far\", 2, 2)]", "[Normalize(From = \"far\", Name = \"scaled\")]", "[Flatten(Name = \"flat\")]", "[Concat(\"x\", \"flat\")]", "[Dense(1)]");
        double[] data = new Samples(1).Uniform(9 * 7, -3, 5);
        Adapt(network, data, 7);

        // Both rows of "far" are steps of the same two features.
        Holds(network, 0, [.. data.Chunk(7).SelectMany(row => row[3..])]);
    }

    [Theory]
    [InlineData(EmitProfile.Simd)]
    [InlineData(EmitProfile.Scalar)]
    public void TheInputAgainBelowOtherLayers(EmitProfile profile)
    {
        TestNetwork network = Compile(profile, [2], "[Dense(3, Activation.Tanh, Name = \"hidden\")]", "[Normalize(From = \"x\", Name = \"scaled\")]", "[Concat(\"hidden\", \"scaled\")]", "[Dense(1)]");
        double[] data = new Samples(2).Uniform(11 * 2, -3, 5);
        Adapt(network, data, 2);
        Holds(network, 9, data);
    }

    [Theory]
    [InlineData(EmitProfile.Simd)]
    [InlineData(EmitProfile.Scalar)]
    public void BehindANormalizationOfBatches(EmitProfile profile)
    {
        TestNetwork network = Compile(
            profile, [2], "[Dense(2, Name = \"aside\")]", "[BatchNorm(From = \"x\")]", "[Normalize(Name = \"scaled\")]", "[Add(\"aside\", \"scaled\")]", "[Dense(1)]");
        double[] parameters = network.GetParameters();

        // Weights and biases of "aside", then scale, offset, mean and variance.
        double[] given = [2, 0.5, -1, 3, 0.25, -2, 4, 0.5];
        given.CopyTo(parameters, 6);
        network.SetParameters(parameters);
        double[] data = new Samples(3).Uniform(11 * 2, -3, 5);
        Adapt(network, data, 2);
        Holds(network, 14, [.. data.Select((value, i) => ((value - given[4 + (i % 2)]) / Math.Sqrt(given[6 + (i % 2)] + 1e-5) * given[i % 2]) + given[2 + (i % 2)])]);
    }

    private static TestNetwork Compile(EmitProfile profile, int[] shape, params string[] lines) => NetworkCompiler.Compile(
        new NetworkSpec(shape, [.. lines.Append("[Training(Loss.SquaredError, Optimizer.Sgd)]").Select(line => new SourceSpec(line))]).In(profile, Precision.Double));

    private static void Adapt(TestNetwork network, double[] data, int size) =>
        network.Instance.GetType().GetMethod("Adapt")!.Invoke(network.Instance, [new Dataset<double>(size, data)]);

    /// <summary>Two features, one beside the other.</summary>
    private static void Holds(TestNetwork network, int at, double[] values)
    {
        double[] parameters = network.GetParameters();
        for (int feature = 0; feature < 2; feature++)
        {
            double[] own = [.. values.Where((_, i) => i % 2 == feature)];
            double mean = own.Average();
            Approx.Equal(mean, parameters[at + feature], 1e-12, $"mean {feature}");
            Approx.Equal(Math.Sqrt(own.Average(value => (value - mean) * (value - mean))), parameters[at + 2 + feature], 1e-12, $"deviation {feature}");
        }
    }
}
