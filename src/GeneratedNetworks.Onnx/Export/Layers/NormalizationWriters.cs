using System;

namespace GeneratedNetworks.Onnx.Export.Layers;

/// <summary>What subtracts a mean and divides by a deviation, each of a channel.</summary>
internal static class NormalizationWriters
{
    /// <summary>Sub and Div, and Clip behind them where there is a limit.</summary>
    public static Value Normalize(LayerScope scope)
    {
        AxisOrder order = scope.OrderOf(scope.Input);
        Value value = scope.Map(scope.Input, order, x => scope.Add("Sub", [x, scope.PerChannel(scope.Input, order)]));
        value = scope.Map(value, order, x => scope.Add("Div", [x, scope.PerChannel(scope.Input, order)]));
        double limit = scope.Layer.Real("Clip", 0);
        return limit == 0 ? value : scope.Clip(value, -limit, limit);
    }

    /// <summary>BatchNormalization, which takes channels first, by the moving averages. A scale or offset that the layer lacks is written as ones or zeros.</summary>
    /// <remarks>
    /// Epsilon is a 32-bit number there. What that takes from it is added to the variances of a network in double, so that their sum is what it was.
    /// </remarks>
    public static Value BatchNorm(LayerScope scope)
    {
        int channels = scope.Input.Channels;
        double epsilon = scope.Layer.Real("Epsilon", 1e-5);
        AxisOrder order = scope.Input.Shape.Count > 1 ? AxisOrder.ChannelsFirst : AxisOrder.ChannelsLast;
        string x = scope.NameOf(scope.Input, order);
        string scale = scope.Layer.Flag("UseScale", true) ? scope.Parameter(channels) : scope.Constant("scale", [channels], 1);
        string offset = scope.Layer.Flag("UseOffset", true) ? scope.Parameter(channels) : scope.Constant("offset", [channels], 0);
        string mean = scope.Parameter(channels);
        ExportTensor variance = scope.Take([channels]);
        double lost = scope.IsDouble ? epsilon - (float)epsilon : 0;
        string sums = scope.Graph.AddTensor(variance.Name, variance.Shape, Array.ConvertAll(variance.Values, value => value + lost));
        return scope.Input.Like(scope.Add("BatchNormalization", [x, scale, offset, mean, sums], GraphWriter.Real("epsilon", epsilon)), order);
    }
}
