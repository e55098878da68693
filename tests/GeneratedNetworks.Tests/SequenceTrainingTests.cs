using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using GeneratedNetworks.CompilerServices;
using GeneratedNetworks.Tests.Compiled;
using GeneratedNetworks.Tests.Reference;
using GeneratedNetworks.Tests.Reference.Graphs;
using Xunit;

namespace GeneratedNetworks.Tests;

/// <summary>Rows of unequal length, and windows that go on from each other, are trained on as PyTorch does it.</summary>
[Trait("Category", "Numeric")]
public sealed class SequenceTrainingTests(ITestOutputHelper output)
{
    public static MatrixTheoryData<EmitProfile, Precision> Targets => new([EmitProfile.Simd, EmitProfile.Scalar], [Precision.Single, Precision.Double]);

    [Theory]
    [MemberData(nameof(Targets))]
    public void RowsOfUnequalLengthAreThoseOfPyTorch(EmitProfile profile, Precision precision)
    {
        TorchCase[] cases = TorchSequences.All.Lengths;
        TorchFindings findings = new();
        foreach ((TorchCase expected, TestNetwork network) in cases.Zip(TorchRun.Compile(cases, profile.ToString(), precision, Numerics.Fast)))
        {
            network.SetParameters(expected.Parameters);
            if (precision == Precision.Single)
                Compare<float>(findings, expected, network, precision);
            else
                Compare<double>(findings, expected, network, precision);
        }

        output.WriteLine($"{cases.Length} networks, {profile}, {precision}\n{findings.Worst}");
        findings.AssertNone();
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void WindowsThatGoOnAreThoseOfPyTorch(EmitProfile profile, Precision precision)
    {
        TorchStream[] streams = TorchSequences.All.Streams;
        TorchFindings findings = new();
        NetworkSpec[] specs = [.. streams.Select(stream => (new NetworkSpec(stream.Shape, [.. stream.Layers.Select(layer => new SourceSpec(layer))]) with { Streaming = true })
            .Train(stream.Loss, stream.Optimizer, inputGradients: true).In(profile, precision))];
        foreach ((TorchStream expected, TestNetwork network) in streams.Zip(NetworkCompiler.Compile(specs)))
        {
            network.SetParameters(expected.Parameters);
            if (precision == Precision.Single)
                Compare<float>(findings, expected, network, precision);
            else
                Compare<double>(findings, expected, network, precision);
        }

        output.WriteLine($"{streams.Length} networks, {profile}, {precision}\n{findings.Worst}");
        findings.AssertNone();
    }

    private static void Compare<T>(TorchFindings findings, TorchCase expected, TestNetwork network, Precision precision)
        where T : struct, IFloatingPoint<T>
    {
        TestTrainer trainer = network.CreateTrainer();
        trainer["LearningRate"] = expected.LearningRate;
        ISequenceTrainer<T> sequences = (ISequenceTrainer<T>)trainer.Instance;
        T[] inputs = Numbers.From<T>(expected.Inputs), targets = Numbers.From<T>(expected.Targets), outputs = new T[expected.Outputs.Length];
        ((ISequenceNetwork<T>)network.Instance).ForwardLengths(inputs, outputs, expected.Lengths);
        double evaluated = double.CreateChecked(sequences.LossLengths(inputs, targets, expected.Lengths)), trained = double.CreateChecked(sequences.BackwardLengths(inputs, targets, expected.Lengths));
        double[] gradients = trainer.GetGradients();
        trainer.Update();
        for (int step = 1; step < expected.Steps; step++)
            sequences.StepLengths(inputs, targets, expected.Lengths);
        GraphSpec spec = GraphReader.Read(expected.Shape, expected.Layers, expected.Loss, expected.Optimizer);
        findings.Compare(expected, new(SequenceReferenceTests.Inside(expected, spec, Numbers.ToDouble(outputs)), evaluated, trained, gradients, expected.InputGradients, network.GetParameters()), precision);
    }

    private static void Compare<T>(TorchFindings findings, TorchStream expected, TestNetwork network, Precision precision)
        where T : struct, IFloatingPoint<T>
    {
        bool isDouble = precision == Precision.Double;
        TestTrainer trainer = network.CreateTrainer();
        trainer["LearningRate"] = expected.LearningRate;
        IStreamTrainer<T> streams = (IStreamTrainer<T>)trainer.Instance;
        T[] memories = new T[expected.Streams * streams.MemorySize];
        for (int i = 0; i < expected.Windows.Length; i++)
        {
            TorchWindow window = expected.Windows[i];
            string name = $"{expected.Name}, window {i}";
            T[] inputs = Numbers.From<T>(window.Inputs), targets = Numbers.From<T>(window.Targets);
            double loss = double.CreateChecked(streams.BackwardStreams(inputs, targets, memories));
            findings.Compare(name, "loss", [window.Loss], [loss], isDouble ? 1e-11 : 2e-5);
            findings.Compare(name, "gradients", window.Gradients, TorchFindings.Told(trainer.GetGradients(), expected.Every), isDouble ? 1e-10 : 1e-4);
            findings.Compare(name, "memory", window.Memory, Told(expected, Numbers.ToDouble(memories), streams.MemorySize), isDouble ? 1e-11 : 2e-5);
            trainer.Update();
        }

        findings.Compare(expected.Name, "trained parameters", expected.Trained, TorchFindings.Told(network.GetParameters(), expected.Every), isDouble ? 1e-8 : 2e-3);
    }

    /// <summary>Behind the frames of a convolution stands which of them is the oldest: the first, after a window.</summary>
    private static double[] Told(TorchStream expected, double[] memories, int size)
    {
        List<double> told = [];
        for (int stream = 0; stream < expected.Streams; stream++)
        {
            int at = stream * size;
            foreach (TorchMemory part in expected.MemoryLayout)
            {
                int length = part.Shape.Aggregate(1, (product, extent) => product * extent);
                told.AddRange(memories.AsSpan(at, length));
                at += length;
                if (!part.Layer.StartsWith("conv", StringComparison.Ordinal))
                    continue;
                Assert.Equal(0, memories[at++]);
            }

            Assert.Equal((stream + 1) * size, at);
        }

        return [.. told];
    }
}
