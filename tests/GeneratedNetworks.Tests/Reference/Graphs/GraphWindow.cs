using System;
using System.Collections.Generic;
using System.Linq;

namespace GeneratedNetworks.Tests.Reference.Graphs;

/// <summary>How far a window reaches beyond a value.</summary>
internal enum Around
{
    Valid,
    Same,
    Pads,

    /// <summary>Of a signal alone.</summary>
    Causal,
}

/// <summary>What an attribute says of a window over one or two axes.</summary>
/// <param name="Kernel">Elements that it sees, for each axis.</param>
/// <param name="Stride">From one position to the next.</param>
/// <param name="Dilation">From one element that it sees to the next.</param>
/// <param name="Around">How far it reaches beyond the value.</param>
/// <param name="Pads">Where that is Pads: before each axis, then behind each.</param>
internal sealed record GraphWindow(int[] Kernel, int[] Stride, int[] Dilation, Around Around, int[] Pads)
{
    public int Axes => Kernel.Length;

    public int Taps => Kernel.Aggregate(1, (product, size) => product * size);

    public bool CeilMode { get; init; }

    public int Span(int axis) => ((Kernel[axis] - 1) * Dilation[axis]) + 1;

    /// <summary>Elements around an axis of <paramref name="length"/>: TensorFlow's for Same, with the odd one behind.</summary>
    public (int Before, int After) Border(int axis, int length)
    {
        switch (Around)
        {
            case Around.Same:
                int positions = (length + Stride[axis] - 1) / Stride[axis];
                int total = Math.Max(((positions - 1) * Stride[axis]) + Span(axis) - length, 0);
                return (total / 2, total - (total / 2));
            case Around.Causal:
                return (Span(axis) - 1, 0);
            case Around.Pads:
                return (Pads[axis], Pads[Axes + axis]);
            default:
                return (0, 0);
        }
    }

    /// <summary>How many positions an axis has; less than one where the window does not fit.</summary>
    public int Positions(int axis, int length)
    {
        (int before, int after) = Border(axis, length);
        int room = length + before + after - Span(axis);
        if (room < 0)
            return 0;
        int positions = (room / Stride[axis]) + 1;

        // A last window that is not whole counts if it begins before the elements behind the value.
        if (CeilMode && room % Stride[axis] != 0 && positions * Stride[axis] < length + before)
            positions++;
        return positions;
    }

    public int[] Output(int[] shape) => [.. Enumerable.Range(0, Axes).Select(axis => Positions(axis, shape[axis]))];

    /// <summary>Which position sees which element with which tap, over all positions and, for each, all taps, row by row. What lies around the value is left out.</summary>
    public IEnumerable<(int Position, int Tap, int Element)> Sights(int[] lengths, int[] positions, Func<int, int> before)
    {
        int rows = Axes == 2 ? positions[0] : 1, columns = positions[^1];
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                for (int tap = 0; tap < Taps; tap++)
                {
                    int y = Axes == 2 ? (row * Stride[0]) + (tap / Kernel[^1] * Dilation[0]) - before(0) : 0;
                    int x = (column * Stride[^1]) + (tap % Kernel[^1] * Dilation[^1]) - before(Axes - 1);
                    if (y >= 0 && y < (Axes == 2 ? lengths[0] : 1) && x >= 0 && x < lengths[Axes - 1])
                        yield return ((row * columns) + column, tap, (y * lengths[Axes - 1]) + x);
                }
            }
        }
    }

    /// <summary>The same of a window over a value.</summary>
    public (int Position, int Tap, int Element)[] Sights(int[] shape) => [.. Sights(shape, Output(shape), axis => Border(axis, shape[axis]).Before)];

    /// <summary>What stands in the attribute behind its sizes.</summary>
    public IEnumerable<string> Arguments(bool isPool)
    {
        if (isPool ? !Stride.SequenceEqual(Kernel) : Stride.Any(stride => stride != 1))
            yield return Stride.Distinct().Count() == 1 ? $"Stride = {Stride[0]}" : $"Strides = new[] {{ {string.Join(", ", Stride)} }}";
        if (Dilation.Any(dilation => dilation != 1))
            yield return Dilation.Distinct().Count() == 1 ? $"Dilation = {Dilation[0]}" : $"Dilations = new[] {{ {string.Join(", ", Dilation)} }}";
        if (Around == Around.Pads)
            yield return $"Pads = new[] {{ {string.Join(", ", Enumerable.Range(0, Axes).SelectMany(axis => new[] { Pads[axis], Pads[Axes + axis] }))} }}";
        else if (Around != Around.Valid)
            yield return $"Padding = Padding.{Around}";
        if (CeilMode)
            yield return "CeilMode = true";
    }
}
