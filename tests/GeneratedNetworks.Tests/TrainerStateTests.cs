using System;
using System.Linq;
using GeneratedNetworks.Tests.Compiled;
using GeneratedNetworks.Tests.Reference;
using Xunit;

namespace GeneratedNetworks.Tests;

/// <summary>What a trainer owns, when it has gradients, and how it resumes.</summary>
public sealed class TrainerStateTests
{
    public static TheoryData<EmitProfile, Precision> Targets => ReferenceTests.Targets();

    [Theory]
    [MemberData(nameof(Targets))]
    public void GradientsExistFromBackwardUntilStep(EmitProfile profile, Precision precision)
    {
        TestNetwork network = Network(profile, precision, Optimizer.Sgd);
        (double[] inputs, double[] targets) = new Samples(1).Batch(network, 4);
        TestTrainer trainer = network.CreateTrainer();
        Assert.Throws<InvalidOperationException>(trainer.GetGradients);
        Assert.Throws<InvalidOperationException>(trainer.Update);

        trainer.Backward(inputs, targets);
        double[] gradients = trainer.GetGradients();
        trainer.Update();
        Assert.Equal(gradients, trainer.GetGradients());

        foreach (double clipNorm in new[] { 0, 0.5 })
        {
            trainer["ClipNorm"] = clipNorm;
            trainer.Backward(inputs, targets);
            trainer.Step(inputs, targets);
            Assert.Throws<InvalidOperationException>(trainer.GetGradients);
            Assert.Throws<InvalidOperationException>(trainer.Update);
        }

        trainer.SetGradients(gradients);
        Assert.Equal(gradients, trainer.GetGradients());
    }

    /// <summary>Backward clears: the second batch's gradients do not add to the first's.</summary>
    [Theory]
    [MemberData(nameof(Targets))]
    public void BackwardReplacesGradients(EmitProfile profile, Precision precision)
    {
        TestNetwork network = Network(profile, precision, Optimizer.Sgd);
        Samples samples = new(1);
        (double[] inputs, double[] targets) = samples.Batch(network, 4);
        (double[] others, double[] otherTargets) = samples.Batch(network, 33);
        TestTrainer trainer = network.CreateTrainer();
        trainer.Backward(inputs, targets);
        double[] gradients = trainer.GetGradients();
        trainer.Backward(others, otherTargets);
        Assert.NotEqual(gradients, trainer.GetGradients());
        trainer.Backward(inputs, targets);
        Assert.Equal(gradients, trainer.GetGradients());
        trainer.BackwardFrom(inputs, new double[targets.Length]);
        Assert.All(trainer.GetGradients(), gradient => Assert.Equal(0, gradient));
    }

    /// <summary>A network resumed from parameters and state goes on bit for bit, whatever the new trainer was seeded with.</summary>
    [Theory]
    [MemberData(nameof(Targets))]
    public void StateResumesToTheSameBits(EmitProfile profile, Precision precision)
    {
        foreach (TestNetwork network in Networks(profile, precision))
        {
            Samples samples = new(5);
            (double[] Inputs, double[] Targets)[] batches = Enumerable.Range(0, 8).Select(_ => samples.Batch(network, 9)).ToArray();
            TestTrainer trainer = network.CreateTrainer(7);
            foreach ((double[] inputs, double[] targets) in batches[..4])
                trainer.Step(inputs, targets);

            double[] parameters = network.GetParameters();
            byte[] state = trainer.GetState();
            TestNetwork resumed = TestNetwork.Create(network.Spec, network.Instance.GetType(), 99UL);
            TestTrainer other = resumed.CreateTrainer(1234);
            resumed.SetParameters(parameters);
            other.SetState(state);
            Assert.Equal(state, other.GetState());

            foreach ((double[] inputs, double[] targets) in batches[4..])
            {
                Assert.Equal(trainer.Step(inputs, targets), other.Step(inputs, targets));
                Assert.Equal(network.GetParameters(), resumed.GetParameters());
            }

            Assert.Equal(trainer.GetState(), other.GetState());
            Assert.NotEqual(state, trainer.GetState());
        }
    }

    /// <summary>Moments, step count and dropout masks start over; parameters and settings stay.</summary>
    [Theory]
    [MemberData(nameof(Targets))]
    public void ResetStartsOver(EmitProfile profile, Precision precision)
    {
        foreach (TestNetwork network in Networks(profile, precision))
        {
            Samples samples = new(8);
            (double[] Inputs, double[] Targets)[] batches = Enumerable.Range(0, 4).Select(_ => samples.Batch(network, 9)).ToArray();
            double[] start = network.GetParameters();
            TestTrainer trainer = network.CreateTrainer(7);
            trainer["LearningRate"] = 0.0625;
            byte[] fresh = trainer.GetState();
            double[] Run() => batches.SelectMany(batch => new[] { trainer.Step(batch.Inputs, batch.Targets) }.Concat(network.GetParameters())).ToArray();

            double[] expected = Run();
            trainer.Backward(batches[0].Inputs, batches[0].Targets);
            double[] trained = network.GetParameters();
            Assert.NotEqual(fresh, trainer.GetState());
            trainer.Reset();
            Assert.Equal(fresh, trainer.GetState());
            Assert.Equal(trained, network.GetParameters());
            Assert.Equal(0.0625, trainer["LearningRate"]);
            Assert.Throws<InvalidOperationException>(trainer.GetGradients);
            Assert.Throws<InvalidOperationException>(trainer.Update);

            network.SetParameters(start);
            Assert.Equal(expected, Run());
        }
    }

    /// <summary>What diverged to NaN comes back with parameters and state, unseen padding included.</summary>
    [Theory]
    [MemberData(nameof(Targets))]
    public void DivergenceIsForgottenWithTheState(EmitProfile profile, Precision precision)
    {
        NetworkSpec[] specs = Enum.GetValues<Optimizer>().Select(optimizer => NetworkSpec
            .Of(5, new DenseSpec(7, Activation.Sigmoid), new DenseSpec(9, Activation.Tanh), new DenseSpec(3))
            .Train(Loss.MeanSquaredError, optimizer)
            .In(profile, precision)).ToArray();
        foreach (TestNetwork network in NetworkCompiler.Compile(specs))
        {
            Samples samples = new(6);
            samples.Randomize(network);
            (double[] inputs, double[] targets) = samples.Batch(network, 1);
            TestTrainer trainer = network.CreateTrainer();
            trainer.Step(inputs, targets);
            double[] parameters = network.GetParameters();
            byte[] state = trainer.GetState();
            double[] Continue() => Enumerable.Range(0, 3).SelectMany(_ => new[] { trainer.Step(inputs, targets) }.Concat(network.GetParameters())).ToArray();

            double[] expected = Continue();
            trainer.Step([.. inputs[..4], double.PositiveInfinity], targets);
            trainer.Step([.. inputs[..4], double.NaN], targets);
            Assert.Contains(network.GetParameters(), double.IsNaN);
            network.SetParameters(parameters);
            trainer.SetState(state);
            Assert.Equal(expected, Continue());
        }
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void SetParametersLeavesTheStateAlone(EmitProfile profile, Precision precision)
    {
        TestNetwork network = Network(profile, precision, Optimizer.Adam);
        (double[] inputs, double[] targets) = new Samples(2).Batch(network, 5);
        TestTrainer trainer = network.CreateTrainer();
        byte[] fresh = trainer.GetState();
        trainer.Step(inputs, targets);
        byte[] state = trainer.GetState();
        Assert.NotEqual(fresh, state);
        network.SetParameters(new double[network.ParameterCount]);
        Assert.Equal(state, trainer.GetState());
    }

    /// <summary>A new trainer starts at step 0, touches no parameter, and shares nothing with another of the same network.</summary>
    [Theory]
    [MemberData(nameof(Targets))]
    public void TrainersAreTheirOwn(EmitProfile profile, Precision precision)
    {
        TestNetwork network = Network(profile, precision, Optimizer.Adam);
        (double[] inputs, double[] targets) = new Samples(3).Batch(network, 5);
        double[] start = network.GetParameters();
        TestTrainer first = network.CreateTrainer();
        first.Step(inputs, targets);
        double[] once = network.GetParameters();
        TestTrainer second = network.CreateTrainer();
        Assert.Equal(once, network.GetParameters());
        network.SetParameters(start);
        second.Step(inputs, targets);
        Assert.Equal(once, network.GetParameters());
        Assert.Equal(first.GetState(), second.GetState());
    }

    /// <summary>The same calls give the same bits: nothing depends on what a buffer held before.</summary>
    [Theory]
    [MemberData(nameof(Targets))]
    public void TrainingRepeatsBitForBit(EmitProfile profile, Precision precision)
    {
        TestNetwork network = Network(profile, precision, Optimizer.RmsProp);
        Samples samples = new(4);
        (double[] Inputs, double[] Targets)[] batches = [samples.Batch(network, 130), samples.Batch(network, 1), samples.Batch(network, 33)];
        double[] start = network.GetParameters();
        double[][] ends = Enumerable.Range(0, 2).Select(_ =>
        {
            network.SetParameters(start);
            TestTrainer trainer = network.CreateTrainer(5);
            foreach ((double[] inputs, double[] targets) in batches)
                trainer.Step(inputs, targets);
            return network.GetParameters();
        }).ToArray();
        Assert.Equal(ends[0], ends[1]);
        Assert.NotEqual(start, ends[0]);
    }

    /// <summary>One for each optimizer: what one test asks for is compiled for all.</summary>
    private static TestNetwork[] Networks(EmitProfile profile, Precision precision) =>
        NetworkCompiler.Compile([.. Enum.GetValues<Optimizer>().Select(optimizer => Spec(profile, precision, optimizer))]);

    private static TestNetwork Network(EmitProfile profile, Precision precision, Optimizer optimizer) =>
        Networks(profile, precision).Single(network => network.Spec.Training!.Optimizer == optimizer);

    private static NetworkSpec Spec(EmitProfile profile, Precision precision, Optimizer optimizer) => NetworkSpec
        .Of(7, new DenseSpec(17, Activation.Tanh), new DropoutSpec(0.25), new DenseSpec(3, Activation.Softmax))
        .Train(Loss.CrossEntropy, optimizer).In(profile, precision);
}
