using System;
using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Tests.Compiled;
using GeneratedNetworks.Tests.Reference;
using Xunit;

namespace GeneratedNetworks.Tests;

/// <summary>Profiles <c>Scalar</c> and <c>Basic</c> compute the same numbers to the last bit: they differ in spelling alone, chunks and orders of sums included.</summary>
[Trait("Category", "Numeric")]
public sealed class PortableBitsTests
{
    /// <summary>Batches of one, of a few, and of several chunks of any size with a rest.</summary>
    private static readonly int[] Batches = [1, 3, 8, 33, 101];

    /// <summary>Chunks of 4, of some, and of 32 samples, in training and running; every optimizer and loss.</summary>
    private static readonly NetworkSpec[] Specs =
    [
        NetworkSpec.Of(3, new DenseSpec(4, Activation.Tanh), new DenseSpec(1)).Train(Loss.MeanSquaredError),
        NetworkSpec.Of(8, new DenseSpec(32, Activation.Relu), new DenseSpec(32, Activation.Relu), new DenseSpec(4)).Train(Loss.Huber, Optimizer.Momentum),
        NetworkSpec.Of(64, new DenseSpec(32, Activation.Gelu), new DenseSpec(10, Activation.Softmax)).Train(Loss.CrossEntropy, Optimizer.Adam),
        NetworkSpec.Of(17, new DenseSpec(90, Activation.Mish), new DropoutSpec(0.25), new DenseSpec(5, Activation.Sigmoid)).Train(Loss.BinaryCrossEntropy, Optimizer.RmsProp),
        NetworkSpec.Of(200, new DenseSpec(60, Activation.Silu) { Frozen = true }, new DenseSpec(7, Activation.Elu), new DenseSpec(3)).Train(Loss.MeanAbsoluteError, Optimizer.Nesterov, Reduction.Sum),
        NetworkSpec.Of(2, new DenseSpec(700, Activation.Softplus), new DenseSpec(2, Activation.LogSoftmax)).Train(Loss.SquaredError, Optimizer.AdamW, inputGradients: true),
    ];

    public static TheoryData<int, Precision> Cases =>
        [.. Enumerable.Range(0, Specs.Length).SelectMany(spec => Enum.GetValues<Precision>().Select(precision => (spec, precision)))];

    [Theory]
    [MemberData(nameof(Cases))]
    public void ScalarAndBasicAreEqual(int number, Precision precision)
    {
        // What one case asks for is compiled for all of a precision.
        NetworkSpec[] specs = [.. new[] { EmitProfile.Scalar, EmitProfile.Basic }.SelectMany(profile => Specs.Select(spec => spec.In(profile, precision)))];
        Type[] types = NetworkCompiler.CompileTypes(specs);
        List<double>[] bits = [.. new[] { number, Specs.Length + number }.Select(i => Run(TestNetwork.Create(specs[i], types[i])))];
        Assert.Equal(bits[0].Select(BitConverter.DoubleToInt64Bits), bits[1].Select(BitConverter.DoubleToInt64Bits));
        Assert.All(bits[0], value => Assert.True(double.IsFinite(value)));
    }

    private static List<double> Run(TestNetwork network)
    {
        List<double> values = [.. network.GetParameters()];
        TestTrainer trainer = network.CreateTrainer(5);
        foreach (int batch in Batches)
        {
            Samples samples = new(batch);
            double[] inputs = network.Round(samples.Uniform(batch * network.Spec.InputSize, -1, 1));
            double[] targets = network.Round(samples.Uniform(batch * network.Spec.OutputSize, 0, 1));
            values.AddRange(network.Forward(inputs));
            values.Add(trainer.Loss(inputs, targets));
            values.Add(trainer.Backward(inputs, targets));
            values.AddRange(trainer.GetGradients());
            trainer.Update();
            values.Add(trainer.Step(inputs, targets));
            values.AddRange(network.GetParameters());
        }

        return values;
    }
}
