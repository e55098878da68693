using System;
using System.Collections.Generic;

namespace GeneratedNetworks.Tests.Reference.Graphs;

/// <summary>Windows over a value, and where they are causal over what was read before it: frames that one sample hands on to the next window.</summary>
internal abstract class GraphWindowLayer(string name, int source, int[] input, GraphWindow window, int[] shape)
    : GraphLayer(name, [source], [input], shape)
{
    public override int MemorySize => Before * Channels;

    protected GraphWindow Window { get; } = window;

    protected int Channels => Inputs[0][^1];

    /// <summary>Which position sees which frame, of all that is known.</summary>
    protected (int Position, int Tap, int Element)[] Sights { get; } = window.Around == Around.Causal
        ? [.. window.Sights([input[0] + window.Span(0) - 1], window.Output(input), _ => 0)]
        : window.Sights(input);

    /// <summary>Elements of a sample, with those from before it.</summary>
    protected int KnownSize => MemorySize + Size(Inputs[0]);

    private int Before => Window.Around == Around.Causal ? Window.Span(0) - 1 : 0;

    /// <summary>What was read before each sample, and the sample. The last frames are what is handed on.</summary>
    protected double[] Known(GraphPass pass, double[] x)
    {
        List<double> all = [];
        int size = Size(Inputs[0]);
        for (int s = 0; s < pass.Samples; s++)
        {
            double[] known = [.. pass.Recall(this, s), .. x.AsSpan(s * size, size)];
            all.AddRange(known);
            if (Before > 0)
                pass.Keep(this, s, known.AsSpan(pass.StepsOf(s, Inputs[0][0]) * Channels, MemorySize).ToArray());
        }

        return [.. all];
    }

    /// <summary>Gradients of the samples alone: what was read before is a constant.</summary>
    protected double[] WithoutKnown(GraphPass pass, double[] gradients)
    {
        List<double> all = [];
        for (int s = 0; s < pass.Samples; s++)
            all.AddRange(gradients.AsSpan((s * KnownSize) + MemorySize, Size(Inputs[0])));
        return [.. all];
    }
}
