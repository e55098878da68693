using System;
using System.Linq;
using GeneratedNetworks.Tests.Reference;
using GeneratedNetworks.Tests.Reference.Graphs;
using Xunit;

namespace GeneratedNetworks.Tests;

/// <summary>The plain loops that random graphs are held to compute of sequences what PyTorch does. Nothing here is generated.</summary>
public sealed class SequenceReferenceTests(ITestOutputHelper output)
{
    private const double Tolerance = 1e-11;

    [Fact]
    public void WindowsAreThoseOfPyTorch() => Compare(TorchSequences.All.Networks);

    [Fact]
    public void RowsOfUnequalLengthAreThoseOfPyTorch() => Compare(TorchSequences.All.Lengths);

    [Fact]
    public void WindowsThatGoOnAreThoseOfPyTorch()
    {
        TorchFindings findings = new();
        foreach (TorchStream expected in TorchSequences.All.Streams)
        {
            NaiveGraph naive = new(GraphReader.Read(expected.Shape, expected.Layers, expected.Loss, expected.Optimizer), [.. expected.Parameters]);
            Assert.Equal(expected.Parameters.Length, naive.ParameterCount);
            Assert.Equal(expected.MemoryLayout.Sum(part => part.Shape.Aggregate(1, (product, extent) => product * extent)), naive.MemorySize);
            NaiveOptimizer optimizer = new(naive.Parameters, expected.Optimizer, naive.IsLearned, naive.IsWeight) { LearningRate = expected.LearningRate };
            double[] memory = new double[expected.Streams * naive.MemorySize];
            for (int i = 0; i < expected.Windows.Length; i++)
            {
                TorchWindow window = expected.Windows[i];
                GraphResult actual = naive.Train(window.Inputs, window.Targets, memory: memory);
                string name = $"{expected.Name}, window {i}";
                findings.Compare(name, "outputs", window.Outputs, actual.Outputs, Tolerance);
                findings.Compare(name, "loss", [window.Loss], [actual.Loss], Tolerance);
                findings.Compare(name, "gradients", window.Gradients, TorchFindings.Told(actual.Parameters, expected.Every), Tolerance);
                findings.Compare(name, "input gradients", window.InputGradients, actual.Inputs, Tolerance);
                findings.Compare(name, "memory", window.Memory, actual.Memory, Tolerance);
                memory = actual.Memory;
                optimizer.Update(actual.Parameters);
            }

            findings.Compare(expected.Name, "trained parameters", expected.Trained, TorchFindings.Told(naive.Parameters, expected.Every), 1e-8);
        }

        output.WriteLine(findings.Worst);
        findings.AssertNone();
    }

    private void Compare(TorchCase[] cases)
    {
        TorchFindings findings = new();
        foreach (TorchCase expected in cases)
        {
            NaiveGraph naive = new(GraphReader.Read(expected.Shape, expected.Layers, expected.Loss, expected.Optimizer), [.. expected.Parameters]);
            Assert.Equal(expected.Parameters.Length, naive.ParameterCount);
            GraphResult evaluated = naive.Evaluate(expected.Inputs, expected.Targets, expected.Lengths);
            GraphResult trained = naive.Train(expected.Inputs, expected.Targets, expected.Lengths);
            findings.Compare(expected.Name, "outputs", expected.Outputs, Inside(expected, naive.Spec, evaluated.Outputs), Tolerance);
            findings.Compare(expected.Name, "loss", [expected.EvaluationLoss], [evaluated.Loss], Tolerance);
            findings.Compare(expected.Name, "training loss", [expected.TrainingLoss], [trained.Loss], Tolerance);
            findings.Compare(expected.Name, "gradients", expected.Gradients, TorchFindings.Told(trained.Parameters, expected.Every), Tolerance);
            findings.Compare(expected.Name, "input gradients", expected.InputGradients, trained.Inputs, Tolerance);

            NaiveOptimizer optimizer = new(naive.Parameters, expected.Optimizer, naive.IsLearned, naive.IsWeight) { LearningRate = expected.LearningRate };
            for (int step = 0; step < expected.Steps; step++)
                optimizer.Update(naive.Train(expected.Inputs, expected.Targets, expected.Lengths).Parameters);
            findings.Compare(expected.Name, "trained parameters", expected.Trained, TorchFindings.Told(naive.Parameters, expected.Every), 1e-8);
        }

        output.WriteLine($"{cases.Length} networks\n{findings.Worst}");
        findings.AssertNone();
    }

    /// <summary>Zeros, as PyTorch has them, where a row has no steps: what a network says there means nothing.</summary>
    internal static double[] Inside(TorchCase expected, GraphSpec spec, double[] outputs)
    {
        if (expected.Lengths is not { } lengths)
            return outputs;
        double[] inside = [.. outputs];
        int offset = 0;
        foreach (int[] shape in spec.Heads.Select(head => spec.ShapeOf(head.Value)))
        {
            int size = shape.Aggregate(1, (product, extent) => product * extent);
            for (int row = 0; row < lengths.Length && shape.Length > 1; row++)
                inside.AsSpan((row * spec.OutputSize) + offset + (lengths[row] * (size / shape[0])), (shape[0] - lengths[row]) * (size / shape[0])).Clear();
            offset += size;
        }

        return inside;
    }
}
