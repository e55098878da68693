using System.Linq;

namespace GeneratedNetworks.Onnx.Export.Layers;

/// <summary>The same numbers in another shape, as they lie in ours.</summary>
internal static class ReshapeWriter
{
    public static Value Write(LayerScope scope)
    {
        int[] shape = scope.Layer.Wholes("shape")!;
        if (shape.SequenceEqual(scope.Input.Shape))
            return scope.Input;
        if (shape.Length == 1)
            return AxisOrders.Flatten(scope.Input);
        string extents = scope.Graph.AddWholes(scope.Name, "shape", [-1, .. shape.Select(extent => (long)extent)]);
        return new Value(shape) { [AxisOrder.ChannelsLast] = scope.Add("Reshape", [scope.NameOf(scope.Input, AxisOrder.ChannelsLast), extents]) };
    }
}
