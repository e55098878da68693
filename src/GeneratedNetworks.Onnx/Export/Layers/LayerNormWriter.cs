using System.Collections.Generic;
using System.Linq;

namespace GeneratedNetworks.Onnx.Export.Layers;

/// <summary>
/// LayerNormalization where the operator set has it, from 17 on, otherwise what it is made of, as exporters have written it before. In double always the latter:
/// the operator's epsilon has 32 bits.
/// </summary>
internal static class LayerNormWriter
{
    private const int FirstOpset = 17;

    public static Value Write(LayerScope scope)
    {
        double epsilon = scope.Layer.Real("Epsilon", 1e-5);
        int axes = scope.Layer.Whole("LastAxes", 1);
        int[] shape = [.. scope.Input.Shape.Skip(scope.Input.Shape.Count - axes)];
        string x = scope.NameOf(scope.Input, AxisOrder.ChannelsLast);
        bool hasScale = scope.Layer.Flag("UseScale", true), hasOffset = scope.Layer.Flag("UseOffset", true);
        if (scope.Graph.Opset >= FirstOpset && !scope.IsDouble)
        {
            List<string> arguments = [x, hasScale ? scope.Parameter(shape) : scope.Constant("scale", shape, 1)];
            if (hasOffset)
                arguments.Add(scope.Parameter(shape));
            return Result(scope, scope.Add("LayerNormalization", arguments, GraphWriter.Whole("axis", -axes), GraphWriter.Real("epsilon", epsilon)));
        }

        int[] last = [.. Enumerable.Range(-axes, axes)];
        string difference = scope.Add("Sub", [x, scope.Graph.Reduce("ReduceMean", scope.Name, x, last, keepsAxes: true)]);
        string square = scope.Add("Pow", [difference, scope.Graph.Number(2)]);
        string variance = scope.Graph.Reduce("ReduceMean", scope.Name, square, last, keepsAxes: true);
        string deviation = scope.Add("Sqrt", [scope.Add("Add", [variance, scope.Graph.Number(epsilon)])]);
        string result = scope.Add("Div", [difference, deviation]);
        if (hasScale)
            result = scope.Add("Mul", [result, scope.Parameter(shape)]);
        if (hasOffset)
            result = scope.Add("Add", [result, scope.Parameter(shape)]);
        return Result(scope, result);
    }

    private static Value Result(LayerScope scope, string name) => scope.Input.Like(name, AxisOrder.ChannelsLast);
}
