using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace GeneratedNetworks.Tests.Reference.Graphs;

/// <summary>(x − m) / √(v + ε)·γ + β for each channel; m and v of the batch in training, the biased variance, otherwise the moving averages.</summary>
internal sealed class GraphBatchNorm(string name, int source, int[] input, double momentum, double epsilon, bool useScale, bool useOffset, bool unbiased)
    : GraphLayer(name, [source], [input], input)
{
    private int Channels => Inputs[0][^1];

    /// <summary>Whether one sample alone has no variance.</summary>
    public bool NeedsTwoSamples => !Frozen && Size(Inputs[0]) == Channels;

    public override string Attribute => "BatchNorm";

    public override IReadOnlyList<GraphBlock> Blocks =>
    [
        .. GraphBlock.Norm(useScale, useOffset, Channels), new("mean", GraphRole.Buffer, Channels, -0.3, 0.3), new("variance", GraphRole.Buffer, Channels, 0.5, 1.5),
    ];

    public override IEnumerable<string> Arguments
    {
        get
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"Momentum = {momentum}");
            yield return string.Create(CultureInfo.InvariantCulture, $"Epsilon = {epsilon}");
            if (!useScale)
                yield return "UseScale = false";
            if (!useOffset)
                yield return "UseOffset = false";
            if (!unbiased)
                yield return "UnbiasedVariance = false";
            if (Frozen)
                yield return "Frozen = true";
        }
    }

    public override double[] Forward(GraphPass pass, double[][] x)
    {
        (double[] means, double[] variances) = Statistics(pass, x[0]);
        if (pass.IsTraining && !Frozen)
        {
            double count = x[0].Length / Channels, correction = unbiased && count > 1 ? count / (count - 1) : 1;
            pass.Statistics.Add((this, means, [.. variances.Select(variance => variance * correction)]));
        }

        int gamma = At("gamma"), beta = At("beta");
        double[] z = new double[x[0].Length];
        for (int i = 0; i < z.Length; i++)
        {
            int c = i % Channels;
            double y = (x[0][i] - means[c]) / Math.Sqrt(variances[c] + epsilon);
            z[i] = (y * (gamma < 0 ? 1 : pass.Parameters[gamma + c])) + (beta < 0 ? 0 : pass.Parameters[beta + c]);
        }

        return z;
    }

    public override double[][] Backward(GraphPass pass, double[][] x, double[] dz, double[] gradients)
    {
        (double[] means, double[] variances) = Statistics(pass, x[0]);
        int gamma = At("gamma"), beta = At("beta");
        double count = x[0].Length / Channels;
        double[] sums = new double[Channels], products = new double[Channels], dx = new double[x[0].Length];
        for (int i = 0; i < dz.Length; i++)
        {
            int c = i % Channels;
            sums[c] += dz[i];
            products[c] += dz[i] * (x[0][i] - means[c]) / Math.Sqrt(variances[c] + epsilon);
        }

        for (int c = 0; c < Channels; c++)
        {
            if (gamma >= 0)
                gradients[gamma + c] += products[c];
            if (beta >= 0)
                gradients[beta + c] += sums[c];
        }

        for (int i = 0; i < dz.Length; i++)
        {
            int c = i % Channels;
            double deviation = Math.Sqrt(variances[c] + epsilon), d = dz[i];

            // What the mean and the variance take back, where they are those of the batch.
            if (pass.IsTraining && !Frozen)
                d -= (sums[c] / count) + ((x[0][i] - means[c]) / deviation * products[c] / count);
            dx[i] = d * (gamma < 0 ? 1 : pass.Parameters[gamma + c]) / deviation;
        }

        return [dx];
    }

    /// <summary>The moving averages take a step towards the statistics of a batch.</summary>
    public void Move(double[] parameters, double[] means, double[] variances)
    {
        int mean = At("mean"), variance = At("variance");
        for (int c = 0; c < Channels; c++)
        {
            parameters[mean + c] = (momentum * parameters[mean + c]) + ((1 - momentum) * means[c]);
            parameters[variance + c] = (momentum * parameters[variance + c]) + ((1 - momentum) * variances[c]);
        }
    }

    private (double[] Means, double[] Variances) Statistics(GraphPass pass, double[] x)
    {
        if (!pass.IsTraining || Frozen)
            return (pass.Parameters[At("mean")..(At("mean") + Channels)], pass.Parameters[At("variance")..(At("variance") + Channels)]);
        double[] means = new double[Channels], variances = new double[Channels];
        double count = x.Length / Channels;
        for (int i = 0; i < x.Length; i++)
            means[i % Channels] += x[i] / count;
        for (int i = 0; i < x.Length; i++)
            variances[i % Channels] += (x[i] - means[i % Channels]) * (x[i] - means[i % Channels]) / count;
        return (means, variances);
    }
}

/// <summary>The same over the last axes of one sample, always.</summary>
internal sealed class GraphLayerNorm(string name, int source, int[] input, int lastAxes, double epsilon, bool useScale, bool useOffset)
    : GraphLayer(name, [source], [input], input)
{
    private int Width => Size(Inputs[0][^lastAxes..]);

    public override string Attribute => "LayerNorm";

    public override IReadOnlyList<GraphBlock> Blocks => [.. GraphBlock.Norm(useScale, useOffset, Width)];

    public override IEnumerable<string> Arguments
    {
        get
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"Epsilon = {epsilon}");
            if (lastAxes != 1)
                yield return $"LastAxes = {lastAxes}";
            if (!useScale)
                yield return "UseScale = false";
            if (!useOffset)
                yield return "UseOffset = false";
        }
    }

    public override double[] Forward(GraphPass pass, double[][] x)
    {
        int gamma = At("gamma"), beta = At("beta");
        double[] z = new double[x[0].Length];
        for (int start = 0; start < z.Length; start += Width)
        {
            (double mean, double deviation) = Statistics(x[0], start);
            for (int i = 0; i < Width; i++)
                z[start + i] = ((x[0][start + i] - mean) / deviation * (gamma < 0 ? 1 : pass.Parameters[gamma + i])) + (beta < 0 ? 0 : pass.Parameters[beta + i]);
        }

        return z;
    }

    public override double[][] Backward(GraphPass pass, double[][] x, double[] dz, double[] gradients)
    {
        int gamma = At("gamma"), beta = At("beta");
        double[] dx = new double[x[0].Length];
        for (int start = 0; start < dz.Length; start += Width)
        {
            (double mean, double deviation) = Statistics(x[0], start);
            double sum = 0, product = 0;
            for (int i = 0; i < Width; i++)
            {
                double normal = (x[0][start + i] - mean) / deviation, d = dz[start + i] * (gamma < 0 ? 1 : pass.Parameters[gamma + i]);
                sum += d;
                product += d * normal;
                if (gamma >= 0)
                    gradients[gamma + i] += dz[start + i] * normal;
                if (beta >= 0)
                    gradients[beta + i] += dz[start + i];
            }

            for (int i = 0; i < Width; i++)
            {
                double normal = (x[0][start + i] - mean) / deviation, d = dz[start + i] * (gamma < 0 ? 1 : pass.Parameters[gamma + i]);
                dx[start + i] = (d - (sum / Width) - (normal * product / Width)) / deviation;
            }
        }

        return [dx];
    }

    private (double Mean, double Deviation) Statistics(double[] x, int start)
    {
        double mean = 0, variance = 0;
        for (int i = 0; i < Width; i++)
            mean += x[start + i] / Width;
        for (int i = 0; i < Width; i++)
            variance += (x[start + i] - mean) * (x[start + i] - mean) / Width;
        return (mean, Math.Sqrt(variance + epsilon));
    }
}

/// <summary>(x − mean) / deviation of each channel, held to ±limit unless that is 0.</summary>
internal sealed class GraphNormalize(string name, int source, int[] input, double limit) : GraphLayer(name, [source], [input], input)
{
    private int Channels => Inputs[0][^1];

    public override string Attribute => "Normalize";

    public override IReadOnlyList<GraphBlock> Blocks => [new("mean", GraphRole.Buffer, Channels, -0.5, 0.5), new("deviation", GraphRole.Buffer, Channels, 0.5, 2)];

    public override IEnumerable<string> Arguments => limit == 0 ? [] : [string.Create(CultureInfo.InvariantCulture, $"Clip = {limit}")];

    public override double[] Forward(GraphPass pass, double[][] x)
    {
        double[] z = new double[x[0].Length];
        for (int i = 0; i < z.Length; i++)
        {
            double y = Value(pass, x[0], i);
            pass.Near(limit == 0 ? double.PositiveInfinity : Math.Abs(y) - limit);
            z[i] = limit == 0 ? y : Math.Clamp(y, -limit, limit);
        }

        return z;
    }

    public override double[][] Backward(GraphPass pass, double[][] x, double[] dz, double[] gradients)
    {
        double[] dx = new double[x[0].Length];
        for (int i = 0; i < dx.Length; i++)
            dx[i] = limit > 0 && Math.Abs(Value(pass, x[0], i)) >= limit ? 0 : dz[i] / pass.Parameters[At("deviation") + (i % Channels)];
        return [dx];
    }

    private double Value(GraphPass pass, double[] x, int i) => (x[i] - pass.Parameters[At("mean") + (i % Channels)]) / pass.Parameters[At("deviation") + (i % Channels)];
}

/// <summary>x where it is positive, otherwise slope·x.</summary>
internal sealed class GraphPRelu(string name, int source, int[] input, bool shared) : GraphLayer(name, [source], [input], input)
{
    private int Slopes => shared ? 1 : Inputs[0][^1];

    public override string Attribute => "PRelu";

    public override IReadOnlyList<GraphBlock> Blocks => [new("slope", GraphRole.Other, Slopes, -0.2, 0.7)];

    public override IEnumerable<string> Arguments => shared ? ["Shared = true"] : [];

    public override double[] Forward(GraphPass pass, double[][] x)
    {
        double[] z = new double[x[0].Length];
        for (int i = 0; i < z.Length; i++)
        {
            pass.Near(x[0][i]);
            z[i] = x[0][i] > 0 ? x[0][i] : x[0][i] * pass.Parameters[Offset + (i % Slopes)];
        }

        return z;
    }

    public override double[][] Backward(GraphPass pass, double[][] x, double[] dz, double[] gradients)
    {
        double[] dx = new double[x[0].Length];
        for (int i = 0; i < dx.Length; i++)
        {
            dx[i] = x[0][i] > 0 ? dz[i] : dz[i] * pass.Parameters[Offset + (i % Slopes)];
            if (!(x[0][i] > 0))
                gradients[Offset + (i % Slopes)] += dz[i] * x[0][i];
        }

        return [dx];
    }
}
