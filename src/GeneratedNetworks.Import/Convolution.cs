namespace GeneratedNetworks.Import;

/// <summary>Which products a convolution takes.</summary>
public enum ConvolutionKind
{
    /// <summary>Every output sees all inputs of its group: weight [k.., in/groups, out].</summary>
    Full,

    /// <summary>Every output sees one input: weight [k.., in, multiplier].</summary>
    Depthwise,

    /// <summary>Every input spreads over the outputs around it: weight [k.., out, in].</summary>
    Transposed,
}

/// <summary>A window that slides over one or two axes.</summary>
/// <param name="Kernel">Elements that it sees along each axis.</param>
/// <param name="Strides">From one position to the next.</param>
/// <param name="Dilations">From one element that it sees to the next.</param>
/// <param name="Pads">How far it reaches beyond the value: before along each axis, then after.</param>
public sealed record WindowShape(IReadOnlyList<int> Kernel, IReadOnlyList<int> Strides, IReadOnlyList<int> Dilations, IReadOnlyList<int> Pads)
{
    /// <summary>1 for signals, 2 for images.</summary>
    public int Axes => Kernel.Count;

    /// <summary>How many elements the window spans along an axis.</summary>
    public long Span(int axis) => ((Kernel[axis] - 1L) * Dilations[axis]) + 1;

    /// <summary>A window with no border.</summary>
    public static WindowShape Of(IReadOnlyList<int> kernel, IReadOnlyList<int>? strides = null, IReadOnlyList<int>? dilations = null) =>
        new(kernel, strides ?? [.. kernel.Select(_ => 1)], dilations ?? [.. kernel.Select(_ => 1)], new int[2 * kernel.Count]);

    /// <summary>
    /// The border by which there are ⌈n/stride⌉ positions: TensorFlow's "same", ONNX's SAME_UPPER; where it is odd along an axis, the larger part is behind.
    /// </summary>
    /// <param name="input">The extents that it slides over; what follows them is not read.</param>
    /// <param name="oddBefore">ONNX's SAME_LOWER: the larger part is in front.</param>
    public WindowShape Same(IReadOnlyList<int> input, bool oddBefore = false)
    {
        int[] pads = new int[2 * Axes];
        for (int axis = 0; axis < Axes; axis++)
        {
            long positions = (input[axis] + Strides[axis] - 1L) / Strides[axis];
            long total = Math.Max(0, ((positions - 1) * Strides[axis]) + Span(axis) - input[axis]);
            long small = total / 2;
            (long before, long after) = oddBefore ? (total - small, small) : (small, total - small);
            pads[axis] = (int)Math.Min(before, int.MaxValue);
            pads[axis + Axes] = (int)Math.Min(after, int.MaxValue);
        }

        return this with { Pads = pads };
    }

    /// <summary>How many positions there are along an axis; 0 or less where the window does not fit.</summary>
    public long Positions(int axis, int input, bool ceil)
    {
        long room = input + (long)Pads[axis] + Pads[axis + Axes] - Span(axis);
        if (room < 0)
            return 0;
        long positions = (room / Strides[axis]) + 1;
        return ceil && room % Strides[axis] > 0 && positions * Strides[axis] < (long)input + Pads[axis] ? positions + 1 : positions;
    }

    /// <summary>The same with a border of zeros around the value, which the window reaches over.</summary>
    public WindowShape Wider(IReadOnlyList<int> pads) => this with { Pads = [.. Pads.Zip(pads, (own, more) => own + more)] };
}

/// <summary>A convolution without its numbers.</summary>
/// <param name="Kind">Which products it takes.</param>
/// <param name="Window">Of a transposed one: its pads are cropped from the result.</param>
/// <param name="Inputs">Channels that it reads.</param>
/// <param name="Outputs">Channels that it gives; of a depthwise one, inputs times multiplier.</param>
/// <param name="Groups">Into how many parts the channels of a full one are divided.</param>
/// <param name="OutputPadding">Of a transposed one: elements more behind, for all axes.</param>
public sealed record Convolution(ConvolutionKind Kind, WindowShape Window, int Inputs, int Outputs, int Groups = 1, int OutputPadding = 0)
{
    /// <summary>The weight's shape.</summary>
    public IReadOnlyList<int> WeightShape => Kind switch
    {
        ConvolutionKind.Full => [.. Window.Kernel, Inputs / Groups, Outputs],
        ConvolutionKind.Depthwise => [.. Window.Kernel, Inputs, Outputs / Inputs],
        _ => [.. Window.Kernel, Outputs, Inputs],
    };

    /// <summary>How many elements there are along an axis of the result; 0 or less where the window does not fit.</summary>
    public long Extent(int axis, int input) => Kind == ConvolutionKind.Transposed
        ? ((input - 1L) * Window.Strides[axis]) + Window.Span(axis) + OutputPadding - Window.Pads[axis] - Window.Pads[axis + Window.Axes]
        : Window.Positions(axis, input, ceil: false);
}
