using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Numerics;
using GeneratedNetworks.Tests.Compiled;
using GeneratedNetworks.Tests.Reference;
using Xunit;

namespace GeneratedNetworks.Tests;

/// <summary>Every vector width's text, forced: on the processor where it has the width, otherwise in software.</summary>
[Trait("Category", "Numeric")]
public sealed class VectorWidthTests
{
    private const int Guard = 19;

    internal static readonly NetworkSpec[] Networks =
    [
        NetworkSpec.Of(17, new DenseSpec(33, Activation.Softplus), new DenseSpec(3, Activation.Softmax))
            .Train(Loss.CrossEntropy, Optimizer.Sgd, inputGradients: true),
        NetworkSpec.Of(5, new DenseSpec(16, Activation.Sigmoid), new DenseSpec(4, Activation.Tanh), new DenseSpec(2))
            .Train(Loss.MeanSquaredError, Optimizer.Sgd),
        NetworkSpec.Of(65, new DenseSpec(129, Activation.Silu) { UseBias = false }, new DenseSpec(9, Activation.Sigmoid))
            .Train(Loss.BinaryCrossEntropy, Optimizer.Momentum),
        NetworkSpec.Of(8, new DenseSpec(64, Activation.Tanh), new DenseSpec(3, Activation.Softplus) { UseBias = false }, new DenseSpec(7))
            .Train(Loss.Huber, Optimizer.Nesterov, inputGradients: true),
        NetworkSpec.Of(96, new DenseSpec(10, Activation.Softmax)).Train(Loss.CrossEntropy, Optimizer.Sgd, inputGradients: true),
        NetworkSpec.Of(20, new DenseSpec(2, Activation.Tanh) { UseBias = false }).Train(Loss.Huber, Optimizer.Sgd),
        NetworkSpec.Of(128, new DenseSpec(1, Activation.Sigmoid)).Train(Loss.MeanSquaredError, Optimizer.Adam),
        NetworkSpec.Of(72, new DenseSpec(150, Activation.Relu), new DenseSpec(5)).Train(Loss.MeanSquaredError, Optimizer.Sgd),
    ];

    private static readonly NetworkSpec[] ByOutputs = [.. new[] { 1, 2, 3, 5, 7, 9, 15, 17, 31, 73 }.Select(outputs =>
        NetworkSpec.Of(3, new DenseSpec(16, Activation.Tanh), new DenseSpec(outputs)))];

    private static readonly ConcurrentDictionary<(int Width, Precision Precision), Lazy<TestNetwork[]>> CompiledOf = new();

    /// <summary>A width in bits, 0 for the text without vectors.</summary>
    public static TheoryData<int, Precision> Texts()
    {
        TheoryData<int, Precision> data = [];
        foreach (int width in ForcedWidths.All.Prepend(0))
        {
            data.Add(width, Precision.Double);
            data.Add(width, Precision.Single);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void EveryWidthAgreesWithTheReference(int width, Precision precision)
    {
        foreach (TestNetwork network in Compiled(width, precision)[..Networks.Length])
            Agrees(network);
    }

    /// <summary>Without instructions of one processor family in their place, the same methods say it in terms that any has.</summary>
    [Theory]
    [InlineData(Precision.Double)]
    [InlineData(Precision.Single)]
    public void TheTextForAnyProcessorAgreesWithTheReference(Precision precision)
    {
        foreach (TestNetwork network in Compile(512, precision, Networks, anyProcessor: true))
            Agrees(network);
    }

    /// <summary>The spans that are passed begin at odd offsets, in the middle of memory that has to stay as it is.</summary>
    [Theory]
    [MemberData(nameof(Texts))]
    public void NothingIsWrittenAroundTheOutputs(int width, Precision precision)
    {
        foreach (TestNetwork network in Compiled(width, precision)[Networks.Length..])
        {
            new Samples(network.Spec.OutputSize).Randomize(network);
            foreach (int size in new[] { 1, 2, 7, 65 })
            {
                if (precision == Precision.Double)
                    StaysInside<double>(network, size, 1e-12);
                else
                    StaysInside<float>(network, size, 1e-5);
            }
        }
    }

    /// <summary>The networks of both tests of a width in one compilation; each test has some of them for itself.</summary>
    private static TestNetwork[] Compiled(int width, Precision precision) =>
        CompiledOf.GetOrAdd((width, precision), key => new(() => Compile(key.Width, key.Precision, [.. Networks, .. ByOutputs]))).Value;

    internal static TestNetwork[] Compile(int width, Precision precision, NetworkSpec[] specs, bool anyProcessor = false) =>
        ForcedWidths.Compile(width, [.. specs.Select(spec => spec.In(EmitProfile.Simd, precision))], anyProcessor);

    internal static void Agrees(TestNetwork network)
    {
        bool isDouble = network.Spec.Precision == Precision.Double;
        Samples samples = new(network.Spec.InputSize);
        samples.Randomize(network);
        NaiveTrainer naive = new(network.ToNaive());
        TestTrainer trainer = network.CreateTrainer();
        trainer["LearningRate"] = naive.LearningRate = 1.0 / 64;
        foreach (int size in new[] { 1, 2, 7, 1, 13, 130 })
        {
            string what = $"{size} samples of\n{network.Spec}\n";
            (double[] inputs, double[] targets) = samples.Batch(network, size);
            double tolerance = isDouble ? 1e-12 : 1e-5;
            Approx.Equal(naive.Network.Forward(inputs), network.Forward(inputs), tolerance, $"outputs, {what}");
            Gradients expected = naive.Network.Backward(inputs, targets);
            double loss = naive.Network.Loss(inputs, targets);
            Approx.Equal(loss, trainer.Loss(inputs, targets), tolerance, $"loss, {what}");
            Approx.Equal(loss, trainer.Backward(inputs, targets), tolerance, $"training loss, {what}");
            Approx.Equal(expected.Parameters, trainer.GetGradients(), tolerance, $"gradients, {what}");
            if (network.Spec.Training!.InputGradients)
            {
                trainer.Backward(inputs, targets, out double[] inputGradients);
                Approx.Equal(expected.Inputs, inputGradients, tolerance, $"input gradients, {what}");
            }

            naive.Step(inputs, targets);
            trainer.Step(inputs, targets);
            Approx.Equal(naive.Network.Parameters, network.GetParameters(), isDouble ? 1e-12 : 1e-5, $"parameters after a step, {what}");
        }
    }

    private static void StaysInside<T>(TestNetwork network, int size, double tolerance)
        where T : struct, IFloatingPoint<T>
    {
        INetwork<T> generated = ((SpanSubject<T>)((TestNetwork<T>)network).Subject).Network;
        T mark = T.CreateChecked(-12345);
        (double[] inputs, double[] _) = new Samples(size).Batch(network, size);
        T[] x = [.. Enumerable.Repeat(mark, Guard), .. Numbers.From<T>(inputs), .. Enumerable.Repeat(mark, Guard)];
        T[] before = [.. x];
        int count = size * network.Spec.OutputSize;
        T[] y = [.. Enumerable.Repeat(mark, count + Guard + Guard)];
        generated.Forward(x.AsSpan(Guard, inputs.Length), y.AsSpan(Guard, count));
        Assert.Equal(before, x);
        Assert.All(y[..Guard], value => Assert.Equal(mark, value));
        Assert.All(y[^Guard..], value => Assert.Equal(mark, value));
        Approx.Equal(
            network.ToNaive().Forward(inputs), Numbers.ToDouble(y[Guard..^Guard]), tolerance, $"{size} samples, {network.Spec.OutputSize} outputs");
    }
}
