using System.Collections.Generic;
using System.Linq;

namespace GeneratedNetworks.Onnx.Export.Layers;

/// <summary>
/// Pools over channels first, with the padding in numbers. A last window that is not whole is written as padding, too, and not as <c>ceil_mode</c>, which some
/// runtimes ignore and others count in another way: elements around the value are neither the largest nor, unless they are counted, part of a mean.
/// </summary>
internal static class PoolWriter
{
    public static Value Max(LayerScope scope)
    {
        WindowAxis[] axes = Read(scope);
        return Write(scope, "MaxPool", axes, scope.NameOf(scope.Input, AxisOrder.ChannelsFirst), WindowAxis.Pads(axes));
    }

    public static Value Average(LayerScope scope)
    {
        WindowAxis[] axes = Read(scope);
        string x = scope.NameOf(scope.Input, AxisOrder.ChannelsFirst);
        if (!scope.Layer.Flag("CountPadding", false) || axes.All(axis => axis.Before + axis.After == 0))
            return Write(scope, "AveragePool", axes, x, WindowAxis.Pads(axes));
        if (axes.All(axis => axis.Beyond == 0))
            return Write(scope, "AveragePool", axes, x, WindowAxis.Pads(axes), GraphWriter.Whole("count_include_pad", 1));

        // Padding counts, and what the last window reaches beyond it does not: the padding becomes a part of the value.
        long[] pads = [0, 0, .. axes.Select(axis => (long)axis.Before), 0, 0, .. axes.Select(axis => (long)axis.After)];
        string padded = scope.Add("Pad", [x, scope.Graph.AddWholes(scope.Name, "pads", pads)]);
        ProtoMessage beyond = WindowAxis.Pads([.. axes.Select(axis => axis with { Before = 0, After = 0 })]);
        return Write(scope, "AveragePool", axes, padded, beyond);
    }

    /// <summary>All positions: the operator for channels first where it was computed so, otherwise a reduction over the axes as they lie.</summary>
    public static Value Global(LayerScope scope, string op, string reduction)
    {
        Value value = scope.Input;
        if (value.Shape.Count == 1)
            return value;
        int rank = value.Shape.Count;
        string x = scope.NameOf(value, value.Order);
        string result = value.Order == AxisOrder.ChannelsLast || scope.IsDouble
            ? scope.Graph.Reduce(reduction, scope.Name, x, [.. Enumerable.Range(value.Order == AxisOrder.ChannelsFirst ? 2 : 1, rank - 1)], keepsAxes: false)
            : scope.Add("Flatten", [scope.Add(op, [x])], GraphWriter.Whole("axis", 1));
        return new Value([value.Channels]) { [AxisOrder.ChannelsLast] = result };
    }

    private static WindowAxis[] Read(LayerScope scope) => WindowAxis.Read(scope.Layer, "size", scope.Input.Positions, isPool: true);

    private static Value Write(LayerScope scope, string op, IReadOnlyList<WindowAxis> axes, string x, params ProtoMessage[] pads)
    {
        string result = scope.Add(
            op, [x], [GraphWriter.Wholes("kernel_shape", axes.Select(axis => axis.Kernel)), GraphWriter.Wholes("strides", axes.Select(axis => axis.Stride)), .. pads]);
        return new Value([.. axes.Select(axis => axis.Output), scope.Input.Channels]) { Order = AxisOrder.ChannelsFirst, [AxisOrder.ChannelsFirst] = result };
    }
}
