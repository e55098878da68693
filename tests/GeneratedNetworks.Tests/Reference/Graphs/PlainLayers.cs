using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace GeneratedNetworks.Tests.Reference.Graphs;

/// <summary>The largest of each window, the first of equal ones, or the mean of the elements inside, or of those around too.</summary>
internal sealed class GraphPool(string name, int source, int[] input, GraphWindow window, bool isMax, bool countPadding)
    : GraphLayer(name, [source], [input], [.. window.Output(input), input[^1]])
{
    private readonly ILookup<int, int> _elements = window.Sights(input).ToLookup(sight => sight.Position, sight => sight.Element);

    private int Channels => Inputs[0][^1];

    public override string Attribute => $"{(isMax ? "Max" : "Average")}Pool{window.Axes}D";

    public override long Cost => (long)Size(Shape) * window.Taps;

    public override IEnumerable<string> Arguments => [Text(window.Kernel), .. window.Arguments(isPool: true), .. countPadding ? ["CountPadding = true"] : new string[] { }];

    public override double[] Forward(GraphPass pass, double[][] x)
    {
        double[] z = new double[pass.Samples * Size(Shape)];
        Each(pass, (at, seen, position) =>
        {
            if (!isMax)
            {
                z[at] = seen.Sum(from => x[0][from]) / Count(position);
                return;
            }

            int first = First(x[0], seen);
            z[at] = x[0][first];
            foreach (int from in seen.Where(from => from != first))
                pass.Tied(x[0][first], x[0][from]);
        });
        return z;
    }

    public override double[][] Backward(GraphPass pass, double[][] x, double[] dz, double[] gradients)
    {
        double[] dx = new double[x[0].Length];
        Each(pass, (at, seen, position) =>
        {
            if (isMax)
            {
                dx[First(x[0], seen)] += dz[at];
                return;
            }

            foreach (int from in seen)
                dx[from] += dz[at] / Count(position);
        });
        return [dx];
    }

    private static int First(double[] x, List<int> seen)
    {
        int best = seen[0];
        foreach (int from in seen)
        {
            if (x[from] > x[best] || (double.IsNaN(x[from]) && !double.IsNaN(x[best])))
                best = from;
        }

        return best;
    }

    private void Each(GraphPass pass, Action<int, List<int>, int> body)
    {
        int elements = Size(Inputs[0]), results = Size(Shape);
        for (int s = 0; s < pass.Samples; s++)
        {
            for (int position = 0; position < results / Channels; position++)
            {
                for (int c = 0; c < Channels; c++)
                    body((s * results) + (position * Channels) + c, [.. _elements[position].Select(element => (s * elements) + (element * Channels) + c)], position);
            }
        }
    }

    /// <summary>What a mean divides by. A last window that is not whole ends where the elements around the value do.</summary>
    private int Count(int position)
    {
        if (!countPadding)
            return _elements[position].Count();
        int count = 1;
        for (int axis = 0; axis < window.Axes; axis++)
        {
            int columns = Shape[window.Axes - 1], at = axis == window.Axes - 1 ? position % columns : position / columns;
            (int before, int after) = window.Border(axis, Inputs[0][axis]);
            int start = (at * window.Stride[axis]) - before;
            count *= Math.Min(start + window.Kernel[axis], Inputs[0][axis] + after) - start;
        }

        return count;
    }
}

/// <summary>The mean or the largest of all positions.</summary>
internal sealed class GraphGlobalPool(string name, int source, int[] input, bool isMax) : GraphLayer(name, [source], [input], [input[^1]])
{
    private int Channels => Inputs[0][^1];

    private int Positions => Size(Inputs[0]) / Channels;

    public override string Attribute => isMax ? "GlobalMaxPool" : "GlobalAveragePool";

    public override IEnumerable<string> Arguments => [];

    public override double[] Forward(GraphPass pass, double[][] x)
    {
        double[] z = new double[pass.Samples * Channels];
        for (int i = 0; i < z.Length; i++)
        {
            int first = First(x[0], i);
            z[i] = isMax ? x[0][first] : Enumerable.Range(0, Positions).Sum(p => x[0][At(i, p)]) / Positions;
            for (int p = 0; isMax && p < Positions; p++)
            {
                if (At(i, p) != first)
                    pass.Tied(x[0][first], x[0][At(i, p)]);
            }
        }

        return z;
    }

    public override double[][] Backward(GraphPass pass, double[][] x, double[] dz, double[] gradients)
    {
        double[] dx = new double[x[0].Length];
        for (int i = 0; i < dz.Length; i++)
        {
            if (isMax)
                dx[First(x[0], i)] += dz[i];
            for (int p = 0; !isMax && p < Positions; p++)
                dx[At(i, p)] += dz[i] / Positions;
        }

        return [dx];
    }

    private int At(int result, int position) => (((result / Channels * Positions) + position) * Channels) + (result % Channels);

    private int First(double[] x, int result)
    {
        int best = At(result, 0);
        for (int p = 1; p < Positions; p++)
        {
            if (x[At(result, p)] > x[best])
                best = At(result, p);
        }

        return best;
    }
}

/// <summary>The values of one source, in another shape or as they are, behind which only an activation may stand.</summary>
internal sealed class GraphSame(string name, int source, int[] input, int[] shape, string attribute, string[] arguments) : GraphLayer(name, [source], [input], shape)
{
    public override string Attribute => attribute;

    public override IEnumerable<string> Arguments => attribute == "Activation" ? [$"Activation.{Activation}"] : arguments;

    public override double[] Forward(GraphPass pass, double[][] x) => (double[])x[0].Clone();

    public override double[][] Backward(GraphPass pass, double[][] x, double[] dz, double[] gradients) => [dz];
}

/// <summary>Held between two bounds; the derivative is 1 strictly between them.</summary>
internal sealed class GraphClip(string name, int source, int[] input, double low, double high) : GraphLayer(name, [source], [input], input)
{
    public override string Attribute => "Clip";

    public override IEnumerable<string> Arguments => [low.ToString(CultureInfo.InvariantCulture), high.ToString(CultureInfo.InvariantCulture)];

    public override double[] Forward(GraphPass pass, double[][] x)
    {
        foreach (double value in x[0])
        {
            pass.Near(value - low);
            pass.Near(value - high);
        }

        return [.. x[0].Select(value => Math.Clamp(value, low, high))];
    }

    public override double[][] Backward(GraphPass pass, double[][] x, double[] dz, double[] gradients) => [[.. dz.Zip(x[0], (d, value) => value > low && value < high ? d : 0)]];
}

/// <summary>Sums and products of several values of one shape.</summary>
internal sealed class GraphJoin(string name, int[] sources, int[][] inputs, bool isSum) : GraphLayer(name, sources, inputs, inputs[0])
{
    public override string Attribute => isSum ? "Add" : "Multiply";

    public override IEnumerable<string> Arguments => Activation == Activation.Identity ? [] : [$"Activation = Activation.{Activation}"];

    public override double[] Forward(GraphPass pass, double[][] x) =>
        [.. Enumerable.Range(0, x[0].Length).Select(i => isSum ? x.Sum(part => part[i]) : x.Aggregate(1.0, (product, part) => product * part[i]))];

    public override double[][] Backward(GraphPass pass, double[][] x, double[] dz, double[] gradients) => [.. x.Select((_, own) => Enumerable.Range(0, dz.Length)
        .Select(i => isSum ? dz[i] : x.Where((_, other) => other != own).Aggregate(dz[i], (product, part) => product * part[i])).ToArray())];
}

/// <summary>Several values side by side along the last axis.</summary>
internal sealed class GraphConcat(string name, int[] sources, int[][] inputs) : GraphLayer(name, sources, inputs, [.. inputs[0][..^1], inputs.Sum(input => input[^1])])
{
    public override string Attribute => "Concat";

    public override IEnumerable<string> Arguments => Activation == Activation.Identity ? [] : [$"Activation = Activation.{Activation}"];

    public override double[] Forward(GraphPass pass, double[][] x) =>
        [.. Enumerable.Range(0, x[0].Length / Inputs[0][^1]).SelectMany(row => x.SelectMany((part, k) => part.Skip(row * Inputs[k][^1]).Take(Inputs[k][^1])))];

    public override double[][] Backward(GraphPass pass, double[][] x, double[] dz, double[] gradients)
    {
        double[][] dx = [.. x.Select(part => new double[part.Length])];
        int width = Shape[^1];
        for (int i = 0; i < dz.Length; i++)
        {
            int column = i % width, part = 0;
            for (; column >= Inputs[part][^1]; part++)
                column -= Inputs[part][^1];
            dx[part][(i / width * Inputs[part][^1]) + column] = dz[i];
        }

        return dx;
    }
}
