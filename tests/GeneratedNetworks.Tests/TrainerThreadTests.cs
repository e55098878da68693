using System;
using System.Diagnostics;
using System.Linq;
using System.Reflection;
using System.Threading;
using GeneratedNetworks.Tests.Compiled;
using GeneratedNetworks.Tests.Reference;
using Xunit;

namespace GeneratedNetworks.Tests;

/// <summary>A trainer is for one thread at a time, and says so where it sees another inside.</summary>
public sealed class TrainerThreadTests
{
    public static TheoryData<EmitProfile, Precision> Targets => ReferenceTests.Targets();

    /// <summary>With the mark that a thread inside leaves, every member that computes is refused and changes nothing; Reset takes the mark away.</summary>
    [Theory]
    [MemberData(nameof(Targets))]
    public void ASecondThreadIsRefused(EmitProfile profile, Precision precision)
    {
        TestNetwork network = NetworkCompiler.Compile(Spec(profile, precision, Optimizer.Adam));
        (double[] inputs, double[] targets) = new Samples(1).Batch(network, 4);
        TestTrainer trainer = network.CreateTrainer();
        trainer.Backward(inputs, targets);
        double[] gradients = trainer.GetGradients();
        double[] parameters = network.GetParameters();
        byte[] state = trainer.GetState();
        Mark(trainer).SetValue(trainer.Instance, true);

        Refuses(() => trainer.Loss(inputs, targets));
        Refuses(() => trainer.Backward(inputs, targets));
        Refuses(() => trainer.Backward(inputs, targets, out _));
        Refuses(() => trainer.BackwardFrom(inputs, targets));
        Refuses(() => trainer.Step(inputs, targets));
        Refuses(trainer.Update);
        if (profile != EmitProfile.Basic)
            Refuses(() => trainer.CheckGradients(inputs, targets));
        if (trainer.Instance is IParallelTrainer<double> parallel)
        {
            Refuses(() => parallel.BackwardShards(inputs, targets, 0, 4, 2));

            // A worker's mark is its own.
            parallel.Fork().BackwardShards(inputs, targets, 0, 4, 2);
        }

        Assert.Equal(gradients, trainer.GetGradients());
        Assert.Equal(parameters, network.GetParameters());
        Assert.Equal(state, trainer.GetState());

        trainer.Reset();
        trainer.Step(inputs, targets);
        Assert.NotEqual(parameters, network.GetParameters());

        static void Refuses(Action call) => Assert.Contains("two threads at once", Assert.Throws<InvalidOperationException>(call).Message);
    }

    /// <summary>One thread may call one member after the other, whichever way a step takes and after refused arguments, too.</summary>
    [Theory]
    [MemberData(nameof(Targets))]
    public void OneThreadIsNeverRefused(EmitProfile profile, Precision precision)
    {
        NetworkSpec[] specs = [Spec(profile, precision, Optimizer.Sgd), Spec(profile, precision, Optimizer.Adam)];
        foreach (TestNetwork network in NetworkCompiler.Compile(specs))
        {
            TestTrainer trainer = network.CreateTrainer();
            foreach (int samples in new[] { 1, 4, 300 })
            {
                (double[] inputs, double[] targets) = new Samples(samples).Batch(network, samples);
                foreach (double penalty in new[] { 0, 0.25 })
                {
                    trainer["L2"] = penalty;
                    Leaves(() => trainer.Step(inputs, targets));
                    Leaves(() => trainer.Loss(inputs, targets));
                    Leaves(() => trainer.Backward(inputs, targets));
                    Leaves(trainer.Update);
                    Leaves(() => trainer.Backward(inputs, targets, out _));
                    Leaves(() => trainer.BackwardFrom(inputs, targets));
                    if (profile != EmitProfile.Basic && samples < 300)
                        Leaves(() => trainer.CheckGradients(inputs, targets));
                    if (trainer.Instance is IParallelTrainer<double> parallel)
                        Leaves(() => parallel.BackwardShards(inputs, targets, 0, samples, 32));
                    Leaves(() => Assert.Throws<ArgumentException>(() => trainer.Step(inputs, [])));
                    Leaves(() => Assert.Throws<ArgumentException>(() => trainer.Backward([], targets)));
                }
            }

            void Leaves(Action call)
            {
                call();
                Assert.Equal(false, Mark(trainer).GetValue(trainer.Instance));
            }
        }
    }

    /// <summary>Two threads that step one trainer without end: sooner or later one of them is told.</summary>
    [Theory]
    [InlineData(EmitProfile.Simd, Optimizer.Sgd)]
    [InlineData(EmitProfile.Simd, Optimizer.Adam)]
    [InlineData(EmitProfile.Scalar, Optimizer.Adam)]
    [InlineData(EmitProfile.Basic, Optimizer.Sgd)]
    public void TwoThreadsAreSeen(EmitProfile profile, Optimizer optimizer)
    {
        TestNetwork<float> network = (TestNetwork<float>)NetworkCompiler.Compile(NetworkSpec
            .Of(64, new DenseSpec(128, Activation.Relu), new DenseSpec(10))
            .Train(Loss.MeanSquaredError, optimizer).In(profile, Precision.Single));
        SubjectTrainer<float> trainer = network.Subject.CreateTrainer(0);
        float[] inputs = new float[64 * 64], targets = new float[64 * 10];
        int seen = 0;
        Stopwatch watch = Stopwatch.StartNew();
        Thread[] threads = [.. Enumerable.Range(0, 2).Select(_ => new Thread(() =>
        {
            while (Volatile.Read(ref seen) == 0 && watch.Elapsed < TimeSpan.FromMinutes(1))
            {
                try
                {
                    trainer.Step(inputs, targets);
                }
                catch (InvalidOperationException exception) when (exception.Message.Contains("two threads at once", StringComparison.Ordinal))
                {
                    Interlocked.Increment(ref seen);
                }
            }
        }))];
        foreach (Thread thread in threads)
            thread.Start();
        foreach (Thread thread in threads)
            thread.Join();
        Assert.NotEqual(0, seen);

        // Whoever was inside has left.
        trainer.Step(inputs, targets);
    }

    private static FieldInfo Mark(TestTrainer trainer) =>
        trainer.Instance.GetType().GetField("_isBusy", BindingFlags.Instance | BindingFlags.NonPublic)!;

    private static NetworkSpec Spec(EmitProfile profile, Precision precision, Optimizer optimizer) => NetworkSpec
        .Of(5, new DenseSpec(9, Activation.Tanh), new DenseSpec(3))
        .Train(Loss.MeanSquaredError, optimizer, inputGradients: true).In(profile, precision);
}
