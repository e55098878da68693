using System;
using System.Linq;
using GeneratedNetworks.Tests.Compiled;
using GeneratedNetworks.Tests.Reference;
using Xunit;

namespace GeneratedNetworks.Tests;

/// <summary>Dropout's mask, read off the input gradients of a network whose other factors are all 1.</summary>
[Trait("Category", "Numeric")]
public sealed class DropoutTests
{
    private const int Elements = 33;
    private static readonly double[] Rates = [0.1, 0.25, 0.3, 0.5, 0.875];

    public static TheoryData<EmitProfile, Precision> Targets => ReferenceTests.Targets();

    [Theory]
    [MemberData(nameof(Targets))]
    public void KeepsTheRateAndScalesInversely(EmitProfile profile, Precision precision)
    {
        foreach (double rate in Rates)
        {
            Probe probe = new(rate, profile, precision);
            double[] factors = probe.Factors(seed: 1, samples: 400);
            double kept = probe.Network.Round([1 / (1 - rate)])[0];
            foreach (double factor in factors)
            {
                if (!(factor == 0 || Math.Abs(factor - kept) <= 1e-6 * kept))
                    Assert.Fail($"{factor} at rate {rate}");
            }

            double share = factors.Count(factor => factor == 0) / (double)factors.Length;
            double error = 5 * Math.Sqrt(rate * (1 - rate) / factors.Length);
            Assert.InRange(share, rate - error, rate + error);
        }
    }

    /// <summary>The mask of a sample depends on its place in the batch, not on how many samples come after it.</summary>
    [Theory]
    [MemberData(nameof(Targets))]
    public void DoesNotDependOnTheBatchSize(EmitProfile profile, Precision precision)
    {
        Probe probe = new(0.5, profile, precision);
        double[] whole = probe.Factors(seed: 3, samples: 133);
        foreach (int samples in new[] { 1, 2, 7, 8, 31, 32, 33, 64, 65, 130 })
            Assert.Equal(whole[..(samples * Elements)], probe.Factors(seed: 3, samples));
    }

    /// <summary>The mask is data, not arithmetic: every profile and precision drops the same elements.</summary>
    [Fact]
    public void IsTheSameOnEveryProfile()
    {
        bool[] expected = Dropped(EmitProfile.Simd, Precision.Double);
        foreach (EmitProfile profile in new[] { EmitProfile.Simd, EmitProfile.Scalar, EmitProfile.Basic })
        {
            Assert.Equal(expected, Dropped(profile, Precision.Single));
            Assert.Equal(expected, Dropped(profile, Precision.Double));
        }

        static bool[] Dropped(EmitProfile profile, Precision precision) =>
            new Probe(0.3, profile, precision).Factors(seed: 11, samples: 40).Select(factor => factor == 0).ToArray();
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void ChangesWithSeedStepSampleAndElement(EmitProfile profile, Precision precision)
    {
        Probe probe = new(0.5, profile, precision);
        TestTrainer trainer = probe.Network.CreateTrainer(5);
        double[] first = probe.Factors(trainer, 40);
        Assert.Equal(first, probe.Factors(trainer, 40));
        probe.Update(trainer);
        double[] second = probe.Factors(trainer, 40);
        Independent(first, second);
        Independent(first, probe.Factors(seed: 6, samples: 40));
        Independent(first[..^Elements], first[Elements..]);
        Independent(first[..^1], first[1..]);

        static void Independent(double[] one, double[] other)
        {
            // Two fair masks agree in half of the places: five standard errors of that.
            double agreement = one.Zip(other, (a, b) => a == b ? 1.0 : 0).Average();
            double error = 5 * 0.5 / Math.Sqrt(one.Length);
            Assert.InRange(agreement, 0.5 - error, 0.5 + error);
        }
    }

    /// <summary>Two dropout layers of one network do not share a mask.</summary>
    [Theory]
    [MemberData(nameof(Targets))]
    public void LayersDrawTheirOwnMasks(EmitProfile profile, Precision precision)
    {
        DenseSpec sum = new(1) { UseBias = false };
        NetworkSpec spec = NetworkSpec.Of(Elements, new DropoutSpec(0.5), new ActivationSpec(Activation.Identity), new DropoutSpec(0.5), sum)
            .Train(Loss.MeanAbsoluteError, reduction: Reduction.Sum, inputGradients: true).In(profile, precision);
        TestNetwork network = NetworkCompiler.Compile(spec);
        network.SetParameters([.. Enumerable.Repeat(1.0, Elements)]);
        network.CreateTrainer(1).Backward(new double[200 * Elements], [.. Enumerable.Repeat(-1.0, 200)], out double[] factors);
        double share = factors.Count(factor => factor != 0) / (double)factors.Length;
        Assert.InRange(share, 0.22, 0.28);
    }

    /// <summary>With the mask of one step held, the gradients are those of the loss that Backward returns.</summary>
    [Theory]
    [InlineData(EmitProfile.Simd)]
    [InlineData(EmitProfile.Scalar)]
    [InlineData(EmitProfile.Basic)]
    public void GradientsAreThoseOfTheTrainingLoss(EmitProfile profile)
    {
        NetworkSpec spec = NetworkSpec
            .Of(
                5,
                new DenseSpec(17, Activation.Tanh),
                new DropoutSpec(0.4),
                new DenseSpec(9, Activation.Silu),
                new DropoutSpec(0.2),
                new DenseSpec(3, Activation.Softmax))
            .Train(Loss.CrossEntropy).In(profile);
        TestNetwork network = NetworkCompiler.Compile(spec);
        Samples samples = new(1);
        samples.Randomize(network);
        (double[] inputs, double[] targets) = samples.Batch(network, 6);
        TestTrainer trainer = network.CreateTrainer(3);
        double loss = trainer.Backward(inputs, targets);
        double[] gradients = trainer.GetGradients();
        Assert.NotEqual(loss, trainer.Loss(inputs, targets));

        const double H = 1e-5;
        double[] parameters = network.GetParameters();
        for (int p = 0; p < parameters.Length; p++)
        {
            Approx.Equal((At(p, H) - At(p, -H)) / (2 * H), gradients[p], 1e-7, $"gradient {p}");
        }

        double At(int p, double h)
        {
            double[] moved = [.. parameters];
            moved[p] += h;
            network.SetParameters(moved);
            return trainer.Backward(inputs, targets);
        }
    }

    /// <summary>Forward, Loss and CheckGradients see the whole network.</summary>
    [Theory]
    [MemberData(nameof(Targets))]
    public void IsOffOutsideTraining(EmitProfile profile, Precision precision)
    {
        NetworkSpec spec = NetworkSpec
            .Of(5, new DropoutSpec(0.5), new DenseSpec(9, Activation.Tanh), new DropoutSpec(0.9), new DenseSpec(3))
            .Train(Loss.MeanSquaredError).In(profile, precision);
        TestNetwork network = NetworkCompiler.Compile(spec);
        Samples samples = new(2);
        samples.Randomize(network);
        (double[] inputs, double[] targets) = samples.Batch(network, 5);
        NaiveNetwork naive = network.ToNaive();
        TestTrainer trainer = network.CreateTrainer();
        double tolerance = precision == Precision.Double ? 1e-12 : 1e-5;
        Approx.Equal(naive.Forward(inputs), network.Forward(inputs), tolerance, "outputs");
        Approx.Equal(naive.Loss(inputs, targets), trainer.Loss(inputs, targets), tolerance, "loss");
        if (profile != EmitProfile.Basic)
            Assert.InRange(trainer.CheckGradients(inputs, targets).MaxError, 0, precision == Precision.Double ? 1e-7 : 1e-5);
    }

    /// <summary>y = Σ maskᵢ·xᵢ under |y − t| with y above t: the gradient by xᵢ is the mask itself.</summary>
    private sealed class Probe
    {
        public Probe(double rate, EmitProfile profile, Precision precision)
        {
            // What one test asks for is compiled for all rates.
            Network = NetworkCompiler.Compile([.. Rates.Select(each => NetworkSpec.Of(Elements, new DropoutSpec(each), new DenseSpec(1) { UseBias = false })
                .Train(Loss.MeanAbsoluteError, reduction: Reduction.Sum, inputGradients: true).In(profile, precision))])[Array.IndexOf(Rates, rate)];
            Network.SetParameters([.. Enumerable.Repeat(1.0, Elements)]);
        }

        public TestNetwork Network { get; }

        public double[] Factors(ulong seed, int samples) => Factors(Network.CreateTrainer(seed), samples);

        public double[] Factors(TestTrainer trainer, int samples)
        {
            trainer.Backward(new double[samples * Elements], [.. Enumerable.Repeat(-1.0, samples)], out double[] gradients);
            return gradients;
        }

        /// <summary>One optimizer step that changes no parameter.</summary>
        public void Update(TestTrainer trainer)
        {
            trainer.SetGradients(new double[Elements]);
            trainer.Update();
        }
    }
}
