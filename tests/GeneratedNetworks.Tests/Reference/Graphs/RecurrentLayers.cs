using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace GeneratedNetworks.Tests.Reference.Graphs;

/// <summary>The row of a table for each id; the gradient of ids is zero.</summary>
internal sealed class GraphEmbedding(string name, int source, int[] input, int vocabulary, int dimensions) : GraphLayer(name, [source], [input], [.. input, dimensions])
{
    public int Vocabulary => vocabulary;

    public override string Attribute => "Embedding";

    public override IReadOnlyList<GraphBlock> Blocks => [new("weight", GraphRole.Weight, vocabulary * dimensions, -0.5, 0.5)];

    public override IEnumerable<string> Arguments => [$"{vocabulary}", $"{dimensions}", .. Frozen ? ["Frozen = true"] : new string[] { }];

    public override double[] Forward(GraphPass pass, double[][] x)
    {
        double[] z = new double[x[0].Length * dimensions];
        for (int i = 0; i < z.Length; i++)
            z[i] = pass.Parameters[Row(x[0][i / dimensions]) + (i % dimensions)];
        return z;
    }

    public override double[][] Backward(GraphPass pass, double[][] x, double[] dz, double[] gradients)
    {
        for (int i = 0; i < dz.Length; i++)
            gradients[Row(x[0][i / dimensions]) + (i % dimensions)] += dz[i];
        return [new double[x[0].Length]];
    }

    private int Row(double id)
    {
        int row = (int)id;
        if (row != id || row < 0 || row >= vocabulary)
            throw new ArgumentOutOfRangeException(nameof(id), id, $"The table has {vocabulary} rows.");
        return At("weight") + (row * dimensions);
    }
}

/// <summary>h = φ(x·W + h₋₁·U + b).</summary>
internal sealed class GraphSimpleRnn(string name, int source, int[] input, int units, Activation function, bool useBias, bool everyStep)
    : GraphRecurrent(name, source, input, units, 1, units, useBias ? units : 0, everyStep)
{
    public override string Attribute => "SimpleRnn";

    protected override string[] Own => [$"Activation.{function}"];

    protected override double[] Step(GraphPass pass, double[] x, double[] state)
    {
        double[] next = new double[Units];
        for (int j = 0; j < Units; j++)
        {
            double z = Sum(pass, x, state, j);
            foreach (double kink in NaiveActivation.Kinks(function))
                pass.Near(z - kink);
            next[j] = NaiveActivation.Value(function, z);
        }

        return next;
    }

    protected override void StepBack(GraphPass pass, double[] x, double[] state, double[] gradient, double[] dx, double[] before, double[] gradients)
    {
        for (int j = 0; j < Units; j++)
        {
            double d = gradient[j] * NaiveActivation.Derivative(function, Sum(pass, x, state, j));
            ProductBack(pass, At("kernel"), x, j, d, dx, gradients);
            ProductBack(pass, At("recurrent"), state, j, d, before, gradients);
            BiasBack(j, d, gradients);
        }
    }

    private double Sum(GraphPass pass, double[] x, double[] state, int j) =>
        Product(pass, At("kernel"), x, j) + Product(pass, At("recurrent"), state, j) + Bias(pass, j);
}

/// <summary>
/// z and r of what is read and of h₋₁; n = tanh(x·Wₙ + bₙ + r ⊙ (h₋₁·Uₙ + b′ₙ)), or tanh(x·Wₙ + bₙ + (r ⊙ h₋₁)·Uₙ) with the reset before; h = z ⊙ h₋₁ + (1 − z) ⊙ n.
/// Two biases, or one with the reset before.
/// </summary>
internal sealed class GraphGru(string name, int source, int[] input, int units, bool resetAfter, bool useBias, bool everyStep)
    : GraphRecurrent(name, source, input, units, 3, units, useBias ? (resetAfter ? 6 : 3) * units : 0, everyStep)
{
    public override string Attribute => "Gru";

    protected override string[] Own => resetAfter ? None : ["ResetAfter = false"];

    protected override double[] Step(GraphPass pass, double[] x, double[] state)
    {
        Gates of = Compute(pass, x, state);
        double[] next = new double[Units];
        for (int j = 0; j < Units; j++)
            next[j] = (of.Update[j] * state[j]) + ((1 - of.Update[j]) * of.New[j]);
        return next;
    }

    protected override void StepBack(GraphPass pass, double[] x, double[] state, double[] gradient, double[] dx, double[] before, double[] gradients)
    {
        int kernel = At("kernel"), recurrent = At("recurrent");
        Gates of = Compute(pass, x, state);
        double[] resets = new double[Units], kept = new double[Units], dKept = new double[Units];
        for (int j = 0; j < Units; j++)
            kept[j] = of.Reset[j] * state[j];

        // Behind the functions: of n and z, and what n's is to r.
        for (int j = 0; j < Units; j++)
        {
            double n = of.New[j], z = of.Update[j];
            double dn = gradient[j] * (1 - z) * (1 - (n * n)), dz = gradient[j] * (state[j] - n) * z * (1 - z);
            before[j] += gradient[j] * z;
            ProductBack(pass, kernel, x, (2 * Units) + j, dn, dx, gradients);
            BiasBack((2 * Units) + j, dn, gradients);
            if (resetAfter)
            {
                resets[j] = dn * of.Outer[j];
                ProductBack(pass, recurrent, state, (2 * Units) + j, dn * of.Reset[j], before, gradients);
                BiasBack((5 * Units) + j, dn * of.Reset[j], gradients);
            }
            else
                ProductBack(pass, recurrent, kept, (2 * Units) + j, dn, dKept, gradients);
            GateBack(j, dz);
        }

        for (int j = 0; j < Units; j++)
        {
            if (!resetAfter)
            {
                resets[j] = dKept[j] * state[j];
                before[j] += dKept[j] * of.Reset[j];
            }

            GateBack(Units + j, resets[j] * of.Reset[j] * (1 - of.Reset[j]));
        }

        void GateBack(int column, double d)
        {
            ProductBack(pass, kernel, x, column, d, dx, gradients);
            ProductBack(pass, recurrent, state, column, d, before, gradients);
            BiasBack(column, d, gradients);
            if (resetAfter)
                BiasBack((3 * Units) + column, d, gradients);
        }
    }

    private Gates Compute(GraphPass pass, double[] x, double[] state)
    {
        int kernel = At("kernel"), recurrent = At("recurrent");
        Gates of = new(new double[Units], new double[Units], new double[Units], new double[Units]);
        for (int j = 0; j < Units; j++)
        {
            of.Update[j] = NaiveActivation.Sigmoid(Gate(j));
            of.Reset[j] = NaiveActivation.Sigmoid(Gate(Units + j));
        }

        double[] kept = [.. state.Select((h, j) => of.Reset[j] * h)];
        for (int j = 0; j < Units; j++)
        {
            int column = (2 * Units) + j;
            of.Outer[j] = Product(pass, recurrent, resetAfter ? state : kept, column) + (resetAfter ? Bias(pass, (3 * Units) + column) : 0);
            of.New[j] = Math.Tanh(Product(pass, kernel, x, column) + Bias(pass, column) + ((resetAfter ? of.Reset[j] : 1) * of.Outer[j]));
        }

        return of;

        double Gate(int column) => Product(pass, kernel, x, column) + Product(pass, recurrent, state, column) + Bias(pass, column) + (resetAfter ? Bias(pass, (3 * Units) + column) : 0);
    }

    /// <param name="Outer">The part of n that comes from the state.</param>
    private sealed record Gates(double[] Update, double[] Reset, double[] New, double[] Outer);
}

/// <summary>i, f and o are sigmoids, g is a tanh; c = f ⊙ c₋₁ + i ⊙ g, held to ±clip where there is a clip; h = o ⊙ tanh(c). The state is h, then c.</summary>
internal sealed class GraphLstm(string name, int source, int[] input, int units, double clip, bool useBias, bool everyStep)
    : GraphRecurrent(name, source, input, units, 4, 2 * units, useBias ? 4 * units : 0, everyStep)
{
    public override string Attribute => "Lstm";

    protected override string[] Own => clip > 0 ? [string.Create(CultureInfo.InvariantCulture, $"CellClip = {clip}")] : None;

    protected override double[] Step(GraphPass pass, double[] x, double[] state)
    {
        double[] h = state[..Units], next = new double[2 * Units];
        for (int j = 0; j < Units; j++)
        {
            (double i, double f, double g, double o) = Gates(pass, x, h, j);
            double cell = (f * state[Units + j]) + (i * g);
            if (clip > 0)
            {
                pass.Near(Math.Abs(cell) - clip);
                cell = Math.Clamp(cell, -clip, clip);
            }

            next[Units + j] = cell;
            next[j] = o * Math.Tanh(cell);
        }

        return next;
    }

    protected override void StepBack(GraphPass pass, double[] x, double[] state, double[] gradient, double[] dx, double[] before, double[] gradients)
    {
        double[] h = state[..Units], dh = new double[Units];
        for (int j = 0; j < Units; j++)
        {
            (double i, double f, double g, double o) = Gates(pass, x, h, j);
            double whole = (f * state[Units + j]) + (i * g), tanh = Math.Tanh(clip > 0 ? Math.Clamp(whole, -clip, clip) : whole);
            double d = clip > 0 && Math.Abs(whole) >= clip ? 0 : gradient[Units + j] + (gradient[j] * o * (1 - (tanh * tanh)));
            before[Units + j] = d * f;
            double[] dz = [d * g * i * (1 - i), d * state[Units + j] * f * (1 - f), d * i * (1 - (g * g)), gradient[j] * tanh * o * (1 - o)];
            for (int gate = 0; gate < 4; gate++)
            {
                int column = (gate * Units) + j;
                ProductBack(pass, At("kernel"), x, column, dz[gate], dx, gradients);
                ProductBack(pass, At("recurrent"), h, column, dz[gate], dh, gradients);
                BiasBack(column, dz[gate], gradients);
            }
        }

        dh.CopyTo(before, 0);
    }

    private (double I, double F, double G, double O) Gates(GraphPass pass, double[] x, double[] h, int j)
    {
        return (NaiveActivation.Sigmoid(Sum(0)), NaiveActivation.Sigmoid(Sum(1)), Math.Tanh(Sum(2)), NaiveActivation.Sigmoid(Sum(3)));

        double Sum(int gate)
        {
            int column = (gate * Units) + j;
            return Product(pass, At("kernel"), x, column) + Product(pass, At("recurrent"), h, column) + Bias(pass, column);
        }
    }
}
