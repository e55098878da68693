using System;
using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Tests.Compiled;
using GeneratedNetworks.Tests.Reference;
using Xunit;

namespace GeneratedNetworks.Tests;

/// <summary>Every activation under every loss it is allowed: the gradients are those of the loss, by central differences.</summary>
[Trait("Category", "Numeric")]
public sealed class GradientTests
{
    private const double Bound = 1e-7;

    /// <summary>Each output that a loss allows, behind a hidden activation that goes round, so that each of those comes up several times too.</summary>
    private static IEnumerable<NetworkSpec> EveryActivationAndLoss()
    {
        int turn = 0;
        foreach (Loss loss in Enum.GetValues<Loss>())
        {
            foreach (Activation output in OutputsFor(loss))
            {
                Activation hidden = RandomNetworks.Elementwise[turn++ % RandomNetworks.Elementwise.Length];
                yield return NetworkSpec.Of(3, new DenseSpec(5, hidden), new DenseSpec(4, output)).Train(loss, inputGradients: true);
            }
        }
    }

    private static Activation[] OutputsFor(Loss loss) => loss switch
    {
        Loss.CrossEntropy => [Activation.Softmax, Activation.LogSoftmax],
        Loss.BinaryCrossEntropy => [Activation.Sigmoid],
        _ => Enum.GetValues<Activation>(),
    };

    [Theory]
    [InlineData(EmitProfile.Simd, Precision.Double)]
    [InlineData(EmitProfile.Scalar, Precision.Double)]
    [InlineData(EmitProfile.Basic, Precision.Double)]
    [InlineData(EmitProfile.Simd, Precision.Single)]
    public void GradientsAreCentralDifferences(EmitProfile profile, Precision precision)
    {
        // The difference is taken in double; in single precision the gradient beside it carries float's rounding.
        double bound = precision == Precision.Double ? Bound : 1e-5;
        NetworkSpec[] specs = EveryActivationAndLoss()
            .Where((_, i) => precision == Precision.Double || i % 4 == 0)
            .Select(spec => spec with { Profile = profile, Precision = precision })
            .ToArray();
        TestNetwork[] networks = NetworkCompiler.Compile(specs);
        for (int i = 0; i < networks.Length; i++)
        {
            TestNetwork network = networks[i];
            Samples samples = new(i);
            samples.Randomize(network);
            (double[] inputs, double[] targets) = AwayFromKinks(samples, network);
            NaiveNetwork naive = network.ToNaive();
            TestTrainer trainer = network.CreateTrainer();
            trainer.Backward(inputs, targets, out double[] inputGradients);

            double[] expected = CentralDifferences(naive.Parameters, () => naive.Loss(inputs, targets));
            double[] expectedInputs = CentralDifferences(inputs, () => naive.Loss(inputs, targets));
            Approx.Equal(expected, trainer.GetGradients(), bound, $"gradients of\n{specs[i]}\n");
            Approx.Equal(expectedInputs, inputGradients, bound, $"input gradients of\n{specs[i]}\n");
            if (profile == EmitProfile.Basic)
                continue;

            GradientCheck check = trainer.CheckGradients(inputs, targets);
            Assert.True(check.MaxError <= bound, $"{check}\n{specs[i]}");
            Assert.True(check.CheckedParameters == network.ParameterCount && check.Kinks == 0, $"{check}\n{specs[i]}");
        }
    }

    /// <summary>CheckGradients must be able to fail: a parameter whose ±h crosses a kink is counted apart, not checked.</summary>
    [Theory]
    [InlineData(EmitProfile.Simd)]
    [InlineData(EmitProfile.Scalar)]
    public void CheckGradientsCountsKinksApart(EmitProfile profile)
    {
        NetworkSpec spec = NetworkSpec.Of(1, new DenseSpec(1, Activation.Relu), new DenseSpec(1)).Train(Loss.SquaredError).In(profile);
        TestNetwork network = NetworkCompiler.Compile(spec);
        network.SetParameters([0, 0, 1, 0]);
        GradientCheck check = network.CreateTrainer().CheckGradients([1], [2]);
        Assert.Equal(2, check.Kinks);
        Assert.Equal(2, check.CheckedParameters);
        Assert.True(check.MaxError <= Bound, check.ToString());
    }

    [Theory]
    [InlineData(EmitProfile.Simd)]
    [InlineData(EmitProfile.Scalar)]
    public void CheckGradientsSkipsFrozenParametersAndChangesNothing(EmitProfile profile)
    {
        NetworkSpec spec = NetworkSpec
            .Of(3, new DenseSpec(4, Activation.Tanh) { Frozen = true }, new DropoutSpec(0.5), new DenseSpec(2))
            .Train(Loss.MeanSquaredError, Optimizer.Momentum).In(profile);
        TestNetwork network = NetworkCompiler.Compile(spec);
        TestTrainer trainer = network.CreateTrainer();
        (double[] inputs, double[] targets) = new Samples(1).Batch(network, 3);
        trainer.Step(inputs, targets);
        double[] parameters = network.GetParameters();
        byte[] state = trainer.GetState();

        GradientCheck check = trainer.CheckGradients(inputs, targets);
        Assert.Equal(10, check.CheckedParameters);
        Assert.True(check.MaxError <= Bound, check.ToString());
        Assert.Equal(parameters, network.GetParameters());
        Assert.Equal(state, trainer.GetState());
    }

    /// <summary>The values that PyTorch gives where a derivative jumps.</summary>
    [Theory]
    [InlineData(EmitProfile.Simd)]
    [InlineData(EmitProfile.Scalar)]
    [InlineData(EmitProfile.Basic)]
    public void DerivativesAtKinks(EmitProfile profile)
    {
        (Activation Activation, double At, double Expected)[] kinks =
        [
            (Activation.Relu, 0, 0),
            (Activation.LeakyRelu, 0, 0.01),
            (Activation.Elu, 0, 1),
            (Activation.Selu, 0, 1.7580993408473768),
            (Activation.HardSigmoid, -3, 0),
            (Activation.HardSigmoid, 3, 0),
            (Activation.HardTanh, -1, 0),
            (Activation.HardTanh, 1, 0),
            (Activation.Relu6, 0, 0),
            (Activation.Relu6, 6, 0),
            (Activation.Softsign, 0, 1),
        ];

        // Nine outputs: a whole vector and a tail.
        TestNetwork[] networks = NetworkCompiler.Compile(
            [.. kinks.Select(kink => NetworkSpec.Of(1, new DenseSpec(9, kink.Activation)).Train(Loss.SquaredError).In(profile))]);
        foreach ((TestNetwork network, (Activation activation, double at, double expected)) in networks.Zip(kinks))
        {
            network.SetParameters([.. new double[9], .. Enumerable.Repeat(at, 9)]);
            TestTrainer trainer = network.CreateTrainer();
            trainer.BackwardFrom([0], [.. Enumerable.Repeat(1.0, 9)]);
            Approx.Equal([.. Enumerable.Repeat(expected, 9)], trainer.GetGradients()[9..], 1e-14, $"{activation} at {at}");
        }
    }

    /// <summary>The naive reference's own backward pass, held to its own loss, so that agreeing with it means something.</summary>
    [Fact]
    public void TheNaiveReferenceHoldsToItsOwnLoss()
    {
        int seed = 0;
        foreach (NetworkSpec spec in EveryActivationAndLoss())
        {
            NaiveNetwork naive = new(spec);
            Samples samples = new(seed++);
            samples.Uniform(naive.Parameters.Length, -1, 1).CopyTo(naive.Parameters, 0);
            double[] inputs;
            double[] targets;
            do
            {
                inputs = samples.Uniform(3 * naive.InputSize, -1.5, 1.5);
                targets = samples.Uniform(3 * naive.OutputSize, 0, 1);
            }
            while (naive.DistanceToKink(inputs, targets) < 1e-3);

            Gradients gradients = naive.Backward(inputs, targets);
            Approx.Equal(CentralDifferences(naive.Parameters, () => naive.Loss(inputs, targets)), gradients.Parameters, Bound, $"{spec}\nparameters");
            Approx.Equal(CentralDifferences(inputs, () => naive.Loss(inputs, targets)), gradients.Inputs, Bound, $"{spec}\ninputs");
        }
    }

    private static (double[] Inputs, double[] Targets) AwayFromKinks(Samples samples, TestNetwork network)
    {
        NaiveNetwork naive = network.ToNaive();
        while (true)
        {
            (double[] inputs, double[] targets) = samples.Batch(network, 3);
            if (naive.DistanceToKink(inputs, targets) > 1e-3)
                return (inputs, targets);
        }
    }

    private static double[] CentralDifferences(double[] variables, Func<double> function)
    {
        const double H = 1e-5;
        double[] differences = new double[variables.Length];
        for (int i = 0; i < variables.Length; i++)
        {
            double saved = variables[i];
            variables[i] = saved + H;
            double above = function();
            variables[i] = saved - H;
            double below = function();
            variables[i] = saved;
            differences[i] = (above - below) / (2 * H);
        }

        return differences;
    }
}
