using System.Collections.Generic;
using System.Linq;

namespace GeneratedNetworks.Onnx.Export.Layers;

/// <summary>
/// Gemm of all of a value, or MatMul of each step. Where the value lies with its channels first, as a convolution leaves it, the rows of the weights are
/// written in that order, and nothing is transposed.
/// </summary>
internal static class DenseWriter
{
    public static Value Write(LayerScope scope) => scope.Activate(
        scope.Layer.Flag("PerStep", false) && scope.Input.Shape.Count > 1 ? PerStep(scope) : Flat(scope), scope.Layer.Function());

    private static Value Flat(LayerScope scope)
    {
        int units = scope.Layer.Whole("units");
        Value row = AxisOrders.Flatten(scope.Input);
        string name = scope.NameOf(row, row.Order);
        ExportTensor weight = scope.Take([row.Channels, units]);
        double[] values = row.Order == AxisOrder.ChannelsFirst && row.Unflattened is { } shape
            ? Axes.Permute(weight.Values, [.. shape, units], [shape.Count - 1, .. Enumerable.Range(0, shape.Count - 1), shape.Count])
            : weight.Values;
        List<string> arguments = [name, scope.Graph.AddTensor(weight.Name, weight.Shape, values)];
        if (HasBias(scope))
            arguments.Add(scope.Parameter(units));
        return new Value([units]) { [AxisOrder.ChannelsLast] = scope.Add("Gemm", arguments) };
    }

    private static Value PerStep(LayerScope scope)
    {
        int units = scope.Layer.Whole("units");
        string result = scope.Add("MatMul", [scope.NameOf(scope.Input, AxisOrder.ChannelsLast), scope.Parameter(scope.Input.Channels, units)]);
        if (HasBias(scope))
            result = scope.Add("Add", [result, scope.Parameter(units)]);
        return new Value([.. scope.Input.Positions, units]) { [AxisOrder.ChannelsLast] = result };
    }

    private static bool HasBias(LayerScope scope) => scope.Layer.Flag("UseBias", true);
}
