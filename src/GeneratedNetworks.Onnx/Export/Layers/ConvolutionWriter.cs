using System.Collections.Generic;
using System.Linq;

namespace GeneratedNetworks.Onnx.Export.Layers;

/// <summary>Conv over channels first, with weights as it takes them, [out, in / groups, kernel…], and the padding in numbers.</summary>
internal static class ConvolutionWriter
{
    public static Value Write(LayerScope scope)
    {
        WindowAxis[] axes = WindowAxis.Read(scope.Layer, "kernel", scope.Input.Positions);
        int filters = scope.Layer.Whole("filters"), groups = scope.Layer.Whole("Groups", 1), rank = axes.Length;
        ExportTensor weight = scope.Take([.. axes.Select(axis => axis.Kernel), scope.Input.Channels / groups, filters]);
        return Write(scope, axes, weight, [rank + 1, rank, .. Enumerable.Range(0, rank)], [filters, scope.Input.Channels / groups], groups);
    }

    /// <summary>As many groups as channels.</summary>
    public static Value Depthwise(LayerScope scope)
    {
        WindowAxis[] axes = WindowAxis.Read(scope.Layer, "kernel", scope.Input.Positions);
        int channels = scope.Input.Channels, multiplier = scope.Layer.Whole("Multiplier", 1), rank = axes.Length;
        ExportTensor weight = scope.Take([.. axes.Select(axis => axis.Kernel), channels, multiplier]);
        return Write(scope, axes, weight, [rank, rank + 1, .. Enumerable.Range(0, rank)], [channels * multiplier, 1], channels);
    }

    private static Value Write(LayerScope scope, WindowAxis[] axes, ExportTensor weight, int[] order, int[] outAndIn, int groups)
    {
        int[] shape = [.. outAndIn, .. axes.Select(axis => axis.Kernel)];
        List<string> arguments =
        [
            scope.NameOf(scope.Input, AxisOrder.ChannelsFirst),
            scope.Graph.AddTensor(weight.Name, shape, Axes.Permute(weight.Values, weight.Shape, order)),
        ];
        if (scope.Layer.Flag("UseBias", true))
            arguments.Add(scope.Parameter(outAndIn[0]));
        string result = scope.Add(
            "Conv",
            arguments,
            GraphWriter.Wholes("kernel_shape", axes.Select(axis => axis.Kernel)),
            GraphWriter.Wholes("strides", axes.Select(axis => axis.Stride)),
            GraphWriter.Wholes("dilations", axes.Select(axis => axis.Dilation)),
            WindowAxis.Pads(axes),
            GraphWriter.Whole("group", groups));
        Value value = new([.. axes.Select(axis => axis.Output), outAndIn[0]]) { Order = AxisOrder.ChannelsFirst, [AxisOrder.ChannelsFirst] = result };
        return scope.Activate(value, scope.Layer.Function());
    }
}
