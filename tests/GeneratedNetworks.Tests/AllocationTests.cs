using System;
using System.Linq;
using System.Numerics;
using GeneratedNetworks.Tests.Compiled;
using Xunit;

namespace GeneratedNetworks.Tests;

/// <summary>Ten thousand calls allocate nothing.</summary>
public sealed class AllocationTests
{
    private const int Calls = 10_000;

    public static TheoryData<EmitProfile, Precision> Targets => ReferenceTests.Targets();

    private static NetworkSpec[] Shapes { get; } =
    [
        NetworkSpec.Of(3, new DenseSpec(4, Activation.Tanh), new DenseSpec(1)).Train(Loss.MeanSquaredError),
        NetworkSpec.Of(17, new DenseSpec(9, Activation.Gelu), new DropoutSpec(0.2), new DenseSpec(3, Activation.Softmax))
            .Train(Loss.CrossEntropy, Optimizer.Adam, inputGradients: true),
        NetworkSpec
            .Of(8, new DenseSpec(32, Activation.Relu), new DenseSpec(33, Activation.Mish) { Frozen = true }, new DenseSpec(4, Activation.Sigmoid))
            .Train(Loss.BinaryCrossEntropy, Optimizer.Nesterov),
    ];

    [Theory]
    [MemberData(nameof(Targets))]
    public void StepsAndForwardsAllocateNothing(EmitProfile profile, Precision precision)
    {
        NetworkSpec[] specs = Shapes.Select(spec => spec with { Profile = profile, Precision = precision }).ToArray();
        foreach (TestNetwork network in NetworkCompiler.Compile(specs))
        {
            foreach (int batch in new[] { 1, 32 })
            {
                if (network is TestNetwork<double> inDouble)
                    AllocateNothing(inDouble, batch);
                else
                    AllocateNothing((TestNetwork<float>)network, batch);
            }
        }
    }

    private static void AllocateNothing<T>(TestNetwork<T> network, int batch)
        where T : struct, IFloatingPoint<T>
    {
        Subject<T> subject = network.Subject;
        SubjectTrainer<T> trainer = subject.CreateTrainer(1);
        T[] inputs = Filled<T>(batch * subject.InputSize, 0.125);
        T[] outputs = new T[batch * subject.OutputSize];
        T[] targets = Filled<T>(batch * subject.OutputSize, 0.25);
        T[] inputGradients = new T[inputs.Length];
        T[] parameters = new T[subject.ParameterCount];
        string what = $"batch {batch}\n{network.Spec}";

        AllocatesNothing($"Step, {what}", Calls, () => trainer.Step(inputs, targets));
        AllocatesNothing($"Forward, {what}", Calls, () => subject.Forward(inputs, outputs));
        AllocatesNothing($"Backward and Update, {what}", 100, () =>
        {
            trainer.Backward(inputs, targets);
            trainer.Update();
        });
        AllocatesNothing($"the rest, {what}", 100, () =>
        {
            trainer.Loss(inputs, targets);
            trainer.BackwardFrom(inputs, targets);
            trainer.GetGradients(parameters);
            trainer.SetGradients(parameters);
            subject.GetParameters(parameters);
            subject.SetParameters(parameters);
        });
        if (network.Spec.Training!.InputGradients)
            AllocatesNothing($"Backward to inputs, {what}", 100, () => trainer.Backward(inputs, targets, inputGradients));
        trainer.Set("ClipNorm", T.One);
        AllocatesNothing($"clipped Step, {what}", 100, () => trainer.Step(inputs, targets));
    }

    private static T[] Filled<T>(int count, double value)
        where T : IFloatingPoint<T> => [.. Enumerable.Repeat(T.CreateChecked(value), count)];

    private static void AllocatesNothing(string what, int calls, Action call)
    {
        // The first calls may load types and compile.
        for (int i = 0; i < 3; i++)
            call();

        // A collection that another thread starts retires this thread's allocation buffer, whose unused rest then counts as
        // allocated. What the calls themselves allocate would show in every attempt.
        long allocated = long.MaxValue;
        for (int attempt = 0; attempt < 3 && allocated != 0; attempt++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < calls; i++)
                call();
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.True(allocated == 0, $"{allocated} bytes in {calls} calls: {what}");
    }
}
