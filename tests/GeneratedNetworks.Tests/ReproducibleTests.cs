using System;
using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Tests.Compiled;
using GeneratedNetworks.Tests.Reference;
using Xunit;

namespace GeneratedNetworks.Tests;

/// <summary>Reproducible networks have the same bits in every profile, at every width of vectors and in every batch.</summary>
[Trait("Category", "Numeric")]
public sealed class ReproducibleTests
{
    private static readonly int[] Sizes = [1, 45, 7, 1, 32, 33];

    private static readonly NetworkSpec[] Networks =
    [
        .. VectorWidthTests.Networks,
        NetworkSpec.Of(2, new DenseSpec(4, Activation.Tanh), new DenseSpec(1, Activation.Sigmoid)).Train(Loss.MeanSquaredError, Optimizer.Sgd),
        NetworkSpec.Of(8, new DenseSpec(32, Activation.Relu), new DenseSpec(32, Activation.LeakyRelu), new DenseSpec(4)).Train(Loss.SquaredError, Optimizer.Sgd),
        NetworkSpec.Of(64, new DenseSpec(32, Activation.Gelu), new DenseSpec(10, Activation.LogSoftmax)).Train(Loss.CrossEntropy, Optimizer.Sgd),
        NetworkSpec.Of(31, new DropoutSpec(0.25), new DenseSpec(17, Activation.Mish), new DropoutSpec(0.5), new DenseSpec(3, Activation.Softmax)).Train(Loss.CrossEntropy, Optimizer.Adam),
        NetworkSpec.Of(9, new DenseSpec(40, Activation.Elu) { Frozen = true }, new DenseSpec(20, Activation.Selu), new DenseSpec(5, Activation.HardSwish)).Train(Loss.MeanAbsoluteError, Optimizer.RmsProp, Reduction.Sum),
        NetworkSpec.Of(15, new DenseSpec(16, Activation.GeluTanh), new ActivationSpec(Activation.Softsign), new DenseSpec(4, Activation.LogSigmoid)).Train(Loss.Huber, Optimizer.AdamW, inputGradients: true),
        NetworkSpec.Of(160, new DenseSpec(130, Activation.HardSigmoid), new DenseSpec(33, Activation.Relu6), new DenseSpec(2, Activation.HardTanh)).Train(Loss.SquaredError, Optimizer.Momentum),
    ];

    [Theory]
    [InlineData(Precision.Single)]
    [InlineData(Precision.Double)]
    public void TheBitsAreThoseOfEveryProfileAndWidth(Precision precision)
    {
        NetworkSpec[] specs = [.. Networks.Select(spec => spec with { Numerics = Numerics.Reproducible })];
        (string Name, TestNetwork[] Networks)[] forms =
        [
            .. new[] { 512, 256, 128, 0 }.Select(width => ($"Simd, {width} bits", VectorWidthTests.Compile(width, precision, specs))),
            ("Simd, no instruction by name", VectorWidthTests.Compile(128, precision, specs, anyProcessor: true)),
            .. new[] { EmitProfile.Scalar, EmitProfile.Basic }.Select(profile => (profile.ToString(), NetworkCompiler.Compile([.. specs.Select(spec => spec.In(profile, precision))]))),
        ];
        for (int i = 0; i < specs.Length; i++)
        {
            List<(string What, double[] Values)> expected = Run(forms[0].Networks[i]);
            foreach ((string name, TestNetwork[] networks) in forms.Skip(1))
            {
                List<(string What, double[] Values)> actual = Run(networks[i]);
                foreach (((string what, double[] values), double[] others) in expected.Zip(actual.Select(pair => pair.Values)))
                    Same(values, others, $"{what}, {name} against {forms[0].Name}, of\n{networks[i].Spec}");
            }
        }
    }

    [Theory]
    [InlineData(EmitProfile.Simd, Precision.Single)]
    [InlineData(EmitProfile.Simd, Precision.Double)]
    [InlineData(EmitProfile.Scalar, Precision.Single)]
    [InlineData(EmitProfile.Basic, Precision.Single)]
    public void ASampleHasTheSameBitsInAnyBatch(EmitProfile profile, Precision precision)
    {
        foreach (TestNetwork network in NetworkCompiler.Compile([.. Networks.Select(spec => spec.In(profile, precision) with { Numerics = Numerics.Reproducible })]))
        {
            Samples samples = new(3);
            samples.Randomize(network);
            double[] inputs = samples.Batch(network, 70).Inputs, together = network.Forward(inputs);
            int size = network.Spec.InputSize, outputs = network.Spec.OutputSize;
            foreach (int batch in new[] { 1, 2, 3, 5, 6, 7, 13 })
            {
                for (int first = 0; first + batch <= 70; first += batch)
                    Same(together[(first * outputs)..((first + batch) * outputs)], network.Forward(inputs[(first * size)..((first + batch) * size)]), $"samples {first} to {first + batch} of\n{network.Spec}");
            }
        }
    }

    /// <summary>Whatever a program can see of a network: initialization, outputs, losses, gradients, and parameters after steps of many kinds.</summary>
    private static List<(string What, double[] Values)> Run(TestNetwork network)
    {
        List<(string, double[])> seen = [("initial parameters", network.GetParameters())];
        Samples samples = new(network.Spec.InputSize);
        samples.Randomize(network);
        TestTrainer trainer = network.CreateTrainer(seed: 3);
        trainer["LearningRate"] = 1.0 / 64;
        foreach ((int size, int step) in Sizes.Select((size, step) => (size, step)))
        {
            (double[] inputs, double[] targets) = samples.Batch(network, size);
            string what = $"step {step} of {size}";
            seen.Add(("outputs, " + what, network.Forward(inputs)));
            seen.Add(("loss, " + what, [trainer.Loss(inputs, targets)]));
            seen.Add(("training loss, " + what, [trainer.Backward(inputs, targets)]));
            seen.Add(("gradients, " + what, trainer.GetGradients()));
            if (network.Spec.Training!.InputGradients)
            {
                trainer.Backward(inputs, targets, out double[] inputGradients);
                seen.Add(("input gradients, " + what, inputGradients));
            }

            // Clipped and penalized on the way: from then on no step is fused.
            trainer["ClipNorm"] = step >= 4 ? 0.125 : 0;
            trainer["L1"] = trainer["L2"] = step >= 4 ? 0.01 : 0;
            seen.Add(("loss of the step, " + what, [trainer.Step(inputs, targets)]));
            seen.Add(("parameters, " + what, network.GetParameters()));
        }

        return seen;
    }

    private static void Same(double[] expected, double[] actual, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            if (BitConverter.DoubleToInt64Bits(expected[i]) != BitConverter.DoubleToInt64Bits(actual[i]))
                Assert.Fail($"Element {i} of the {what} is {actual[i]:R} and not {expected[i]:R}.");
        }
    }
}
