using System;
using System.Linq;

namespace GeneratedNetworks.Onnx.Export.Layers;

/// <summary>
/// ConvTranspose over channels first, with weights as it takes them, [in, out, kernel…]. Its pads are what is cut off; an output that goes beyond what is spread has
/// output_padding.
/// </summary>
internal static class TransposedWriter
{
    public static Value Write(LayerScope scope)
    {
        WindowAxis[] axes = WindowAxis.Read(scope.Layer, "kernel", scope.Input.Positions);
        int filters = scope.Layer.Whole("filters"), channels = scope.Input.Channels, rank = axes.Length;
        Cut[] cuts = [.. axes.Select((axis, number) => Cut.Of(scope.Layer, axis, number, rank))];
        ExportTensor weight = scope.Take([.. axes.Select(axis => axis.Kernel), filters, channels]);
        string x = scope.NameOf(scope.Input, AxisOrder.ChannelsFirst);
        string spread = scope.Graph.AddTensor(
            weight.Name, [channels, filters, .. axes.Select(axis => axis.Kernel)], Axes.Permute(weight.Values, weight.Shape, [rank + 1, rank, .. Enumerable.Range(0, rank)]));
        bool hasBias = scope.Layer.Flag("UseBias", true);
        ProtoMessage[] attributes =
        [
            GraphWriter.Wholes("kernel_shape", axes.Select(axis => axis.Kernel)),
            GraphWriter.Wholes("strides", axes.Select(axis => axis.Stride)),
            GraphWriter.Wholes("dilations", axes.Select(axis => axis.Dilation)),
            GraphWriter.Wholes("pads", cuts.Select(cut => cut.Before).Concat(cuts.Select(cut => cut.After))),
        ];
        string result;
        if (cuts.Where((cut, axis) => cut.Beyond >= Math.Max(axes[axis].Stride, axes[axis].Dilation)).Any())
        {
            // Frameworks take no output_padding of a stride or more: the zeros stand behind the operator, and the bias behind them.
            long[] pads = [.. Enumerable.Repeat(0L, rank + 4), .. cuts.Select(cut => (long)cut.Beyond)];
            result = scope.Add("Pad", [scope.Add("ConvTranspose", [x, spread], attributes), scope.Graph.AddWholes(scope.Name, "pads", pads)]);
            if (hasBias)
                result = scope.Add("Add", [result, scope.PerChannel(scope.Input, AxisOrder.ChannelsFirst, filters)]);
        }
        else
        {
            string[] arguments = hasBias ? [x, spread, scope.Parameter(filters)] : [x, spread];
            result = scope.Add("ConvTranspose", arguments, [.. attributes, .. cuts.Any(cut => cut.Beyond > 0) ? [GraphWriter.Wholes("output_padding", cuts.Select(cut => cut.Beyond))] : (ProtoMessage[])[]]);
        }

        Value value = new([.. cuts.Select(cut => cut.Output), filters]) { Order = AxisOrder.ChannelsFirst, [AxisOrder.ChannelsFirst] = result };
        return scope.Activate(value, scope.Layer.Function());
    }

    /// <summary>What is left of an axis.</summary>
    /// <param name="Before">Cut off in front.</param>
    /// <param name="After">Cut off behind.</param>
    /// <param name="Beyond">Added behind.</param>
    /// <param name="Output">The length then.</param>
    private sealed record Cut(int Before, int After, int Beyond, int Output)
    {
        /// <summary>Keras' for a padding, PyTorch's where pads say what is cut off.</summary>
        public static Cut Of(ExportLayer layer, WindowAxis axis, int number, int rank)
        {
            int full = ((axis.Input - 1) * axis.Stride) + axis.Span, more = Math.Max(axis.Span - axis.Stride, 0), beyond = layer.Whole("OutputPadding", 0);
            (int before, int output) = layer.Wholes("Pads") is { } pads ? (pads[2 * number], full - pads[2 * number] - pads[(2 * number) + 1] + beyond)
                : layer.Choice("Padding", Padding.Valid) == Padding.Same ? (more / 2, axis.Input * axis.Stride)
                : (0, (axis.Input * axis.Stride) + more + beyond);
            int behind = full - before - output;
            return new Cut(before, Math.Max(behind, 0), Math.Max(-behind, 0), output);
        }
    }
}
