using System;
using System.Collections.Generic;

namespace GeneratedNetworks.Tests.Reference.Graphs;

/// <summary>
/// A step along the first axis computes the state from what it reads and from the state before: units of it are what the layer gives, of every step or of the last.
/// Steps beyond a sample's length leave the state as it is.
/// </summary>
/// <param name="gates">Columns for each unit.</param>
/// <param name="stateSize">What a step hands to the next; the units come first.</param>
/// <param name="biases">Elements of the bias, 0 for none.</param>
internal abstract class GraphRecurrent(string name, int source, int[] input, int units, int gates, int stateSize, int biases, bool everyStep)
    : GraphLayer(name, [source], [input], everyStep ? [input[0], units] : [units])
{
    public override long Cost => (long)Inputs[0][0] * (Depth + units) * units * gates;

    public override int MemorySize => stateSize;

    public override IReadOnlyList<GraphBlock> Blocks =>
    [
        GraphBlock.Weight(Depth * gates * units, Depth + 1) with { Name = "kernel" }, GraphBlock.Weight(units * gates * units, 2 * units) with { Name = "recurrent" },
        .. GraphBlock.Bias(biases > 0, biases),
    ];

    public override IEnumerable<string> Arguments =>
    [
        $"{units}", .. Own, .. everyStep ? ["ReturnSequences = true"] : None, .. biases > 0 ? None : ["UseBias = false"], .. Frozen ? ["Frozen = true"] : None,
    ];

    protected static string[] None => [];

    protected int Units => units;

    /// <summary>Arguments that only this kind has.</summary>
    protected abstract string[] Own { get; }

    private int Depth => Inputs[0][1];

    /// <summary>The state behind a step.</summary>
    protected abstract double[] Step(GraphPass pass, double[] x, double[] state);

    /// <summary>From the gradient of the state behind a step, those of what it reads and of the state before it, and those of the parameters, which are added.</summary>
    protected abstract void StepBack(GraphPass pass, double[] x, double[] state, double[] gradient, double[] dx, double[] before, double[] gradients);

    public override double[] Forward(GraphPass pass, double[][] x)
    {
        List<double> z = [];
        for (int s = 0; s < pass.Samples; s++)
        {
            double[][] states = States(pass, x[0], s);
            pass.Keep(this, s, states[^1]);
            foreach (double[] state in everyStep ? states[1..] : states[^1..])
                z.AddRange(state[..units]);
        }

        return [.. z];
    }

    public override double[][] Backward(GraphPass pass, double[][] x, double[] dz, double[] gradients)
    {
        double[] dx = new double[x[0].Length];
        int steps = Inputs[0][0];
        for (int s = 0; s < pass.Samples; s++)
        {
            double[][] states = States(pass, x[0], s);
            double[] gradient = new double[stateSize];
            for (int t = steps - 1; t >= 0; t--)
            {
                for (int j = 0; j < units && (everyStep || t == steps - 1); j++)
                    gradient[j] += dz[((everyStep ? (s * steps) + t : s) * units) + j];
                if (t >= pass.StepsOf(s, steps))
                    continue;
                double[] read = new double[Depth], before = new double[stateSize];
                StepBack(pass, Frame(x[0], s, t), states[t], gradient, read, before, gradients);
                read.CopyTo(dx, ((s * steps) + t) * Depth);
                gradient = pass.Rounded(before);
            }
        }

        return [dx];
    }

    /// <summary>Σ v[i]·W[i, column], of the block that starts at <paramref name="block"/>.</summary>
    protected double Product(GraphPass pass, int block, double[] values, int column)
    {
        double sum = 0;
        for (int i = 0; i < values.Length; i++)
            sum += values[i] * pass.Parameters[block + (i * gates * units) + column];
        return sum;
    }

    /// <summary>What a gradient of such a sum is to the values and to the block.</summary>
    protected void ProductBack(GraphPass pass, int block, double[] values, int column, double d, double[] dValues, double[] gradients)
    {
        for (int i = 0; i < values.Length; i++)
        {
            int at = block + (i * gates * units) + column;
            dValues[i] += d * pass.Parameters[at];
            gradients[at] += d * values[i];
        }
    }

    /// <summary>An element of the bias, which is 0 where there is none.</summary>
    protected double Bias(GraphPass pass, int element) => biases > 0 ? pass.Parameters[At("bias") + element] : 0;

    protected void BiasBack(int element, double d, double[] gradients)
    {
        if (biases > 0)
            gradients[At("bias") + element] += d;
    }

    /// <summary>What stands before the first step, and behind each.</summary>
    private double[][] States(GraphPass pass, double[] x, int sample)
    {
        int steps = Inputs[0][0];
        double[][] states = new double[steps + 1][];
        states[0] = pass.Recall(this, sample);
        for (int t = 0; t < steps; t++)
            states[t + 1] = t < pass.StepsOf(sample, steps) ? pass.Rounded(Step(pass, Frame(x, sample, t), states[t])) : states[t];
        return states;
    }

    private double[] Frame(double[] x, int sample, int step) => x.AsSpan(((sample * Inputs[0][0]) + step) * Depth, Depth).ToArray();
}
