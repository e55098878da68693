using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using GeneratedNetworks.Generator.Issues;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Operations;

namespace GeneratedNetworks.Generator.Layers;

/// <summary>What an attribute says of a window: it becomes a <see cref="Window"/> once the shape is known that it slides over.</summary>
/// <param name="Kernel">Elements that it sees, for each axis.</param>
/// <param name="Strides">From one position to the next.</param>
/// <param name="Dilations">From one element that it sees to the next.</param>
/// <param name="Padding">How far it reaches beyond the value, where <paramref name="Pads"/> does not say so.</param>
/// <param name="Pads">Elements before each axis in order, then those after, or none. An attribute has them axis by axis.</param>
/// <param name="CeilMode">Whether a last position that is not whole counts.</param>
internal sealed record WindowSpec(
    EquatableArray<int> Kernel, EquatableArray<int> Strides, EquatableArray<int> Dilations, Padding Padding, EquatableArray<int> Pads, bool CeilMode)
{
    /// <summary>1 for signals, 2 for images.</summary>
    public int Axes => Kernel.Count;

    /// <summary>The arguments of an attribute with a window.</summary>
    /// <param name="hasDilation">Whether it can leave elements out.</param>
    public static IEnumerable<ArgumentSchema> Arguments(bool hasDilation)
    {
        yield return ArgumentSchema.Whole("Stride", 1);
        yield return ArgumentSchema.OptionalSizes("Strides");
        if (hasDilation)
        {
            yield return ArgumentSchema.Whole("Dilation", 1);
            yield return ArgumentSchema.OptionalSizes("Dilations");
        }

        yield return ArgumentSchema.Choice("Padding", Padding.Valid);
        yield return ArgumentSchema.OptionalSizes("Pads") with { Range = ArgumentRange.Counts };
    }

    /// <param name="arguments">The attribute's.</param>
    /// <param name="kernel">What it calls the size.</param>
    /// <param name="axes">1 or 2.</param>
    /// <param name="defaultStride">The stride where none is given; null for the size itself.</param>
    /// <param name="hasDilation">Whether it can leave elements out.</param>
    public static WindowSpec Read(LayerArguments arguments, string kernel, int axes, int? defaultStride = 1, bool hasDilation = true)
    {
        EquatableArray<int> sizes = arguments.Extents(kernel, axes);
        EquatableArray<int> strides = OneOrEach("Stride", "Strides", defaultStride is { } usual ? Same(usual) : sizes);
        EquatableArray<int> dilations = hasDilation ? OneOrEach("Dilation", "Dilations", Same(1)) : Same(1);
        Padding padding = arguments.Choice<Padding>("Padding");
        if (padding == Padding.Causal && axes > 1)
            arguments.Report(IssueIds.WindowArguments, arguments.Name, "is causal, and only a signal has an order in time: write Padding = Padding.Same, or Pads");
        EquatableArray<int> pads = default;
        if (arguments.Has("Pads"))
        {
            pads = new(arguments.Sizes("Pads"));
            if (arguments.Has("Padding"))
                arguments.Report(IssueIds.WindowArguments, arguments.Name, "has both Padding and Pads, which say the same: remove one of them");
            else if (pads.Count != 2 * axes)
                arguments.Report(IssueIds.WindowArguments, arguments.Name, $"takes {(axes == 1 ? "two Pads, before and after" : "four Pads, top, bottom, left and right")}, and has {Text(pads.Count)}");
            pads = pads.Count != 2 * axes ? new(Enumerable.Repeat(0, 2 * axes)) : new(pads.Where((_, i) => i % 2 == 0).Concat(pads.Where((_, i) => i % 2 == 1)));
        }

        return new(sizes, strides, dilations, padding, pads, arguments.Has("CeilMode") && arguments.Flag("CeilMode"));

        EquatableArray<int> Same(int value) => new(Enumerable.Repeat(value, axes));

        EquatableArray<int> OneOrEach(string one, string each, EquatableArray<int> otherwise)
        {
            if (arguments.Has(one) && arguments.Has(each))
                arguments.Report(IssueIds.WindowArguments, arguments.Name, $"has both {one} and {each}, which say the same: remove one of them");
            return arguments.Has(each) ? arguments.Extents(each, axes) : arguments.Has(one) ? Same(arguments.Int(one)) : otherwise;
        }
    }

    /// <summary>What is wrong with a shape, or null.</summary>
    public LayerFault? FaultOn(Shape input, string layer)
    {
        if (FaultOfAxes(input, layer) is { } fault)
            return fault;
        for (int axis = 0; axis < Axes; axis++)
        {
            Axis along = Along(axis, input);
            if (along.Padded < along.Span || along.Output < 1)
            {
                string reach = along.Span == along.Kernel ? "a window of" : "a dilated window of";
                string around = along.IsPadded ? $" and {Text(along.Before + along.After)} around them" : string.Empty;
                return new(IssueIds.WindowDoesNotFit, layer, $"{reach} {Text(along.Span)}", Name(axis), $"{Text(along.Input)}{around}");
            }
        }

        return null;
    }

    /// <summary>What is wrong with the number of a shape's axes, or null.</summary>
    public LayerFault? FaultOfAxes(Shape input, string layer) => input.Dimensions.Count == Axes + 1
        ? null
        : new(IssueIds.ShapesDoNotFit, layer, $"takes {(Axes == 1 ? "a signal, [time, features]" : "an image, [height, width, channels]")}, and reads {input}")
        {
            Remedy = "write Reshape before it",
            Axes = Axes + 1,
        };

    /// <summary>The window over a shape.</summary>
    public Window On(Shape input) => Axes == 1 ? new(Axis.None, Along(0, input)) : new(Along(0, input), Along(1, input));

    /// <summary>The shape of one channel's results.</summary>
    public Shape OutputOf(Shape input, int channels) => new(new EquatableArray<int>(Enumerable.Range(0, Axes).Select(axis => Along(axis, input).Output).Append(channels)));

    /// <summary>Why it cannot go on from frame to frame, or null. What it needs from outside its own steps is before it already.</summary>
    public string? FaultInStream() => Axes != 1 ? "looks over time as over height: a stream takes Conv1D"
        : Strides[0] > 1 ? $"leaves out steps (stride {Text(Strides[0])}), which changes the rate of frames: write Stride = 1"
        : null;

    /// <summary>Over the frames that it sees, one behind the other.</summary>
    public WindowSpec OfFrame() => this with { Dilations = new(Enumerable.Repeat(1, Axes)) };

    public string Name(int axis) => Axes == 1 ? "time" : axis == 0 ? "height" : "width";

    private Axis Along(int axis, Shape shape)
    {
        int input = shape.Dimensions[axis], kernel = Kernel[axis], stride = Strides[axis], dilation = Dilations[axis];
        long reach = (kernel - 1L) * dilation;
        (long before, long after) = (0, 0);
        if (Pads.Count > 0)
        {
            (before, after) = (Pads[axis], Pads[axis + Axes]);
        }
        else if (Padding == Padding.Same)
        {
            // ⌈n / s⌉ positions; where the number of elements around is odd, there is one more behind than in front.
            long total = Math.Max(0, (((input + stride - 1L) / stride - 1) * stride) + reach + 1 - input);
            (before, after) = (total / 2, total - (total / 2));
        }
        else if (Padding == Padding.Causal)
        {
            before = reach;
        }

        if (before + after + input > int.MaxValue / 4 || reach > int.MaxValue / 4)
            return new(input, kernel, stride, dilation, 0, 0, 0);
        long room = input + before + after - reach - 1;
        long positions = room < 0 ? 0 : (room / stride) + 1;
        if (CeilMode && room >= 0 && room % stride > 0 && positions * stride < input + before)
            positions++;
        return new(input, kernel, stride, dilation, (int)before, (int)after, (int)positions);
    }

    private static string Text(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
