using System.Collections.Generic;
using System.Linq;

namespace GeneratedNetworks.Onnx.Export.Layers;

/// <summary>Layers of several inputs, with an activation behind them.</summary>
internal static class JoinWriters
{
    /// <summary>The first two, then what they make and the next.</summary>
    public static Value InPairs(LayerScope scope, string op)
    {
        AxisOrder order = AxisOrders.Common(scope.Inputs);
        string result = scope.NameOf(scope.Inputs[0], order);
        foreach (Value next in scope.Inputs.Skip(1))
            result = scope.Add(op, [result, scope.NameOf(next, order)]);
        return Activated(scope, scope.Input.Like(result, order));
    }

    /// <summary>Along the channels.</summary>
    public static Value Concat(LayerScope scope)
    {
        Value first = scope.Input;
        AxisOrder order = first.Shape.Count == 1 ? AxisOrder.ChannelsLast : AxisOrders.Common(scope.Inputs);
        List<string> parts = [.. scope.Inputs.Select(input => scope.NameOf(input, order))];
        string result = scope.Add("Concat", parts, GraphWriter.Whole("axis", order == AxisOrder.ChannelsFirst ? 1 : first.Shape.Count));
        return Activated(scope, new Value([.. first.Positions, scope.Inputs.Sum(input => input.Channels)]) { Order = order, [order] = result });
    }

    private static Value Activated(LayerScope scope, Value value) => scope.Activate(value, scope.Layer.Function("Activation"));
}
