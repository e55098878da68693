using System.Collections.Generic;
using System.Linq;

namespace GeneratedNetworks.Tests.Reference.Graphs;

/// <summary>z = x·W + b, of everything or of each step.</summary>
internal sealed class GraphDense(string name, int source, int[] input, int units, bool useBias, bool perStep)
    : GraphLayer(name, [source], [input], perStep ? [.. input[..^1], units] : [units])
{
    private int Depth => perStep ? Inputs[0][^1] : Size(Inputs[0]);

    public override string Attribute => "Dense";

    public override long Cost => (long)Size(Inputs[0]) * units;

    public override IReadOnlyList<GraphBlock> Blocks => [GraphBlock.Weight(Depth * units, Depth), .. GraphBlock.Bias(useBias, units)];

    public override IEnumerable<string> Arguments =>
    [
        $"{units}", $"Activation.{Activation}", .. useBias ? Empty : ["UseBias = false"], .. perStep ? ["PerStep = true"] : Empty, .. Frozen ? ["Frozen = true"] : Empty,
    ];

    private static string[] Empty => [];

    public override double[] Forward(GraphPass pass, double[][] x)
    {
        int rows = x[0].Length / Depth, weight = At("weight"), bias = At("bias");
        double[] z = new double[rows * units];
        for (int row = 0; row < rows; row++)
        {
            for (int o = 0; o < units; o++)
            {
                double sum = bias < 0 ? 0 : pass.Parameters[bias + o];
                for (int i = 0; i < Depth; i++)
                    sum += x[0][(row * Depth) + i] * pass.Parameters[weight + (i * units) + o];
                z[(row * units) + o] = sum;
            }
        }

        return z;
    }

    public override double[][] Backward(GraphPass pass, double[][] x, double[] dz, double[] gradients)
    {
        int rows = x[0].Length / Depth, weight = At("weight"), bias = At("bias");
        double[] dx = new double[x[0].Length];
        for (int row = 0; row < rows; row++)
        {
            for (int o = 0; o < units; o++)
            {
                double d = dz[(row * units) + o];
                for (int i = 0; i < Depth; i++)
                {
                    dx[(row * Depth) + i] += d * pass.Parameters[weight + (i * units) + o];
                    gradients[weight + (i * units) + o] += d * x[0][(row * Depth) + i];
                }

                if (bias >= 0)
                    gradients[bias + o] += d;
            }
        }

        return [dx];
    }
}

/// <summary>y[p, o] = b[o] + Σ x[p·s + k·d − before, c]·W[k, c, o], c being a channel of o's group, ⌊o / (outputs / groups)⌋.</summary>
internal sealed class GraphConvolution(string name, int source, int[] input, GraphWindow window, int filters, int groups, bool useBias)
    : GraphWindowLayer(name, source, input, window, [.. window.Output(input), filters])
{
    private int Depth => Channels / groups;

    public override string Attribute => $"Conv{Window.Axes}D";

    public override long Cost => (long)Sights.Length * Depth * filters;

    public override IReadOnlyList<GraphBlock> Blocks => [GraphBlock.Weight(Window.Taps * Depth * filters, Window.Taps * Depth), .. GraphBlock.Bias(useBias, filters)];

    public override IEnumerable<string> Arguments =>
    [
        $"{filters}", Text(Window.Kernel), $"Activation.{Activation}", .. Window.Arguments(isPool: false), .. groups > 1 ? [$"Groups = {groups}"] : new string[] { },
        .. useBias ? new string[] { } : ["UseBias = false"], .. Frozen ? ["Frozen = true"] : new string[] { },
    ];

    public override double[] Forward(GraphPass pass, double[][] x)
    {
        int elements = KnownSize, results = Size(Shape), weight = At("weight"), bias = At("bias");
        double[] z = new double[pass.Samples * results], known = Known(pass, x[0]);
        for (int i = 0; i < z.Length; i++)
            z[i] = bias < 0 ? 0 : pass.Parameters[bias + (i % filters)];
        for (int s = 0; s < pass.Samples; s++)
        {
            foreach ((int p, int k, int e) in Sights)
            {
                for (int o = 0; o < filters; o++)
                {
                    int first = o / (filters / groups) * Depth;
                    for (int c = 0; c < Depth; c++)
                        z[(s * results) + (p * filters) + o] += known[(s * elements) + (e * Channels) + first + c] * pass.Parameters[weight + (((k * Depth) + c) * filters) + o];
                }
            }
        }

        return z;
    }

    public override double[][] Backward(GraphPass pass, double[][] x, double[] dz, double[] gradients)
    {
        int elements = KnownSize, results = Size(Shape), weight = At("weight"), bias = At("bias");
        double[] known = Known(pass, x[0]), dx = new double[known.Length];
        for (int i = 0; bias >= 0 && i < dz.Length; i++)
            gradients[bias + (i % filters)] += dz[i];
        for (int s = 0; s < pass.Samples; s++)
        {
            foreach ((int p, int k, int e) in Sights)
            {
                for (int o = 0; o < filters; o++)
                {
                    int first = o / (filters / groups) * Depth;
                    double d = dz[(s * results) + (p * filters) + o];
                    for (int c = 0; c < Depth; c++)
                    {
                        int from = (s * elements) + (e * Channels) + first + c, w = weight + (((k * Depth) + c) * filters) + o;
                        dx[from] += d * pass.Parameters[w];
                        gradients[w] += d * known[from];
                    }
                }
            }
        }

        return [WithoutKnown(pass, dx)];
    }
}

/// <summary>y[p, c·M + m] = b + Σ x[p·s + k·d − before, c]·W[k, c, m].</summary>
internal sealed class GraphDepthwise(string name, int source, int[] input, GraphWindow window, int multiplier, bool useBias)
    : GraphWindowLayer(name, source, input, window, [.. window.Output(input), input[^1] * multiplier])
{
    public override string Attribute => $"DepthwiseConv{Window.Axes}D";

    public override long Cost => (long)Sights.Length * Channels * multiplier;

    public override IReadOnlyList<GraphBlock> Blocks => [GraphBlock.Weight(Window.Taps * Channels * multiplier, Window.Taps), .. GraphBlock.Bias(useBias, Channels * multiplier)];

    public override IEnumerable<string> Arguments =>
    [
        Text(Window.Kernel), $"Activation.{Activation}", .. Window.Arguments(isPool: false), .. multiplier > 1 ? [$"Multiplier = {multiplier}"] : new string[] { },
        .. useBias ? new string[] { } : ["UseBias = false"], .. Frozen ? ["Frozen = true"] : new string[] { },
    ];

    public override double[] Forward(GraphPass pass, double[][] x)
    {
        int elements = KnownSize, results = Size(Shape), outputs = Channels * multiplier, weight = At("weight"), bias = At("bias");
        double[] z = new double[pass.Samples * results], known = Known(pass, x[0]);
        for (int i = 0; i < z.Length; i++)
            z[i] = bias < 0 ? 0 : pass.Parameters[bias + (i % outputs)];
        for (int s = 0; s < pass.Samples; s++)
        {
            foreach ((int p, int k, int e) in Sights)
            {
                for (int c = 0; c < Channels; c++)
                {
                    for (int m = 0; m < multiplier; m++)
                        z[(s * results) + (p * outputs) + (c * multiplier) + m] += known[(s * elements) + (e * Channels) + c] * pass.Parameters[weight + (((k * Channels) + c) * multiplier) + m];
                }
            }
        }

        return z;
    }

    public override double[][] Backward(GraphPass pass, double[][] x, double[] dz, double[] gradients)
    {
        int elements = KnownSize, results = Size(Shape), outputs = Channels * multiplier, weight = At("weight"), bias = At("bias");
        double[] known = Known(pass, x[0]), dx = new double[known.Length];
        for (int i = 0; bias >= 0 && i < dz.Length; i++)
            gradients[bias + (i % outputs)] += dz[i];
        for (int s = 0; s < pass.Samples; s++)
        {
            foreach ((int p, int k, int e) in Sights)
            {
                for (int c = 0; c < Channels; c++)
                {
                    for (int m = 0; m < multiplier; m++)
                    {
                        double d = dz[(s * results) + (p * outputs) + (c * multiplier) + m];
                        int from = (s * elements) + (e * Channels) + c, w = weight + (((k * Channels) + c) * multiplier) + m;
                        dx[from] += d * pass.Parameters[w];
                        gradients[w] += d * known[from];
                    }
                }
            }
        }

        return [WithoutKnown(pass, dx)];
    }
}

/// <summary>full[q·s + k·d, o] += x[q, c]·W[k, o, c], of which the front is cropped, and what is asked for beyond it is b alone.</summary>
internal sealed class GraphTransposed(string name, int source, int[] input, GraphWindow window, int filters, int outputPadding, bool useBias)
    : GraphLayer(name, [source], [input], [.. Lengths(window, input, outputPadding), filters])
{
    private readonly (int Position, int Tap, int Element)[] _sights = [.. window.Sights(Lengths(window, input, outputPadding), input[..^1], axis => Crop(window, axis))];

    private int Channels => Inputs[0][^1];

    public override string Attribute => $"Conv{window.Axes}DTranspose";

    public override long Cost => (long)_sights.Length * Channels * filters;

    public override IReadOnlyList<GraphBlock> Blocks => [GraphBlock.Weight(window.Taps * Channels * filters, window.Taps * Channels), .. GraphBlock.Bias(useBias, filters)];

    public override IEnumerable<string> Arguments =>
    [
        $"{filters}", Text(window.Kernel), $"Activation.{Activation}", .. window.Arguments(isPool: false), .. outputPadding > 0 ? [$"OutputPadding = {outputPadding}"] : new string[] { },
        .. useBias ? new string[] { } : ["UseBias = false"], .. Frozen ? ["Frozen = true"] : new string[] { },
    ];

    /// <summary>Keras' lengths where a padding is named, and PyTorch's where pads say what is cut off.</summary>
    public static int[] Lengths(GraphWindow window, int[] input, int outputPadding) => [.. Enumerable.Range(0, window.Axes).Select(axis => window.Around switch
    {
        Around.Same => input[axis] * window.Stride[axis],
        Around.Valid => (input[axis] * window.Stride[axis]) + System.Math.Max(window.Span(axis) - window.Stride[axis], 0) + outputPadding,
        _ => ((input[axis] - 1) * window.Stride[axis]) - window.Pads[axis] - window.Pads[window.Axes + axis] + window.Span(axis) + outputPadding,
    })];

    private static int Crop(GraphWindow window, int axis) => window.Around switch
    {
        Around.Same => System.Math.Max(window.Span(axis) - window.Stride[axis], 0) / 2,
        Around.Valid => 0,
        _ => window.Pads[axis],
    };

    public override double[] Forward(GraphPass pass, double[][] x)
    {
        int elements = Size(Inputs[0]), results = Size(Shape), weight = At("weight"), bias = At("bias");
        double[] z = new double[pass.Samples * results];
        for (int i = 0; i < z.Length; i++)
            z[i] = bias < 0 ? 0 : pass.Parameters[bias + (i % filters)];
        for (int s = 0; s < pass.Samples; s++)
        {
            foreach ((int q, int k, int t) in _sights)
            {
                for (int o = 0; o < filters; o++)
                {
                    for (int c = 0; c < Channels; c++)
                        z[(s * results) + (t * filters) + o] += x[0][(s * elements) + (q * Channels) + c] * pass.Parameters[weight + (((k * filters) + o) * Channels) + c];
                }
            }
        }

        return z;
    }

    public override double[][] Backward(GraphPass pass, double[][] x, double[] dz, double[] gradients)
    {
        int elements = Size(Inputs[0]), results = Size(Shape), weight = At("weight"), bias = At("bias");
        double[] dx = new double[x[0].Length];
        for (int i = 0; bias >= 0 && i < dz.Length; i++)
            gradients[bias + (i % filters)] += dz[i];
        for (int s = 0; s < pass.Samples; s++)
        {
            foreach ((int q, int k, int t) in _sights)
            {
                for (int o = 0; o < filters; o++)
                {
                    double d = dz[(s * results) + (t * filters) + o];
                    for (int c = 0; c < Channels; c++)
                    {
                        int from = (s * elements) + (q * Channels) + c, w = weight + (((k * filters) + o) * Channels) + c;
                        dx[from] += d * pass.Parameters[w];
                        gradients[w] += d * x[0][from];
                    }
                }
            }
        }

        return [dx];
    }
}
