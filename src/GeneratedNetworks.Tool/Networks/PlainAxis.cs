using GeneratedNetworks.Import;

namespace GeneratedNetworks.Tool.Networks;

/// <summary>One axis that a window slides over: position p sees the elements p·Stride + k·Dilation − Before.</summary>
/// <param name="Input">Elements of the value.</param>
/// <param name="Kernel">How many the window sees.</param>
/// <param name="Stride">From one position to the next.</param>
/// <param name="Dilation">From one element that it sees to the next.</param>
/// <param name="Before">How far the window may reach in front of the value, or what a transposed convolution cuts off there.</param>
/// <param name="After">The same behind.</param>
/// <param name="Output">Positions, or elements of a transposed convolution's output.</param>
internal readonly record struct PlainAxis(int Input, int Kernel, int Stride, int Dilation, int Before, int After, int Output)
{
    private static PlainAxis None { get; } = new(1, 1, 1, 1, 0, 0, 1);

    /// <summary>Rows and columns of a convolution's or a pool's window; a signal has one row.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="size">What it calls the window's size.</param>
    /// <param name="value">What the window slides over.</param>
    /// <param name="isPool">Whether the window moves by its size where nothing else is said.</param>
    public static (PlainAxis Rows, PlainAxis Columns) Sliding(ImportedLayer layer, string size, PlainValue value, bool isPool) =>
        Each(layer, size, value, isPool, axis => axis with { Output = axis.Positions(layer.Get("CeilMode", false)) });

    /// <summary>The same of a transposed convolution: Keras' lengths and crops by <c>Padding</c>, PyTorch's by <c>Pads</c>.</summary>
    public static (PlainAxis Rows, PlainAxis Columns) Spreading(ImportedLayer layer, PlainValue value)
    {
        bool hasPads = ImportedArguments.Extents(layer, "Pads", 1) is not null;
        bool isSame = layer.Get("Padding", Padding.Valid) == Padding.Same;
        int more = layer.Get("OutputPadding", 0);
        return Each(layer, "kernel", value, false, axis =>
        {
            int span = axis.Span;
            if (hasPads)
                return axis with { Output = ((axis.Input - 1) * axis.Stride) + span - axis.Before - axis.After + more };
            int beyond = Math.Max(span - axis.Stride, 0);
            return isSame
                ? axis with { Before = beyond / 2, Output = axis.Input * axis.Stride }
                : axis with { Before = 0, Output = (axis.Input * axis.Stride) + beyond + more };
        });
    }

    private int Span => ((Kernel - 1) * Dilation) + 1;

    /// <summary>The element that a position sees at a place of the kernel; it may lie outside.</summary>
    public int At(int position, int place) => (position * Stride) + (place * Dilation) - Before;

    public bool IsInside(int element) => element >= 0 && element < Input;

    /// <summary>Whether an element is one of the value or of what is put around it.</summary>
    public bool IsPadded(int element) => element >= -Before && element < Input + After;

    private int Positions(bool isCeil)
    {
        int room = Input + Before + After - Span;
        if (!isCeil)
            return (room / Stride) + 1;

        // A last window that would begin behind the value and what is before it is none.
        int positions = ((room + Stride - 1) / Stride) + 1;
        return (positions - 1) * Stride >= Input + Before ? positions - 1 : positions;
    }

    private static (PlainAxis Rows, PlainAxis Columns) Each(ImportedLayer layer, string size, PlainValue value, bool isPool, Func<PlainAxis, PlainAxis> complete)
    {
        int axes = value.Shape.Count - 1;
        int[] kernel = ImportedArguments.Extents(layer, size, axes)!;
        int[] ones = [.. kernel.Select(_ => 1)];
        int[] strides = OneOrEach("Stride") ?? (isPool ? kernel : ones);
        int[] dilations = OneOrEach("Dilation") ?? ones;
        int[]? pads = ImportedArguments.Extents(layer, "Pads", 2 * axes);
        Padding padding = layer.Get("Padding", Padding.Valid);
        PlainAxis[] all = [.. Enumerable.Range(0, axes).Select(axis => complete(Around(new(value.Shape[axis], kernel[axis], strides[axis], dilations[axis], 0, 0, 0), axis)))];
        return axes == 1 ? (None, all[0]) : (all[0], all[1]);

        // A pool's stride of 0 is the one that is left out.
        int[]? OneOrEach(string name) => ImportedArguments.Extents(layer, name + "s", axes) ?? (layer.Get(name, 0) > 0 ? ImportedArguments.Extents(layer, name, axes) : null);

        PlainAxis Around(PlainAxis axis, int number)
        {
            if (pads is not null)
                return axis with { Before = pads[2 * number], After = pads[(2 * number) + 1] };
            if (padding == Padding.Causal)
                return axis with { Before = axis.Span - 1 };
            if (padding != Padding.Same)
                return axis;
            int positions = (axis.Input + axis.Stride - 1) / axis.Stride;
            int total = Math.Max(((positions - 1) * axis.Stride) + axis.Span - axis.Input, 0);
            return axis with { Before = total / 2, After = total - (total / 2) };
        }
    }
}
