using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Operations;

namespace GeneratedNetworks.Generator.Planning;

/// <summary>
/// A window's way over one sample, in elements: where each position reads and writes, and what it sees there. What is written are the results of a product, or,
/// for a gradient of weights, what the other factor is read from.
/// </summary>
/// <param name="Rows">Rows of positions.</param>
/// <param name="Columns">Positions of a row.</param>
internal sealed record PatchWalk(int Rows, int Columns)
{
    /// <summary>Where the first position reads, and the steps to the next row and column of positions.</summary>
    public (int Start, int Row, int Column) Read { get; init; }

    /// <summary>The same of what is written.</summary>
    public (int Start, int Row, int Column) Write { get; init; }

    /// <summary>What a position sees: rows and columns of runs, neighboring elements each.</summary>
    public (int Rows, int Columns, int Run) Taps { get; init; }

    /// <summary>Steps from one run to the next.</summary>
    public (int Row, int Column) TapStep { get; init; }

    /// <summary>Where its weights start, and the steps to those of the next row and column of runs.</summary>
    public (int Start, int Row, int Column) Weights { get; init; }

    /// <summary>Elements of weights side by side, from one such panel to the next, and columns of weights of a group.</summary>
    public (int Width, int Length, int Columns) Panel { get; init; }

    /// <summary>How many groups there are.</summary>
    public int Groups { get; init; } = 1;

    /// <summary>From one group to the next, in what is read, in what is written, and in the weights.</summary>
    public (int Read, int Write, int Weights) GroupStep { get; init; }

    /// <summary>Multiply-adds of one sample.</summary>
    public long MultiplyAdds => (long)Rows * Columns * Taps.Rows * Taps.Columns * Taps.Run * Panel.Columns * Groups;

    /// <summary>That of the layer's output.</summary>
    public static PatchWalk Of(Convolve product, DenseWeights weights)
    {
        (_, int columns, int filters) = product.Output.Shape.Plane;
        PatchWalk walk = Of(product.Window, product.Groups, product.Input.Shape, product.Output.Shape, weights.Panel, weights.Inputs * weights.Panel, weights.IsDepthwise);
        return (product.Border is { } border ? walk with { Write = (((border.Top * columns) + border.Left) * filters, columns * filters, filters) } : walk).Merged();
    }

    /// <summary>Where the gradient of its weights is computed, that of both that it multiplies.</summary>
    public static PatchWalk Of(ConvolveGradient product, DenseWeights weights) =>
        Of(product.Window, product.Groups, product.Input.Shape, product.OutputGradient.Shape, weights.Panel, weights.Inputs * weights.Panel, weights.IsDepthwise).Merged();

    /// <summary>Row by row, from weights in panels of a length.</summary>
    private static PatchWalk Of(Window window, int groups, Shape input, Shape output, int panel, int length, bool isDepthwise)
    {
        (_, int columns, int channels) = input.Plane;
        int filters = output.Columns, seen = channels / groups;
        bool isOneRun = groups == 1 && window.Columns.Dilation == 1;
        int run = isOneRun ? window.Columns.Kernel * channels : seen;
        return new(window.Rows.Output, window.Columns.Output)
        {
            Read = (0, window.Rows.Stride * columns * channels, window.Columns.Stride * channels),
            Write = (0, window.Columns.Output * filters, filters),
            Taps = (window.Rows.Kernel, isOneRun ? 1 : window.Columns.Kernel, run),
            TapStep = (window.Rows.Dilation * columns * channels, window.Columns.Dilation * channels),
            Weights = (0, window.Columns.Kernel * seen * panel, run * panel),
            Panel = (panel, length, filters / groups),
            Groups = groups,
            GroupStep = (seen, filters / groups, isDepthwise ? 1 : filters / groups / panel * length),
        };
    }

    /// <summary>Those of the gradient of its input, one for each group of elements that the same taps see.</summary>
    public static IEnumerable<PatchWalk> Transposed(ConvolveTransposed product, DenseWeights weights) => Transposed(
        product.Window, product.Groups, product.OutputGradient.Shape, product.InputGradient.Shape, weights.IsDepthwise ? weights.Panel : weights.InputPanel, weights.IsDepthwise, product.Crop ?? default);

    /// <summary>Those of a transposed convolution.</summary>
    public static IEnumerable<PatchWalk> Of(Deconvolve product, DenseWeights weights) =>
        Transposed(product.Window, 1, product.Input.Shape, product.Output.Shape, weights.Panel, false, default);

    /// <summary>That of the gradient of its input.</summary>
    public static PatchWalk Of(DeconvolveBackward product, DenseWeights weights) => Of(
        product.Window, 1, product.OutputGradient.Shape, product.InputGradient.Shape, weights.InputPanel, weights.Taps * weights.Outputs * weights.InputPanel, false).Merged();

    /// <summary>That of the gradient of one tap's weights: positions are those of the input, and the gradient is read where the tap sees it.</summary>
    public static PatchWalk Of(DeconvolveGradient product, DenseWeights weights)
    {
        (int rows, int columns, int inputs) = product.Input.Shape.Plane;
        (_, int across, int outputs) = product.OutputGradient.Shape.Plane;
        return new(rows, columns)
        {
            Read = (0, columns * inputs, inputs),
            Write = (0, product.Window.Rows.Stride * across * outputs, product.Window.Columns.Stride * outputs),
            Taps = (1, 1, inputs),
            Weights = (0, weights.Panel * inputs, weights.Panel * inputs),
            Panel = (weights.Panel, weights.Inputs * weights.Panel, outputs),
        };
    }

    private static IEnumerable<PatchWalk> Transposed(Window window, int groups, Shape read, Shape written, int panel, bool isDepthwise, (int Top, int Left) crop)
    {
        (int inputRows, int inputColumns, int channels) = written.Plane;
        (_, int columns, int filters) = read.Plane;
        int own = channels / groups, run = filters / groups;
        int top = ConvolveTransposed.Border(window.Rows).Before, left = ConvolveTransposed.Border(window.Columns).Before;
        int length = window.Taps * run * panel;
        foreach (Phase row in window.Rows.Phases().Select(phase => phase.Within(crop.Top, inputRows, window.Rows.Stride)).Where(phase => phase.Count > 0))
        {
            foreach (Phase column in window.Columns.Phases().Select(phase => phase.Within(crop.Left, inputColumns, window.Columns.Stride)).Where(phase => phase.Count > 0))
            {
                bool isSeen = row.Taps > 0 && column.Taps > 0;
                yield return new PatchWalk(row.Count, column.Count)
                {
                    Read = (isSeen ? (((row.Start + top) * columns) + column.Start + left) * filters : 0, columns * filters, filters),
                    Write = (((row.First * inputColumns) + column.First) * channels, window.Rows.Stride * inputColumns * channels, window.Columns.Stride * channels),
                    Taps = (isSeen ? row.Taps : 0, column.Taps, run),
                    TapStep = (row.Move * columns * filters, column.Move * filters),
                    Weights = (((row.Tap * window.Columns.Kernel) + column.Tap) * run * panel, row.TapStep * window.Columns.Kernel * run * panel, column.TapStep * run * panel),
                    Panel = (panel, length, own),
                    Groups = groups,
                    GroupStep = (run, own, isDepthwise ? 1 : (own + panel - 1) / panel * length),
                };
            }
        }
    }

    /// <summary>The same positions, in each row from the last to the first where columns of runs are seen in that order.</summary>
    public PatchWalk AlongTaps() => TapStep.Column >= 0 ? this : this with
    {
        Read = (Read.Start + ((Columns - 1) * Read.Column), Read.Row, -Read.Column),
        Write = (Write.Start + ((Columns - 1) * Write.Column), Write.Row, -Write.Column),
    };

    /// <summary>Rows of positions that lie one behind the other are one.</summary>
    private PatchWalk Merged() => Read.Row == Columns * Read.Column && Write.Row == Columns * Write.Column
        ? this with { Rows = 1, Columns = Rows * Columns }
        : this;
}
