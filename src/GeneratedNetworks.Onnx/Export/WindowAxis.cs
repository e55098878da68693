using System;
using System.Collections.Generic;
using System.Linq;

namespace GeneratedNetworks.Onnx.Export;

/// <summary>How a window slides along one axis, with the padding in numbers.</summary>
/// <param name="Input">Elements of the value.</param>
/// <param name="Kernel">Elements that the window sees.</param>
/// <param name="Stride">From one position to the next.</param>
/// <param name="Dilation">From one element that it sees to the next.</param>
/// <param name="Before">Elements in front of the value.</param>
/// <param name="After">Elements behind it.</param>
/// <param name="Beyond">Elements behind those, which the last position reaches where one that is not whole counts.</param>
internal sealed record WindowAxis(int Input, int Kernel, int Stride, int Dilation, int Before, int After, int Beyond)
{
    /// <summary>Elements from the first to the last that it sees.</summary>
    public int Span => ((Kernel - 1) * Dilation) + 1;

    /// <summary>Positions.</summary>
    public int Output => ((Input + Before + After + Beyond - Span) / Stride) + 1;

    /// <summary>The axes of a layer's window, without the padding of a transposed convolution, which cuts.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="kernel">What its attribute calls the size.</param>
    /// <param name="positions">The extents that the window slides over.</param>
    /// <param name="isPool">Whether the stride is the size where none is given.</param>
    public static WindowAxis[] Read(ExportLayer layer, string kernel, IReadOnlyList<int> positions, bool isPool = false)
    {
        int[] sizes = Each(layer.Wholes(kernel) ?? throw new ArgumentException($"Layer '{layer.Attribute}' has no {kernel}."), positions.Count);
        int[] strides = Each(layer.Wholes("Strides") ?? layer.Wholes("Stride") ?? (isPool ? sizes : [1]), positions.Count);
        int[] dilations = Each(layer.Wholes("Dilations") ?? layer.Wholes("Dilation") ?? [1], positions.Count);
        return [.. positions.Select((extent, axis) => new WindowAxis(extent, sizes[axis], strides[axis], dilations[axis], 0, 0, 0).Padded(layer, axis, positions.Count))];
    }

    /// <summary>ONNX has those in front of all axes first.</summary>
    public static ProtoMessage Pads(IReadOnlyList<WindowAxis> axes, bool withBeyond = true) => GraphWriter.Wholes(
        "pads", axes.Select(axis => axis.Before).Concat(axes.Select(axis => axis.After + (withBeyond ? axis.Beyond : 0))));

    private WindowAxis Padded(ExportLayer layer, int axis, int axes)
    {
        int[]? pads = layer.Wholes("Pads");
        int total = Math.Max(0, (((Input + Stride - 1) / Stride) - 1) * Stride + Span - Input);
        (int before, int after) = pads is not null ? (pads[2 * axis], pads[(2 * axis) + 1]) : layer.Choice("Padding", Padding.Valid) switch
        {
            // ⌈n / s⌉ positions; where the number of elements around is odd, there is one more behind than in front.
            Padding.Same => (total / 2, total - (total / 2)),
            Padding.Causal => (Span - 1, 0),
            _ => (0, 0),
        };

        // A last position that is not whole counts where it begins inside or in front: the same as if there were more elements behind.
        int room = Input + before + after - Span, left = room % Stride;
        bool hasPart = layer.Flag("CeilMode", false) && room >= 0 && left > 0 && room - left + Stride < Input + before;
        return this with { Before = before, After = after, Beyond = hasPart ? Stride - left : 0 };
    }

    private static int[] Each(int[] numbers, int axes) => numbers.Length == axes ? numbers : [.. Enumerable.Repeat(numbers[0], axes)];
}
