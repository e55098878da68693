using System;
using System.Collections.Generic;
using System.Linq;

namespace GeneratedNetworks.Tests.Reference.Graphs;

/// <summary>A layer of a graph: its attribute, and plain loops over a batch for what it computes and for its derivatives. Nothing of it comes from the generator.</summary>
/// <param name="name">What other layers call it.</param>
/// <param name="sources">The values that it reads, by number.</param>
/// <param name="inputs">Their shapes.</param>
/// <param name="shape">Of what it computes.</param>
internal abstract class GraphLayer(string name, int[] sources, int[][] inputs, int[] shape)
{
    public string Name { get; } = name;

    public int[] Sources { get; } = sources;

    public int[][] Inputs { get; } = inputs;

    public int[] Shape { get; } = shape;

    /// <summary>Behind everything else that the layer computes.</summary>
    public Activation Activation { get; init; }

    public bool Frozen { get; init; }

    /// <summary>Where its parameters start.</summary>
    public int Offset { get; set; }

    /// <summary>How many numbers of a sample it hands on to the window behind.</summary>
    public virtual int MemorySize => 0;

    /// <summary>Where these start in what all layers hand on.</summary>
    public int MemoryOffset { get; set; }

    /// <summary>Multiply-adds of a sample, to keep loops short.</summary>
    public virtual long Cost => Size(Shape);

    /// <summary>In canonical order.</summary>
    public virtual IReadOnlyList<GraphBlock> Blocks => [];

    /// <summary>The attribute's name.</summary>
    public abstract string Attribute { get; }

    /// <summary>What stands between its parentheses, without Name and From.</summary>
    public abstract IEnumerable<string> Arguments { get; }

    /// <summary>Values before the activation.</summary>
    public abstract double[] Forward(GraphPass pass, double[][] x);

    /// <summary>Gradients of what it reads; those of its parameters are added to what is there.</summary>
    public abstract double[][] Backward(GraphPass pass, double[][] x, double[] dz, double[] gradients);

    /// <summary>Where a block starts, or −1 where there is none.</summary>
    protected int At(string block)
    {
        int at = Offset;
        foreach (GraphBlock candidate in Blocks)
        {
            if (candidate.Name == block)
                return at;
            at += candidate.Length;
        }

        return -1;
    }

    protected static int Size(int[] shape) => shape.Aggregate(1, (product, extent) => product * extent);

    /// <summary>As C# 7.3 says it.</summary>
    protected static string Text(int[] sizes) => sizes.Distinct().Count() == 1 ? $"{sizes[0]}" : $"new[] {{ {string.Join(", ", sizes)} }}";

    protected static string Word(bool value) => value ? "true" : "false";
}

internal enum GraphRole
{
    /// <summary>Learned, and subject to penalties.</summary>
    Weight,

    /// <summary>Learned: biases, scales, offsets, slopes.</summary>
    Other,

    /// <summary>Kept, and not learned.</summary>
    Buffer,
}

/// <summary>Parameters of one name, and between which numbers tests draw them.</summary>
internal sealed record GraphBlock(string Name, GraphRole Role, int Length, double Low, double High)
{
    public static GraphBlock Weight(int length, int fanIn)
    {
        double limit = Math.Sqrt(3.0 / fanIn);
        return new("weight", GraphRole.Weight, length, -limit, limit);
    }

    public static IEnumerable<GraphBlock> Bias(bool exists, int length) => exists ? [new("bias", GraphRole.Other, length, -0.3, 0.3)] : [];

    /// <summary>γ and β.</summary>
    public static IEnumerable<GraphBlock> Norm(bool hasScale, bool hasOffset, int length) =>
    [
        .. hasScale ? new GraphBlock[] { new("gamma", GraphRole.Other, length, 0.5, 1.5) } : [],
        .. hasOffset ? new GraphBlock[] { new("beta", GraphRole.Other, length, -0.5, 0.5) } : [],
    ];
}

/// <summary>One run over a batch, or over a part of one that is normalized by itself.</summary>
internal sealed class GraphPass(double[] parameters, int samples, bool isTraining)
{
    public double[] Parameters { get; } = parameters;

    public int Samples { get; } = samples;

    public bool IsTraining { get; } = isTraining;

    /// <summary>How many steps of each sample there are, where it is not all.</summary>
    public int[]? Lengths { get; init; }

    /// <summary>What the layers remember of the windows before, sample by sample; empty where there were none.</summary>
    public double[] Memory { get; init; } = [];

    /// <summary>What they hand on, in the same order.</summary>
    public double[] Left { get; init; } = [];

    /// <summary>To round states to single precision, as values between layers.</summary>
    public bool Rounds { get; init; }

    /// <summary>How near anything came to a point where a derivative jumps.</summary>
    public double Margin { get; private set; } = double.PositiveInfinity;

    /// <summary>What goes into the moving averages at the next update.</summary>
    public List<(GraphLayer Layer, double[] Means, double[] Variances)> Statistics { get; } = [];

    public int StepsOf(int sample, int all) => Lengths is null ? all : Lengths[sample];

    /// <summary>What a layer remembers: zeros at first.</summary>
    public double[] Recall(GraphLayer layer, int sample) =>
        Memory.Length == 0 ? new double[layer.MemorySize] : Memory.AsSpan((sample * (Memory.Length / Samples)) + layer.MemoryOffset, layer.MemorySize).ToArray();

    public void Keep(GraphLayer layer, int sample, double[] values) => values.CopyTo(Left, (sample * (Left.Length / Samples)) + layer.MemoryOffset);

    public double[] Rounded(double[] values) => Rounds ? Array.ConvertAll(values, value => (double)(float)value) : values;

    /// <summary>Exactly 0 is left out: it is exact in any precision.</summary>
    public void Near(double distance)
    {
        if (distance != 0 && Math.Abs(distance) < Margin)
            Margin = Math.Abs(distance);
    }

    /// <summary>Two elements of a pool that are equal, or nearly: rounding decides which one is the largest, unless both are exactly what a function is held to.</summary>
    public void Tied(double largest, double other)
    {
        if (largest != other || largest is not (0 or 1 or -1 or 6 or 0.75 or -0.5))
            Margin = Math.Min(Margin, largest - other);
    }
}
