namespace GeneratedNetworks.Onnx.Export.Layers;

/// <summary>PRelu; in double, which ONNX Runtime has no PRelu for, max(x, 0) + slope·min(x, 0).</summary>
internal static class SlopeWriter
{
    public static Value Write(LayerScope scope)
    {
        AxisOrder order = scope.OrderOf(scope.Input);
        string slope = scope.PerChannel(scope.Input, order, scope.Layer.Flag("Shared", false) ? 1 : null);
        string zero = scope.IsDouble ? scope.Graph.Number(0) : "";
        return scope.Map(scope.Input, order, x => scope.IsDouble
            ? scope.Add("Add", [scope.Add("Max", [x, zero]), scope.Add("Mul", [scope.Add("Min", [x, zero]), slope])])
            : scope.Add("PRelu", [x, slope]));
    }
}
