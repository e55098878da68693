using System;
using System.Linq;
using GeneratedNetworks.Tests.Compiled;
using GeneratedNetworks.Tests.Reference;
using Xunit;

namespace GeneratedNetworks.Tests;

/// <summary>Extreme logits, unusual targets, infinities and NaN.</summary>
[Trait("Category", "Numeric")]
public sealed class StabilityTests
{
    public static TheoryData<EmitProfile, Precision> Targets => ReferenceTests.Targets();

    [Theory]
    [MemberData(nameof(Targets))]
    public void CrossEntropyIsFiniteForExtremeLogits(EmitProfile profile, Precision precision)
    {
        double[][] logits = [[1e4, -1e4, 0], [-1e4, -1e4, -1e4], [1e4, 1e4, -1e4], [1e30, -1e30, 1], [1e4, 0, 9999.5], [0, 1e4, -1e4], [-1e4, 0, 1e4]];
        double[][] targets = [[0, 1, 0], [1, 0, 0], [0.25, 0.25, 0.5], [0, 0, 1], [0.3, 0.3, 0.4], [1, 0, 0], [0.5, 0.5, 0]];
        NetworkSpec[] specs = [.. new[] { Activation.Softmax, Activation.LogSoftmax }.Select(activation => Logits(3, activation)
            .Train(Loss.CrossEntropy, reduction: Reduction.Sum).In(profile, precision))];
        foreach (TestNetwork network in NetworkCompiler.Compile(specs))
            AgreeAndStayFinite(network, logits, targets);
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void BinaryCrossEntropyIsFiniteForExtremeLogits(EmitProfile profile, Precision precision)
    {
        double[][] logits = [[1e4, -1e4, 0], [-1e4, 1e4, 40], [1e30, -1e30, -700], [88, -88, 104]];
        double[][] targets = [[0, 1, 0.5], [0, 1, 1], [0, 1, 0], [1, 0, 0.25]];
        NetworkSpec spec = Logits(3, Activation.Sigmoid).Train(Loss.BinaryCrossEntropy, reduction: Reduction.Sum)
            .In(profile, precision);
        AgreeAndStayFinite(NetworkCompiler.Compile(spec), logits, targets);
    }

    /// <summary>The gradient by the logits is p·Σt − t.</summary>
    [Theory]
    [MemberData(nameof(Targets))]
    public void TargetsNeedNotSumToOne(EmitProfile profile, Precision precision)
    {
        NetworkSpec spec = Logits(9, Activation.Softmax).Train(Loss.CrossEntropy, inputGradients: true)
            .In(profile, precision);
        TestNetwork network = NetworkCompiler.Compile(spec);
        Samples samples = new(1);
        network.SetParameters(Identity(9));
        double[] inputs = network.Round(samples.Uniform(18, -1, 1));
        double[] targets = network.Round(samples.Uniform(18, 0, 2));
        NaiveNetwork naive = network.ToNaive();
        TestTrainer trainer = network.CreateTrainer();
        double tolerance = precision == Precision.Double ? 1e-12 : 1e-5;
        Approx.Equal(naive.Loss(inputs, targets), trainer.Backward(inputs, targets, out double[] inputGradients), tolerance, "loss");
        double[] expected = inputs.Chunk(9).Zip(targets.Chunk(9))
            .SelectMany(rows => NaiveActivation.Softmax(rows.First).Zip(rows.Second, (p, t) => ((p * rows.Second.Sum()) - t) / 2))
            .ToArray();
        Approx.Equal(expected, inputGradients, tolerance, "gradients by the logits");
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void InfiniteLogitsSaturate(EmitProfile profile, Precision precision)
    {
        TestNetwork[] networks = NetworkCompiler.Compile(
            NetworkSpec.Of(1, new DenseSpec(3, Activation.Sigmoid)).In(profile, precision),
            NetworkSpec.Of(1, new DenseSpec(3, Activation.Softmax)).In(profile, precision),
            NetworkSpec.Of(1, new DenseSpec(3, Activation.Tanh)).In(profile, precision));
        networks[0].SetParameters([0, 0, 0, double.PositiveInfinity, double.NegativeInfinity, 0]);
        Assert.Equal([1, 0, 0.5], networks[0].Forward([1]));
        networks[1].SetParameters([0, 0, 0, 2, double.NegativeInfinity, 2]);
        Assert.Equal([0.5, 0, 0.5], networks[1].Forward([1]));
        networks[2].SetParameters([0, 0, 0, double.PositiveInfinity, double.NegativeInfinity, 0]);
        Assert.Equal([1, -1, 0], networks[2].Forward([1]));
    }

    /// <summary>NaN goes through every activation, and stays in its own sample.</summary>
    [Theory]
    [MemberData(nameof(Targets))]
    public void NaNInNaNOut(EmitProfile profile, Precision precision)
    {
        Activation[] activations = Enum.GetValues<Activation>();
        NetworkSpec[] specs = activations
            .Select(activation => NetworkSpec.Of(3, new DenseSpec(9, activation)).In(profile, precision))
            .ToArray();
        TestNetwork[] networks = NetworkCompiler.Compile(specs);
        for (int i = 0; i < networks.Length; i++)
        {
            Assert.All(networks[i].Forward([0.5, double.NaN, 0.25]), output => Assert.True(double.IsNaN(output), $"{activations[i]} gave {output}"));

            // Enough samples to fill a tile on every profile.
            double[] inputs = new Samples(i).Uniform(17 * 3, -1, 1);
            inputs[(8 * 3) + 1] = double.NaN;
            double[] outputs = networks[i].Forward(inputs);
            for (int s = 0; s < 17; s++)
            {
                Assert.All(
                    outputs[(s * 9)..((s + 1) * 9)],
                    output => Assert.True(double.IsNaN(output) == (s == 8), $"{activations[i]}, sample {s}: {output}"));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void NaNReachesTheLossAndTheGradients(EmitProfile profile, Precision precision)
    {
        Loss[] losses = [Loss.MeanSquaredError, Loss.MeanAbsoluteError, Loss.Huber, Loss.CrossEntropy, Loss.BinaryCrossEntropy];
        NetworkSpec[] specs = losses.Select(loss => NetworkSpec
            .Of(3, new DenseSpec(9, loss switch
            {
                Loss.CrossEntropy => Activation.Softmax,
                Loss.BinaryCrossEntropy => Activation.Sigmoid,
                _ => Activation.Relu,
            }))
            .Train(loss).In(profile, precision)).ToArray();
        foreach ((TestNetwork network, Loss loss) in NetworkCompiler.Compile(specs).Zip(losses))
        {
            double[] inputs = new Samples(1).Uniform(17 * 3, -1, 1);
            inputs[(8 * 3) + 1] = double.NaN;
            double[] targets = [.. Enumerable.Repeat(0.5, 17 * 9)];
            TestTrainer trainer = network.CreateTrainer();
            Assert.True(double.IsNaN(trainer.Loss(inputs, targets)), $"{loss}");
            Assert.True(double.IsNaN(trainer.Backward(inputs, targets)), $"{loss} in training");

            // Of the weights that the NaN meets: its products stay, whatever they are multiplied by.
            Assert.All(trainer.GetGradients()[9..18], gradient => Assert.True(double.IsNaN(gradient), $"gradient of {loss}"));
        }
    }

    private static NetworkSpec Logits(int size, Activation activation) => NetworkSpec.Of(size, new DenseSpec(size, activation) { UseBias = false });

    private static double[] Identity(int size)
    {
        double[] identity = new double[size * size];
        for (int i = 0; i < size; i++)
            identity[i * (size + 1)] = 1;
        return identity;
    }

    private static void AgreeAndStayFinite(TestNetwork network, double[][] logits, double[][] targets)
    {
        network.SetParameters(Identity(network.Spec.OutputSize));
        NaiveNetwork naive = network.ToNaive();
        TestTrainer trainer = network.CreateTrainer();
        double tolerance = network.Spec.Precision == Precision.Double ? 1e-12 : 1e-5;
        for (int i = 0; i < logits.Length; i++)
        {
            double[] x = network.Round(logits[i]);
            double[] t = network.Round(targets[i]);
            string what = $"{network.Spec}\nlogits {string.Join(" ", x)}";
            double loss = trainer.Backward(x, t);
            Assert.True(double.IsFinite(loss), $"{what}: loss {loss}");
            Approx.Equal(naive.Loss(x, t), loss, tolerance, $"{what}: loss");
            Approx.Equal(naive.Loss(x, t), trainer.Loss(x, t), tolerance, $"{what}: loss alone");
            double[] gradients = trainer.GetGradients();
            Assert.All(gradients, gradient => Assert.True(double.IsFinite(gradient), what));
            Approx.Equal(naive.Backward(x, t).Parameters, gradients, tolerance, $"{what}: gradients");
            Approx.Equal(naive.Forward(x), network.Forward(x), tolerance, $"{what}: outputs");
        }
    }
}
