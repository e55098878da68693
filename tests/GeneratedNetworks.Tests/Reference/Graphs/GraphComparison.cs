using System;
using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Tests.Compiled;
using Xunit;

namespace GeneratedNetworks.Tests.Reference.Graphs;

/// <summary>A graph in several profiles beside its plain loops, from the same parameters, inputs and targets.</summary>
internal sealed class GraphComparison
{
    private static readonly int[] Sizes = [1, 2, 3, 5, 7, 9, 13, 65, 67];

    private readonly GraphSpec _graph;
    private readonly Precision _precision;
    private readonly Samples _samples;
    private readonly Random _random;
    private readonly double[] _parameters;

    public GraphComparison(GraphSpec graph, Precision precision, string seed)
    {
        (_graph, _precision) = (graph, precision);
        int start = seed.Aggregate(17, (hash, c) => unchecked((hash * 31) + c));
        (_random, _samples) = (new(start), new(start));
        _parameters = Round([.. graph.Layers.SelectMany(layer => layer.Blocks).SelectMany(block => _samples.Uniform(block.Length, block.Low, block.High))]);
    }

    /// <param name="forms">The graph in profiles, of which those without vectors have the same bits in any case, and all of them where they are reproducible.</param>
    /// <returns>False where no batch keeps away from points at which derivatives jump.</returns>
    public bool Run(TestNetwork[] forms)
    {
        int[] sizes = [.. Sizes];
        _random.Shuffle(sizes);
        List<(int Size, double[] Inputs, double[] Targets)> batches = [];
        foreach (int size in sizes[..3].Append(1))
        {
            if (Batch(size) is { } batch)
                batches.Add((size, batch.Inputs, batch.Targets));
        }

        List<List<(string What, double[] Values)>> seen = [.. forms.Select(form => new List<(string, double[])>())];
        foreach ((TestNetwork form, List<(string, double[])> values) in forms.Zip(seen))
        {
            Assert.Equal(_parameters.Length, form.ParameterCount);
            Assert.Equal(_graph.InputSize, Member.Constant(form.Instance, "InputSize"));
            foreach ((int size, double[] inputs, double[] targets) in batches)
                Gradients(form, inputs, targets, $"{size} in {form.Spec.Profile}", values);
            Steps(form, batches, values);
        }

        for (int right = 1; right < forms.Length; right++)
        {
            int left = right - 1;
            if (forms[left].Spec.Profile == EmitProfile.Simd && forms[left].Spec.Numerics == Numerics.Fast)
                continue;
            foreach (((string what, double[] expected), (string _, double[] actual)) in seen[left].Zip(seen[right]))
            {
                for (int i = 0; i < expected.Length; i++)
                    Assert.True(BitConverter.DoubleToInt64Bits(expected[i]) == BitConverter.DoubleToInt64Bits(actual[i]), $"{what}[{i}] is {expected[i]:R} in {forms[left].Spec.Profile} and {actual[i]:R} in {forms[right].Spec.Profile}");
            }
        }

        return batches.Count > 0;
    }

    private void Gradients(TestNetwork network, double[] inputs, double[] targets, string what, List<(string, double[])> seen)
    {
        network.SetParameters(_parameters);
        NaiveGraph naive = new(_graph, [.. _parameters]), rounded = new(_graph, [.. _parameters]) { Rounds = true };
        TestTrainer trainer = network.CreateTrainer();
        int size = inputs.Length / _graph.InputSize;
        GraphResult evaluated = naive.Evaluate(inputs, targets), evaluatedRounded = rounded.Evaluate(inputs, targets);
        double[] outputs = network.Forward(inputs);
        Same("outputs of " + what, evaluated.Outputs, evaluatedRounded.Outputs, outputs);
        double loss = trainer.Loss(inputs, targets);
        Same("loss of " + what, [evaluated.Loss], [evaluatedRounded.Loss], [loss]);
        seen.AddRange([("outputs of " + what, outputs), ("loss of " + what, [loss])]);
        if (size < _graph.LeastBatch)
        {
            Assert.Throws<ArgumentException>(() => trainer.Backward(inputs, targets));
            return;
        }

        GraphResult trained = naive.Train(inputs, targets), trainedRounded = rounded.Train(inputs, targets);
        double trainingLoss = trainer.Backward(inputs, targets);
        double[] gradients = trainer.GetGradients();
        Same("training loss of " + what, [trained.Loss], [trainedRounded.Loss], [trainingLoss]);
        Same("gradients of " + what, trained.Parameters, trainedRounded.Parameters, gradients);
        seen.AddRange([("training loss of " + what, [trainingLoss]), ("gradients of " + what, gradients)]);
        if (_graph.InputGradients)
        {
            Same("loss with input gradients of " + what, [trained.Loss], [trainedRounded.Loss], [trainer.Backward(inputs, targets, out double[] inputGradients)]);
            Same("input gradients of " + what, trained.Inputs, trainedRounded.Inputs, inputGradients);
            Same("gradients with input gradients of " + what, trained.Parameters, trainedRounded.Parameters, trainer.GetGradients());
            seen.Add(("input gradients of " + what, inputGradients));
        }

        double[] outputGradients = Round(_samples.Uniform(size * _graph.OutputSize, -1.0 / size, 1.0 / size));
        trainer.BackwardFrom(inputs, outputGradients);
        Same("gradients from the outputs of " + what, naive.TrainFrom(inputs, outputGradients).Parameters, rounded.TrainFrom(inputs, outputGradients).Parameters, trainer.GetGradients());
    }

    /// <summary>Steps of the optimizer, on each batch, and the moving averages with them.</summary>
    private void Steps(TestNetwork network, List<(int Size, double[] Inputs, double[] Targets)> batches, List<(string, double[])> seen)
    {
        network.SetParameters(_parameters);
        NaiveGraph naive = new(_graph, [.. _parameters]), rounded = new(_graph, naive.Parameters) { Rounds = true };
        TestTrainer trainer = network.CreateTrainer();
        bool penalizes = _parameters.Length % 2 == 0, divides = _graph.Optimizer is Optimizer.RmsProp or Optimizer.Adam or Optimizer.AdamW;
        NaiveOptimizer optimizer = new(naive.Parameters, _graph.Optimizer, naive.IsLearned, naive.IsWeight)
        {
            LearningRate = 1.0 / 128,
            L1 = penalizes ? 1.0 / 256 : 0,
            L2 = penalizes ? 1.0 / 64 : 0,
            ClipNorm = _parameters.Length % 3 == 0 ? 0.5 : 0,
        };
        (trainer["LearningRate"], trainer["L1"], trainer["L2"], trainer["ClipNorm"]) = (optimizer.LearningRate, optimizer.L1, optimizer.L2, optimizer.ClipNorm);
        int step = 0;
        bool isComparable = true;
        foreach ((int size, double[] inputs, double[] targets) in batches.Where(batch => batch.Size >= _graph.LeastBatch))
        {
            string what = $"step {++step} of {size} in {network.Spec.Profile}";
            double loss = trainer.Step(inputs, targets);
            double[] parameters = network.GetParameters();
            seen.AddRange([("loss of " + what, [loss]), ("parameters after " + what, parameters)]);
            if (!isComparable)
                continue;
            GraphResult exact = naive.Train(inputs, targets), other = rounded.Train(inputs, targets);
            Same("loss of " + what, [exact.Loss], [other.Loss], [loss], step);
            optimizer.Update(exact.Parameters);
            naive.MoveAverages();

            // A gradient that nearly cancelled, divided by its own root, may go anywhere, and so may what follows from it.
            double error = exact.Parameters.Zip(other.Parameters, (a, b) => Math.Abs(a - b)).DefaultIfEmpty().Max();
            isComparable = optimizer.Slack.DefaultIfEmpty().Max() < 1e-11 && !(divides && _precision == Precision.Single);
            for (int p = 0; p < parameters.Length; p++)
            {
                bool isSmall = divides && naive.IsLearned(p) && Math.Abs(exact.Parameters[p]) < (_precision == Precision.Single ? 1e-3 + (100 * error) : 1e-6);
                double slack = (optimizer.Slack[p] + (32 * error * (_precision == Precision.Single ? 1 : 1e-8))) / Math.Max(1, Math.Abs(naive.Parameters[p]));
                if (!isSmall)
                    Approx.Equal(naive.Parameters[p], parameters[p], (_precision == Precision.Single ? 2e-5 : 1e-11) + slack, $"parameter {p} after {what}");
            }

            // The next step of the plain loops starts where the network is.
            parameters.CopyTo(naive.Parameters, 0);
        }
    }

    /// <summary>As near as the project asks for, and where rounding between layers moves a result by itself, a few times as far as that.</summary>
    private void Same(string what, double[] expected, double[] rounded, double[] actual, int step = 1)
    {
        bool isDouble = _precision == Precision.Double;
        double moved = expected.Zip(rounded, (a, b) => Math.Abs(a - b)).DefaultIfEmpty().Max() * (isDouble ? 1e-7 : 32);
        double scale = Math.Max(1, expected.Select(Math.Abs).DefaultIfEmpty().Max());
        Approx.Equal(expected, actual, ((isDouble ? 1e-12 : 1e-5) * step * scale) + moved, what);
    }

    private (double[] Inputs, double[] Targets)? Batch(int size)
    {
        for (int attempt = 0; attempt < 20; attempt++)
        {
            double[] inputs = Round(Inputs(size)), targets = Round(Targets(size));
            NaiveGraph naive = new(_graph, _parameters);
            GraphResult evaluated = naive.Evaluate(inputs, targets), trained = naive.Train(inputs, targets);
            if (Math.Min(evaluated.Margin, trained.Margin) > (_precision == Precision.Double ? 1e-9 : 1e-5))
                return (inputs, targets);
        }

        return null;
    }

    private double[] Inputs(int size) => [.. Enumerable.Range(0, size).SelectMany(_ => Enumerable.Range(0, _graph.Inputs.Count)).SelectMany(input =>
    {
        int count = _graph.Inputs[input].Shape.Aggregate(1, (product, extent) => product * extent);
        return _graph.VocabularyOf(input) is { } vocabulary ? [.. Enumerable.Range(0, count).Select(_ => (double)_random.Next(vocabulary))] : _samples.Uniform(count, -1.5, 1.5);
    })];

    private double[] Targets(int size) => [.. Enumerable.Range(0, size).SelectMany(_ => _graph.Heads).SelectMany(head =>
    {
        int[] shape = _graph.ShapeOf(head.Value);
        int count = shape.Aggregate(1, (product, extent) => product * extent);
        return head.Loss switch
        {
            Loss.CrossEntropy => _samples.Uniform(count, 0, 1).Chunk(shape[^1]).SelectMany(row => row.Select(value => value / row.Sum())).ToArray(),
            Loss.BinaryCrossEntropy => _samples.Uniform(count, 0, 1),
            _ => _samples.Uniform(count, -2, 2),
        };
    })];

    private double[] Round(double[] values) => _precision == Precision.Single ? Array.ConvertAll(values, value => (double)(float)value) : values;
}
