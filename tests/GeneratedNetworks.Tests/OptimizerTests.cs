using System;
using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Tests.Compiled;
using GeneratedNetworks.Tests.Reference;
using Xunit;

namespace GeneratedNetworks.Tests;

/// <summary>Update alone, from given gradients: clipping, penalties and every optimizer's rule.</summary>
[Trait("Category", "Numeric")]
public sealed class OptimizerTests
{
    private static readonly string[] HyperParameters =
        ["LearningRate", "Momentum", "Rho", "Beta1", "Beta2", "Epsilon", "WeightDecay", "L1", "L2", "ClipNorm"];

    public static TheoryData<EmitProfile, Precision> Targets => ReferenceTests.Targets();

    [Theory]
    [MemberData(nameof(Targets))]
    public void UpdatesFollowTheRule(EmitProfile profile, Precision precision)
    {
        foreach ((TestNetwork network, Optimizer optimizer) in EveryOptimizer(profile, precision))
        {
            for (int seed = 0; seed < 8; seed++)
            {
                Samples samples = new(seed);
                samples.Randomize(network);
                NaiveTrainer naive = new(network.ToNaive());
                TestTrainer trainer = network.CreateTrainer();
                SetRandomly(samples, network, trainer, naive);
                for (int step = 1; step <= 6; step++)
                {
                    // From far below epsilon to far above: where epsilon stands decides the small ones.
                    double[] gradients = network.Round(samples.Logarithmic(network.ParameterCount, -10, 1));
                    trainer.SetGradients(gradients);
                    trainer.Update();
                    naive.Update(gradients);
                    double tolerance = precision == Precision.Double ? 1e-12 : 2e-6;
                    Approx.Equal(naive.Network.Parameters, network.GetParameters(), tolerance, $"{optimizer}, seed {seed}, after update {step}");
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void DefaultsAreTheDocumentedOnes(EmitProfile profile, Precision precision)
    {
        Dictionary<Optimizer, (string Name, double Value)[]> expected = new()
        {
            [Optimizer.Sgd] = [("LearningRate", 0.01)],
            [Optimizer.Momentum] = [("LearningRate", 0.01), ("Momentum", 0.9)],
            [Optimizer.Nesterov] = [("LearningRate", 0.01), ("Momentum", 0.9)],
            [Optimizer.RmsProp] = [("LearningRate", 0.01), ("Rho", 0.99), ("Epsilon", 1e-8)],
            [Optimizer.Adam] = [("LearningRate", 0.001), ("Beta1", 0.9), ("Beta2", 0.999), ("Epsilon", 1e-8)],
            [Optimizer.AdamW] = [("LearningRate", 0.001), ("Beta1", 0.9), ("Beta2", 0.999), ("Epsilon", 1e-8), ("WeightDecay", 0.01)],
        };
        foreach ((TestNetwork network, Optimizer optimizer) in EveryOptimizer(profile, precision))
        {
            TestTrainer trainer = network.CreateTrainer();
            (string Name, double Value)[] all = [.. expected[optimizer], ("L1", 0), ("L2", 0), ("ClipNorm", 0)];
            Assert.Equal(all.Select(entry => entry.Name).Order(), HyperParameters.Where(trainer.Has).Order());
            foreach ((string name, double value) in all)
                Assert.Equal(network.Round([value])[0], trainer[name]);
        }
    }

    /// <summary>A frozen layer keeps its bits through penalties and decay and takes no share of the clip norm; biases carry no penalty.</summary>
    [Theory]
    [MemberData(nameof(Targets))]
    public void FrozenLayersAndBiasesAreLeftAlone(EmitProfile profile, Precision precision)
    {
        NetworkSpec spec = NetworkSpec
            .Of(9, new DenseSpec(7, Activation.Tanh), new DenseSpec(17, Activation.Tanh) { Frozen = true }, new DenseSpec(3))
            .Train(Loss.MeanSquaredError, Optimizer.AdamW).In(profile, precision);
        TestNetwork network = NetworkCompiler.Compile(spec);
        Samples samples = new(3);
        samples.Randomize(network);
        NaiveNetwork naive = network.ToNaive();
        double[] start = network.GetParameters();
        TestTrainer trainer = network.CreateTrainer();
        (trainer["L1"], trainer["L2"], trainer["WeightDecay"], trainer["ClipNorm"]) = (0.5, 0.25, 0.125, 1);

        trainer.SetGradients([.. Enumerable.Repeat(1.0, network.ParameterCount)]);
        double[] reported = trainer.GetGradients();
        trainer.Update();
        double[] updated = network.GetParameters();
        for (int p = 0; p < start.Length; p++)
        {
            Assert.Equal(naive.IsFrozen(p) ? 0 : 1, reported[p]);
            if (naive.IsFrozen(p))
                Assert.Equal(start[p], updated[p]);
            else
                Assert.NotEqual(start[p], updated[p]);
        }

        trainer.SetGradients(new double[network.ParameterCount]);
        TestTrainer fresh = network.CreateTrainer();
        (fresh["L1"], fresh["L2"], fresh["WeightDecay"]) = (0.5, 0.25, 0.125);
        fresh.SetGradients(new double[network.ParameterCount]);
        fresh.Update();
        double[] penalized = network.GetParameters();
        for (int p = 0; p < start.Length; p++)
        {
            if (naive.IsBias(p))
                Assert.Equal(updated[p], penalized[p]);
            else if (!naive.IsFrozen(p))
                Assert.NotEqual(updated[p], penalized[p]);
        }
    }

    /// <summary>sign(0) is 0: a weight of 0 without gradient stays where it is under L1.</summary>
    [Theory]
    [MemberData(nameof(Targets))]
    public void L1LeavesZeroAlone(EmitProfile profile, Precision precision)
    {
        NetworkSpec spec = NetworkSpec.Of(9, new DenseSpec(9)).Train(Loss.SquaredError).In(profile, precision);
        TestNetwork network = NetworkCompiler.Compile(spec);
        double[] parameters = new double[90];
        parameters[1] = 0.5;
        parameters[2] = -0.5;
        network.SetParameters(parameters);
        TestTrainer trainer = network.CreateTrainer();
        (trainer["L1"], trainer["LearningRate"]) = (0.25, 0.5);
        trainer.SetGradients(new double[90]);
        trainer.Update();
        (parameters[1], parameters[2]) = (0.375, -0.375);
        Assert.Equal(parameters, network.GetParameters());
    }

    private static IEnumerable<(TestNetwork Network, Optimizer Optimizer)> EveryOptimizer(EmitProfile profile, Precision precision)
    {
        Optimizer[] optimizers = Enum.GetValues<Optimizer>();
        NetworkSpec[] specs = optimizers
            .Select(optimizer => NetworkSpec
                .Of(5, new DenseSpec(9, Activation.Tanh), new DenseSpec(17, Activation.Relu) { Frozen = true }, new DenseSpec(3) { UseBias = false })
                .Train(Loss.MeanSquaredError, optimizer).In(profile, precision))
            .ToArray();
        return NetworkCompiler.Compile(specs).Zip(optimizers);
    }

    private static void SetRandomly(Samples samples, TestNetwork network, TestTrainer trainer, NaiveTrainer naive)
    {
        Set("LearningRate", 1e-3, 0.1, value => naive.LearningRate = value);
        Set("Momentum", 0.5, 0.95, value => naive.Momentum = value);
        Set("Rho", 0.9, 0.999, value => naive.Rho = value);
        Set("Beta1", 0.5, 0.95, value => naive.Beta1 = value);
        Set("Beta2", 0.9, 0.999, value => naive.Beta2 = value);
        Set("Epsilon", 1e-8, 1e-4, value => naive.Epsilon = value);
        Set("WeightDecay", 0, 0.1, value => naive.WeightDecay = value);
        if (samples.Chance(0.7))
            Set("L1", 0, 0.1, value => naive.L1 = value);
        if (samples.Chance(0.7))
            Set("L2", 0, 0.1, value => naive.L2 = value);
        if (samples.Chance(0.6))
            Set("ClipNorm", 0.01, 30, value => naive.ClipNorm = value);

        void Set(string name, double low, double high, Action<double> setNaive)
        {
            double value = network.Round(samples.Uniform(1, low, high))[0];
            setNaive(value);
            if (trainer.Has(name))
                trainer[name] = value;
        }
    }
}
