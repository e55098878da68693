using System;
using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Tests.Compiled;
using GeneratedNetworks.Tests.Reference;
using Xunit;

namespace GeneratedNetworks.Tests;

/// <summary>Names, shapes, offsets and canonical order of parameters, and what a seed makes of them.</summary>
public sealed class ParameterTests
{
    public static TheoryData<EmitProfile, Precision> Targets => ReferenceTests.Targets();

    [Theory]
    [InlineData(EmitProfile.Simd)]
    [InlineData(EmitProfile.Scalar)]
    public void LayoutNamesEveryTensorInCanonicalOrder(EmitProfile profile)
    {
        NetworkSpec spec = new NetworkSpec(
            [3, 2, 1],
            [
                new DenseSpec(5, Activation.Relu) { UseBias = false },
                new DropoutSpec(0.5),
                new DenseSpec(17) { Name = "Middle_2", Frozen = true },
                new ActivationSpec(Activation.Tanh),
                new DenseSpec(1),
            ]).Train(Loss.SquaredError).In(profile, Precision.Single);
        TestNetwork network = NetworkCompiler.Compile(spec);
        INetwork<float> surface = (INetwork<float>)network.Instance;
        List<(string, string, int, int)> layout = [];
        foreach (NetworkParameter parameter in surface.ParameterLayout)
            layout.Add((parameter.Name, string.Join("x", parameter.Shape.ToArray()), parameter.Offset, parameter.Length));
        Assert.Equal(
            [
                ("dense1.weight", "6x5", 0, 30),
                ("Middle_2.weight", "5x17", 30, 85),
                ("Middle_2.bias", "17", 115, 17),
                ("dense3.weight", "17x1", 132, 17),
                ("dense3.bias", "1", 149, 1),
            ],
            layout);
        Assert.Equal((6, 1, 150), (surface.InputSize, surface.OutputSize, surface.ParameterCount));
        foreach ((string name, int value) in new[] { ("InputSize", 6), ("OutputSize", 1), ("ParameterCount", 150) })
            Assert.Equal(value, Member.Constant(network.Instance, name));
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void ParametersRoundTripInCanonicalOrder(EmitProfile profile, Precision precision)
    {
        foreach (TestNetwork network in NetworkCompiler.Compile(AwkwardWidths(profile, precision)))
        {
            double[] parameters = [.. Enumerable.Range(1, network.ParameterCount).Select(i => i / 4.0)];
            network.SetParameters(parameters);
            Assert.Equal(parameters, network.GetParameters());

            // Distinct numbers in every place make the output tell whether each is where the canonical order puts it.
            Samples samples = new(1);
            double[] inputs = network.Round(samples.Uniform(3 * network.Spec.InputSize, -1, 1));
            samples.Randomize(network);
            Approx.Equal(network.ToNaive().Forward(inputs), network.Forward(inputs), precision == Precision.Double ? 1e-12 : 1e-5, "outputs");
        }
    }

    /// <summary>Training moves parameters only, never the padding between them: after a round trip nothing changes.</summary>
    [Theory]
    [MemberData(nameof(Targets))]
    public void TrainingLeavesNothingBehindInPadding(EmitProfile profile, Precision precision)
    {
        NetworkSpec[] specs = AwkwardWidths(profile, precision).Select(spec => spec.Train(Loss.MeanSquaredError, Optimizer.Adam)).ToArray();
        foreach (TestNetwork network in NetworkCompiler.Compile(specs))
        {
            Samples samples = new(2);
            TestTrainer trainer = network.CreateTrainer();
            (trainer["L1"], trainer["L2"]) = (0.1, 0.1);
            for (int i = 0; i < 3; i++)
            {
                (double[] inputs, double[] targets) = samples.Batch(network, 7);
                trainer.Step(inputs, targets);
            }

            double[] probe = network.Round(samples.Uniform(5 * network.Spec.InputSize, -1, 1));
            double[] outputs = network.Forward(probe);
            TestNetwork copy = TestNetwork.Create(network.Spec, network.Instance.GetType(), 5UL);
            copy.SetParameters(network.GetParameters());
            Assert.Equal(outputs, copy.Forward(probe));
        }
    }

    [Fact]
    public void OneSeedGivesTheSameParametersEverywhere()
    {
        NetworkSpec spec = NetworkSpec.Of(
            9,
            new DenseSpec(17, Activation.Relu),
            new DenseSpec(5, Activation.Selu) { Initializer = Initializer.Zeros },
            new DenseSpec(33, Activation.Tanh) { UseBias = false },
            new DenseSpec(3, Activation.Selu));
        NetworkSpec[] specs = (from profile in new[] { EmitProfile.Simd, EmitProfile.Scalar, EmitProfile.Basic }
                               from precision in new[] { Precision.Double, Precision.Single }
                               select spec with { Profile = profile, Precision = precision }).ToArray();
        Type[] types = NetworkCompiler.CompileTypes(specs);
        foreach (ulong seed in new ulong[] { 0, 1, 42, ulong.MaxValue })
        {
            double[] reference = TestNetwork.Create(specs[0], types[0], seed).GetParameters();
            for (int i = 0; i < specs.Length; i++)
            {
                TestNetwork network = TestNetwork.Create(specs[i], types[i], seed);
                Assert.Equal(network.Round(reference), network.GetParameters());
                if (seed == 0)
                    Assert.Equal(network.GetParameters(), TestNetwork.Create(specs[i], types[i]).GetParameters());
            }
        }

        Assert.NotEqual(TestNetwork.Create(specs[0], types[0], 1UL).GetParameters(), TestNetwork.Create(specs[0], types[0], 2UL).GetParameters());
    }

    /// <summary>Biases and zeros draw nothing from the stream.</summary>
    [Fact]
    public void BiasesAndZerosDrawNothing()
    {
        TestNetwork[] networks = NetworkCompiler.Compile(
            NetworkSpec.Of(4, new DenseSpec(3), new DenseSpec(5)),
            NetworkSpec.Of(4, new DenseSpec(3) { UseBias = false }, new DenseSpec(5)),
            NetworkSpec.Of(9, new DenseSpec(4) { Initializer = Initializer.Zeros }, new DenseSpec(3), new DenseSpec(5)));
        double[] plain = networks[0].GetParameters();
        double[] withoutBias = networks[1].GetParameters();
        double[] behindZeros = networks[2].GetParameters();
        Assert.Equal(plain[..12], withoutBias[..12]);
        Assert.Equal([0, 0, 0], plain[12..15]);
        Assert.Equal(plain[15..], withoutBias[12..]);
        Assert.All(behindZeros[..40], value => Assert.Equal(0, value));
        Assert.Equal(plain, behindZeros[40..]);
    }

    [Theory]
    [InlineData(Initializer.GlorotUniform, 2.0 / 500)]
    [InlineData(Initializer.GlorotNormal, 2.0 / 500)]
    [InlineData(Initializer.HeUniform, 2.0 / 200)]
    [InlineData(Initializer.HeNormal, 2.0 / 200)]
    [InlineData(Initializer.LeCunNormal, 1.0 / 200)]
    public void MomentsAndBounds(Initializer initializer, double variance)
    {
        double[] weights = InitialWeights(initializer);
        double n = weights.Length;
        double mean = weights.Average();
        double second = weights.Average(w => w * w);
        double kurtosis = weights.Average(w => Math.Pow(w, 4)) / (second * second);
        double largest = weights.Max(Math.Abs);
        bool isUniform = initializer is Initializer.GlorotUniform or Initializer.HeUniform;

        // Five standard errors each: sd(mean) = σ/√n, sd(variance) = σ²·√((κ − 1)/n).
        double expectedKurtosis = isUniform ? 1.8 : 3;
        Assert.InRange(mean, -5 * Math.Sqrt(variance / n), 5 * Math.Sqrt(variance / n));
        double spread = 5 * Math.Sqrt((expectedKurtosis - 1) / n);
        Assert.InRange(second / variance, 1 - spread, 1 + spread);
        Assert.InRange(kurtosis, expectedKurtosis - 0.15, expectedKurtosis + 0.15);
        double limit = Math.Sqrt(3 * variance);
        if (isUniform)
            Assert.InRange(largest, 0.999 * limit, limit);
        else
            Assert.InRange(largest, 3.5 * Math.Sqrt(variance), 7 * Math.Sqrt(variance));
        Assert.Equal(weights.Length, weights.Distinct().Count());
    }

    [Fact]
    public void ZerosAreZero() => Assert.All(InitialWeights(Initializer.Zeros), weight => Assert.Equal(0, weight));

    /// <summary>The initializer that Auto stands for, by activation.</summary>
    [Fact]
    public void AutoFollowsTheActivation()
    {
        static Initializer Expected(Activation activation) => activation switch
        {
            Activation.Selu => Initializer.LeCunNormal,
            Activation.Relu or Activation.LeakyRelu or Activation.Elu or Activation.Relu6 or Activation.Gelu or Activation.GeluTanh
                or Activation.Silu or Activation.Mish or Activation.HardSwish => Initializer.HeNormal,
            _ => Initializer.GlorotUniform,
        };
        static NetworkSpec Spec(Activation activation, Initializer initializer) => NetworkSpec.Of(5, new DenseSpec(4, activation) { Initializer = initializer });
        Activation[] all = Enum.GetValues<Activation>();
        TestNetwork[] networks = NetworkCompiler.Compile(
            [.. all.Select(activation => Spec(activation, Initializer.Auto)), .. all.Select(activation => Spec(activation, Expected(activation)))]);
        for (int i = 0; i < all.Length; i++)
        {
            Assert.Equal(networks[all.Length + i].GetParameters(), networks[i].GetParameters());
            Assert.Contains(networks[i].GetParameters(), value => value != 0);
        }
    }

    /// <summary>What one test asks for is compiled for all initializers.</summary>
    private static double[] InitialWeights(Initializer initializer)
    {
        Initializer[] all = Enum.GetValues<Initializer>();
        TestNetwork[] networks = NetworkCompiler.Compile([.. all.Select(each => NetworkSpec.Of(200, new DenseSpec(300) { Initializer = each, UseBias = false }))]);
        return networks[Array.IndexOf(all, initializer)].GetParameters();
    }

    private static NetworkSpec[] AwkwardWidths(EmitProfile profile, Precision precision) =>
        new[] { 1, 7, 8, 9, 17, 33 }
            .Select(width => NetworkSpec.Of(width, new DenseSpec(width, Activation.Tanh), new DenseSpec(3) { UseBias = false }, new DenseSpec(width))
                .In(profile, precision))
            .ToArray();
}
