using System;
using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Tests.Compiled;
using GeneratedNetworks.Tests.Reference;
using Xunit;

namespace GeneratedNetworks.Tests;

/// <summary>Layers in unusual places and under unusual names, against the naive reference.</summary>
[Trait("Category", "Numeric")]
public sealed class ShapeTests
{
    public static TheoryData<EmitProfile, Precision> Targets => ReferenceTests.Targets();

    /// <summary>Inference knows no dropout: what follows one that comes first reads the caller's rows themselves.</summary>
    [Theory]
    [MemberData(nameof(Targets))]
    public void DropoutMayComeFirst(EmitProfile profile, Precision precision) => Agree(
        profile,
        precision,
        [
            NetworkSpec.Of(16, new DropoutSpec(0), new DenseSpec(2)),
            NetworkSpec.Of(64, new DropoutSpec(0), new DropoutSpec(0), new DenseSpec(1, Activation.Sigmoid)),
            NetworkSpec.Of(8, new DropoutSpec(0), new DenseSpec(4, Activation.Tanh), new DropoutSpec(0), new DenseSpec(3)),
            NetworkSpec.Of(16, new ActivationSpec(Activation.Sigmoid), new DropoutSpec(0), new DenseSpec(2)),
        ]);

    /// <summary>Widths are all equal, so that a name taken for another's would go unnoticed but for the numbers.</summary>
    [Theory]
    [InlineData(EmitProfile.Simd)]
    [InlineData(EmitProfile.Scalar)]
    [InlineData(EmitProfile.Basic)]
    public void NamesOfLayersMeanNothing(EmitProfile profile) => Agree(
        profile,
        Precision.Double,
        [
            Chain(["a", "aSum", "aGradient", "aSumGradient"]),
            Chain(["xGradient", "x_", "activation1Gradient", "rows"], new ActivationSpec(Activation.Silu)),
            Chain(["x", "y", "xSum", "ySum"], new ActivationSpec(Activation.Silu)),
            Chain(["p", "t", "loss", "scratch", "parameters", "AForward", "A", "class"]),
        ]);

    [Theory]
    [MemberData(nameof(Targets))]
    public void AnyLayerMayBeFrozen(EmitProfile profile, Precision precision) => Agree(
        profile,
        precision,
        [.. new[] { 1, 2, 5, 6 }.Select(frozen => NetworkSpec.Of(
            6,
            new DenseSpec(16, Activation.Tanh) { Frozen = (frozen & 1) != 0 },
            new DenseSpec(4, Activation.Gelu) { Frozen = (frozen & 2) != 0, UseBias = false },
            new DenseSpec(7) { Frozen = (frozen & 4) != 0 }))]);

    /// <summary>Single rows of layers that the nearest cache does not hold go by eight vectors at a time, and by two where fewer are left.</summary>
    [Theory]
    [InlineData(Precision.Single)]
    [InlineData(Precision.Double)]
    public void LayersMayBeLargerThanTheNearestCache(Precision precision) => Agree(
        EmitProfile.Simd, precision, [NetworkSpec.Of(97, new DenseSpec(157, Activation.Tanh), new DenseSpec(5))], checksSlopes: false);

    /// <summary>Few outputs go four at a time: three are four, a fifth is two, and rows of one vector take a way of their own.</summary>
    [Theory]
    [MemberData(nameof(Targets))]
    public void OutputsMayBeFew(EmitProfile profile, Precision precision) => Agree(
        profile,
        precision,
        [
            .. from inputs in new[] { 4, 8, 16, 48 }
               from outputs in new[] { 2, 3, 4, 5, 7 }
               select NetworkSpec.Of(inputs, new DenseSpec(outputs) { UseBias = outputs != 4 }),
        ]);

    private static NetworkSpec Chain(string[] names, params IEnumerable<LayerSpec> first) =>
        NetworkSpec.Of(8, [.. first, .. names.Select(name => new DenseSpec(8, Activation.Gelu) { Name = name })]);

    private static void Agree(EmitProfile profile, Precision precision, NetworkSpec[] specs, bool checksSlopes = true)
    {
        // Gradients by the inputs make every layer take part in backward.
        TestNetwork[] networks = NetworkCompiler.Compile([.. specs.Select(spec =>
            spec.Train(Loss.MeanSquaredError, inputGradients: true).In(profile, precision))]);
        double tolerance = precision == Precision.Double ? 1e-12 : 1e-5;
        foreach (TestNetwork network in networks)
        {
            Samples samples = new(network.Spec.Layers.Count);
            samples.Randomize(network);
            NaiveTrainer naive = new(network.ToNaive());
            TestTrainer trainer = network.CreateTrainer();
            foreach (int size in new[] { 1, 2, 9, 1, 65 })
            {
                string what = $"{size} samples of\n{network.Spec}\n";
                (double[] inputs, double[] targets) = samples.Batch(network, size);
                Approx.Equal(naive.Network.Forward(inputs), network.Forward(inputs), tolerance, $"outputs, {what}");
                Gradients expected = naive.Network.Backward(inputs, targets);
                double loss = trainer.Backward(inputs, targets, out double[] inputGradients);
                Approx.Equal(naive.Network.Loss(inputs, targets), loss, tolerance, $"loss, {what}");
                Approx.Equal(expected.Parameters, trainer.GetGradients(), tolerance, $"gradients, {what}");
                Approx.Equal(expected.Inputs, inputGradients, tolerance, $"input gradients, {what}");
                if (checksSlopes && profile != EmitProfile.Basic && size == 2)
                    Assert.InRange(trainer.CheckGradients(inputs, targets).MaxError, 0, precision == Precision.Double ? 1e-7 : 1e-5);
                naive.Step(inputs, targets);
                trainer.Step(inputs, targets);
                Approx.Equal(naive.Network.Parameters, network.GetParameters(), tolerance, $"parameters after a step, {what}");
            }
        }
    }
}
