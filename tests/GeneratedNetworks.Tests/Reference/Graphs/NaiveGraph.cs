using System;
using System.Collections.Generic;
using System.Linq;

namespace GeneratedNetworks.Tests.Reference.Graphs;

/// <summary>What a graph computes of a batch: losses by output and in all, and gradients.</summary>
internal sealed record GraphResult(double[] Outputs, double[] Losses, double[] Parameters, double[] Inputs, double Margin)
{
    public double Loss => Losses.Sum();

    /// <summary>What the layers hand on to the window behind, sample by sample.</summary>
    public double[] Memory { get; init; } = [];
}

/// <summary>Graphs that the generator compiles, interpreted: layer by layer, everything in double, by the loops of each layer. It shares no code with the generator.</summary>
internal sealed class NaiveGraph
{
    private readonly List<(GraphBatchNorm Layer, double[] Means, double[] Variances)> _statistics = [];
    private readonly GraphRole[] _roles;
    private readonly bool[] _frozen;

    public NaiveGraph(GraphSpec spec, double[] parameters)
    {
        Spec = spec;
        Parameters = parameters;
        List<GraphRole> roles = [];
        List<bool> frozen = [];
        foreach (GraphLayer layer in spec.Layers)
        {
            layer.Offset = roles.Count;
            layer.MemoryOffset = MemorySize;
            MemorySize += layer.MemorySize;
            foreach (GraphBlock block in layer.Blocks)
            {
                roles.AddRange(Enumerable.Repeat(block.Role, block.Length));
                frozen.AddRange(Enumerable.Repeat(layer.Frozen, block.Length));
            }
        }

        _roles = [.. roles];
        _frozen = [.. frozen];
    }

    public GraphSpec Spec { get; }

    public double[] Parameters { get; }

    /// <summary>Numbers that a sample hands on, in the order of the layers.</summary>
    public int MemorySize { get; }

    public int ParameterCount => _roles.Length;

    /// <summary>To round values and gradients between layers to single precision: how far that leads away tells how much of an error is rounding.</summary>
    public bool Rounds { get; init; }

    public bool IsWeight(int parameter) => _roles[parameter] == GraphRole.Weight;

    public bool IsLearned(int parameter) => _roles[parameter] != GraphRole.Buffer && !_frozen[parameter];

    /// <summary>Outputs and losses as inference has them.</summary>
    /// <param name="inputs">Samples, one after another.</param>
    /// <param name="targets">Theirs.</param>
    /// <param name="lengths">How many steps each has, or null for all: the others give no loss and leave states as they are.</param>
    /// <param name="memory">What each remembers, a constant, or null for zeros.</param>
    public GraphResult Evaluate(double[] inputs, double[] targets, int[]? lengths = null, double[]? memory = null) =>
        Run(inputs, targets, isTraining: false, fromOutputs: false, lengths, memory ?? []);

    /// <summary>Losses and gradients as training has them; each normalized part of the batch leaves its statistics for <see cref="MoveAverages"/>.</summary>
    public GraphResult Train(double[] inputs, double[] targets, int[]? lengths = null, double[]? memory = null) =>
        Run(inputs, targets, isTraining: true, fromOutputs: false, lengths, memory ?? []);

    /// <summary>Gradients from those of the outputs.</summary>
    public GraphResult TrainFrom(double[] inputs, double[] outputGradients) => Run(inputs, outputGradients, isTraining: true, fromOutputs: true, null, []);

    /// <summary>What batches since the last call left for the moving averages goes into them, in order.</summary>
    public void MoveAverages()
    {
        foreach ((GraphBatchNorm layer, double[] means, double[] variances) in _statistics)
            layer.Move(Parameters, means, variances);
        _statistics.Clear();
    }

    public void ForgetStatistics() => _statistics.Clear();

    private GraphResult Run(double[] inputs, double[] targets, bool isTraining, bool fromOutputs, int[]? lengths, double[] memory)
    {
        int samples = inputs.Length / Spec.InputSize;
        if (lengths is not null && Spec.Reduction == Reduction.Sum)
            throw new NotSupportedException("Rows of unequal length have means over what is inside.");
        double scale = fromOutputs || Spec.Reduction == Reduction.Sum ? 1 : 1.0 / samples;

        // Parts of at most so many samples, the first ones larger by one where they cannot be equal.
        int parts = isTraining && Spec.BatchNorms.Any() ? (samples + Spec.GhostBatch - 1) / Spec.GhostBatch : 1;
        double[] losses = new double[Spec.Heads.Count], gradients = new double[ParameterCount];
        List<double> outputs = [], inputGradients = [], left = [];
        double margin = double.PositiveInfinity;
        for (int part = 0, first = 0; part < parts; part++)
        {
            int rows = (samples / parts) + (part < samples % parts ? 1 : 0);
            GraphPass pass = new(Parameters, rows, isTraining)
            {
                Lengths = lengths?[first..(first + rows)],
                Memory = memory.Length == 0 ? [] : memory[(first * MemorySize)..((first + rows) * MemorySize)],
                Left = new double[rows * MemorySize],
                Rounds = Rounds,
            };
            double[][] values = Split(inputs, first, rows);
            double[][] before = new double[values.Length][];
            Forward(pass, values, before);
            foreach (double[] row in Join(Spec.Heads.Select(head => values[head.Value]), rows))
                outputs.AddRange(row);
            double[][] seeds = new double[values.Length][], fused = new double[values.Length][];
            Seed(targets[(first * Spec.OutputSize)..((first + rows) * Spec.OutputSize)], rows, scale, lengths?.Sum(), fromOutputs, pass, values, before, losses, seeds, fused);
            if (isTraining)
            {
                Backward(pass, values, before, seeds, fused, gradients);
                foreach (double[] row in Join(Enumerable.Range(0, Spec.Inputs.Count).Select(value => seeds[value] ?? new double[values[value].Length]), rows))
                    inputGradients.AddRange(row);
                _statistics.AddRange(pass.Statistics.Select(entry => ((GraphBatchNorm)entry.Layer, entry.Means, entry.Variances)));
            }

            left.AddRange(pass.Left);
            margin = Math.Min(margin, pass.Margin);
            first += rows;
        }

        for (int p = 0; p < gradients.Length; p++)
            gradients[p] = IsLearned(p) ? gradients[p] : 0;
        return new([.. outputs], losses, gradients, [.. inputGradients], margin) { Memory = [.. left] };
    }

    /// <summary>The inputs of some samples, each in an array of its own, and places for what layers compute.</summary>
    private double[][] Split(double[] inputs, int first, int rows)
    {
        double[][] values = new double[Spec.Inputs.Count + Spec.Layers.Count][];
        for (int value = 0, offset = 0; value < Spec.Inputs.Count; value++)
        {
            int size = Size(Spec.ShapeOf(value)), start = offset;
            values[value] = [.. Enumerable.Range(first, rows).SelectMany(row => inputs.AsSpan((row * Spec.InputSize) + start, size).ToArray())];
            offset += size;
        }

        return values;
    }

    /// <summary>Values of several kinds, row by row, side by side.</summary>
    private static IEnumerable<double[]> Join(IEnumerable<double[]> values, int rows)
    {
        double[][] all = [.. values];
        for (int row = 0; row < rows; row++)
            yield return [.. all.SelectMany(value => value.AsSpan(row * (value.Length / rows), value.Length / rows).ToArray())];
    }

    private void Forward(GraphPass pass, double[][] values, double[][] before)
    {
        for (int i = 0; i < Spec.Layers.Count; i++)
        {
            GraphLayer layer = Spec.Layers[i];
            int value = Spec.Inputs.Count + i;
            before[value] = pass.Rounded(layer.Forward(pass, [.. layer.Sources.Select(source => values[source])]));
            foreach (double kink in NaiveActivation.Kinks(layer.Activation))
            {
                foreach (double z in before[value])
                    pass.Near(z - kink);
            }

            values[value] = pass.Rounded(Activate(layer, before[value]));
        }
    }

    private static double[] Activate(GraphLayer layer, double[] z)
    {
        if (layer.Activation == Activation.Identity)
            return z;
        if (NaiveActivation.IsElementwise(layer.Activation))
            return Array.ConvertAll(z, value => NaiveActivation.Value(layer.Activation, value));
        Func<double[], double[]> function = layer.Activation == Activation.Softmax ? NaiveActivation.Softmax : NaiveActivation.LogSoftmax;
        return [.. z.Chunk(layer.Shape[^1]).SelectMany(function)];
    }

    private static double[] ActivateBackward(GraphLayer layer, double[] z, double[] dy)
    {
        if (layer.Activation == Activation.Identity)
            return dy;
        if (NaiveActivation.IsElementwise(layer.Activation))
            return [.. dy.Select((d, i) => d * NaiveActivation.Derivative(layer.Activation, z[i]))];
        int width = layer.Shape[^1];
        double[] dz = new double[z.Length];
        for (int start = 0; start < z.Length; start += width)
        {
            double[] p = NaiveActivation.Softmax(z[start..(start + width)]), d = dy[start..(start + width)];
            double total = layer.Activation == Activation.LogSoftmax ? d.Sum() : p.Zip(d, (a, b) => a * b).Sum();
            for (int i = 0; i < width; i++)
                dz[start + i] = layer.Activation == Activation.LogSoftmax ? d[i] - (p[i] * total) : p[i] * (d[i] - total);
        }

        return dz;
    }

    /// <summary>Losses of the outputs, and their gradients: with respect to a value, or to what stands before its activation where the two belong together.</summary>
    private void Seed(double[] targets, int rows, double scale, int? steps, bool fromOutputs, GraphPass pass, double[][] values, double[][] before, double[] losses, double[][] seeds, double[][] fused)
    {
        int offset = 0;
        for (int h = 0; h < Spec.Heads.Count; h++)
        {
            GraphHead head = Spec.Heads[h];
            int[] shape = Spec.ShapeOf(head.Value);
            int size = Size(shape), width = shape[^1], start = offset;
            double[] own = [.. Enumerable.Range(0, rows).SelectMany(row => targets.AsSpan((row * Spec.OutputSize) + start, size).ToArray())];
            offset += size;
            double[] y = values[head.Value], z = before[head.Value] ?? y, gradient = new double[y.Length];
            if (fromOutputs)
            {
                Add(seeds, head.Value, own);
                continue;
            }

            // Of several positions: CrossEntropy is the mean over positions of sums, the others are means over all elements, and SquaredError a sum.
            bool isSum = head.Loss is Loss.CrossEntropy or Loss.SquaredError;
            int frame = size / shape[0];
            bool isCut = steps is not null && shape.Length > 1;

            // Where rows have lengths, these means are over what is inside, of the batch as a whole.
            double whole = isCut && head.Loss != Loss.SquaredError ? 1.0 / (steps!.Value * frame) : scale / (head.Loss == Loss.SquaredError ? 1 : size);
            double factor = head.Weight * whole * (head.Loss == Loss.CrossEntropy ? width : 1);
            for (int i = 0; i < y.Length; i += width)
            {
                if (isCut && i % size / frame >= pass.Lengths![i / size])
                    continue;
                double[] t = own[i..(i + width)];
                double[] slopes = head.Loss switch
                {
                    Loss.CrossEntropy => NaiveLoss.CrossEntropyGradient(z[i..(i + width)], t),
                    Loss.BinaryCrossEntropy => NaiveLoss.BinaryCrossEntropyGradient(z[i..(i + width)], t),
                    _ => NaiveLoss.Gradient(head.Loss, y[i..(i + width)], t),
                };
                double loss = head.Loss switch
                {
                    Loss.CrossEntropy => NaiveLoss.CrossEntropy(z[i..(i + width)], t),
                    Loss.BinaryCrossEntropy => NaiveLoss.BinaryCrossEntropy(z[i..(i + width)], t),
                    _ => NaiveLoss.Value(head.Loss, y[i..(i + width)], t),
                };

                // Theirs are means over the elements that they are given.
                double sum = isSum ? 1 : width;
                losses[h] += loss * sum * factor;
                for (int o = 0; o < width; o++)
                {
                    gradient[i + o] = slopes[o] * sum * factor;
                    if (head.Loss == Loss.MeanAbsoluteError)
                        pass.Near(y[i + o] - t[o]);
                }
            }

            Add(head.Loss is Loss.CrossEntropy or Loss.BinaryCrossEntropy ? fused : seeds, head.Value, gradient);
        }
    }

    private void Backward(GraphPass pass, double[][] values, double[][] before, double[][] seeds, double[][] fused, double[] gradients)
    {
        for (int i = Spec.Layers.Count - 1; i >= 0; i--)
        {
            GraphLayer layer = Spec.Layers[i];
            int value = Spec.Inputs.Count + i;
            double[] dz = seeds[value] is { } dy ? ActivateBackward(layer, before[value], dy) : new double[values[value].Length];
            if (fused[value] is { } seed)
                dz = [.. dz.Zip(seed, (a, b) => a + b)];
            double[][] dx = layer.Backward(pass, [.. layer.Sources.Select(source => values[source])], pass.Rounded(dz), gradients);
            for (int k = 0; k < dx.Length; k++)
                Add(seeds, layer.Sources[k], pass.Rounded(dx[k]));
        }
    }

    private static void Add(double[][] sums, int value, double[] more) =>
        sums[value] = sums[value] is { } sum ? [.. sum.Zip(more, (a, b) => a + b)] : more;

    private static int Size(int[] shape) => shape.Aggregate(1, (product, extent) => product * extent);
}
