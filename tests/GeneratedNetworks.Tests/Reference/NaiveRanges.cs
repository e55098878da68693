using System;
using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Tests.Compiled;

namespace GeneratedNetworks.Tests.Reference;

/// <summary>A layer by its source, for those that the naive network does not know.</summary>
internal sealed record SourceSpec(string Source) : LayerSpec
{
    public override string ToSource() => Source;
}

/// <summary>
/// A network that normalizes and clips its inputs of shape [2, size], clips and normalizes between its dense layers, and is written out here as loops in
/// double: for values, and for slopes by central differences.
/// </summary>
internal sealed class NaiveRanges(int size)
{
    private const double FirstLimit = 0.8, Low = -0.3, High = 0.4, SecondLimit = 0.6;

    public const int Outputs = 2;

    public int Inputs => 2 * size;

    /// <summary>Where each block starts: mean, deviation, weight, bias, mean, deviation, weight, bias, and the end.</summary>
    public int[] Starts { get; } = StartsOf([size, size, 2 * size * size, size, size, size, size * Outputs, Outputs]);

    public NetworkSpec Spec(EmitProfile profile, Precision precision, Optimizer optimizer) => new NetworkSpec(
        [2, size],
        [
            new SourceSpec("[Normalize(Clip = 0.8)]"), new DenseSpec(size, Activation.Tanh), new SourceSpec("[Clip(-0.3, 0.4)]"),
            new SourceSpec("[Normalize(Clip = 0.6, Name = \"inner\")]"), new DenseSpec(Outputs),
        ]).Train(Loss.SquaredError, optimizer, inputGradients: true).In(profile, precision);

    public double[] Draw(Samples samples)
    {
        int[] starts = Starts;
        double[] parameters = samples.Uniform(starts[^1], -0.7, 0.7);
        foreach (int at in new[] { starts[1], starts[5] })
            samples.Uniform(size, 0.5, 2).CopyTo(parameters, at);
        return parameters;
    }

    public double[] Forward(double[] p, double[] inputs) => [.. inputs.Chunk(Inputs).SelectMany(row => One(p, row, null))];

    /// <summary>Half the squared error of a sample, on average.</summary>
    public double LossOf(double[] p, double[] inputs, double[] targets) =>
        Forward(p, inputs).Zip(targets, (y, t) => (y - t) * (y - t) / 2).Sum() / (inputs.Length / Inputs);

    /// <summary>How near any value comes to a bound, and how many lie outside of one.</summary>
    public (double Distance, int Outside, int All) Bounds(double[] p, double[] inputs)
    {
        List<double> margins = [];
        foreach (double[] row in inputs.Chunk(Inputs))
            One(p, row, margins);
        return (margins.Min(Math.Abs), margins.Count(margin => margin < 0), margins.Count);
    }

    /// <summary>By the inputs. Each moves the loss of its own sample alone.</summary>
    public double[] InputSlopes(double[] p, double[] inputs, double[] targets)
    {
        int samples = inputs.Length / Inputs;
        return [.. inputs.Chunk(Inputs).Zip(targets.Chunk(Outputs), (row, target) => Slopes(row, moved => LossOf(p, moved, target) / samples)).SelectMany(slopes => slopes)];
    }

    public static double[] Slopes(double[] at, Func<double[], double> function)
    {
        const double H = 1e-5;
        double[] slopes = new double[at.Length];
        for (int i = 0; i < at.Length; i++)
        {
            double[] moved = [.. at];
            moved[i] = at[i] + H;
            double above = function(moved);
            moved[i] = at[i] - H;
            slopes[i] = (above - function(moved)) / (2 * H);
        }

        return slopes;
    }

    private static int[] StartsOf(int[] lengths) => [.. Enumerable.Range(0, lengths.Length + 1).Select(i => lengths[..i].Sum())];

    private double[] One(double[] p, double[] x, List<double>? margins)
    {
        int[] at = Starts;
        double[] first = new double[x.Length];
        for (int i = 0; i < first.Length; i++)
            first[i] = Held((x[i] - p[at[0] + (i % size)]) / p[at[1] + (i % size)], -FirstLimit, FirstLimit);
        double[] hidden = new double[size];
        for (int o = 0; o < size; o++)
        {
            double sum = p[at[3] + o];
            for (int i = 0; i < first.Length; i++)
                sum += first[i] * p[at[2] + (i * size) + o];
            hidden[o] = Held((Held(Math.Tanh(sum), Low, High) - p[at[4] + o]) / p[at[5] + o], -SecondLimit, SecondLimit);
        }

        double[] outputs = new double[Outputs];
        for (int o = 0; o < Outputs; o++)
        {
            double sum = 0;
            for (int i = 0; i < size; i++)
                sum += hidden[i] * p[at[6] + (i * Outputs) + o];
            outputs[o] = p[at[7] + o] + sum;
        }

        return outputs;

        double Held(double value, double low, double high)
        {
            margins?.Add(Math.Min(value - low, high - value));
            return value < low ? low : value > high ? high : value;
        }
    }
}
