using GeneratedNetworks.Generator.Emit.Library;
using GeneratedNetworks.Generator.Operations;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit.Simd;

/// <summary>Normalization of layers, and rectifiers with slopes of their own.</summary>
internal static class SimdNorms
{
    /// <returns>Whether it is such an operation.</returns>
    public static bool Write(CSharpWriter writer, SimdCalls calls, Operation operation)
    {
        switch (operation)
        {
            case LayerNormalize norm:
                calls.Call(writer, LayerNormUnits.Name(norm.Scale is not null, norm.Offset is not null), calls.TypesOf(norm.Width),
                    [calls.At(norm.Input), Number("fromStride", norm.Input.Stride), .. Parameters(norm.Scale, norm.Offset), calls.At(norm.Output), Number("toStride", norm.Output.Stride),
                     .. Runs(calls, norm.Input, norm.Width, norm.Epsilon), "rows"]);
                return true;
            case LayerNormalizeBackward norm:
                calls.Call(writer, LayerNormUnits.Name(norm.Scale is not null, false, "Backward"), calls.TypesOf(norm.Width),
                    [calls.At(norm.Input), Number("xStride", norm.Input.Stride), calls.At(norm.OutputGradient), .. Parameters(norm.Scale, null), calls.At(norm.InputGradient),
                     Number("stride", norm.InputGradient.Stride), .. Runs(calls, norm.Input, norm.Width, norm.Epsilon), "rows"]);
                return true;
            case LayerNormalizeGradient norm:
                string[] gradients = [.. norm.Scale is null ? new string[0] : [SimdCalls.Gradient(Places.Of(norm.Scale))], .. norm.Offset is null ? new string[0] : [SimdCalls.Gradient(Places.Of(norm.Offset))]];
                calls.Call(writer, LayerNormUnits.Name(norm.Scale is not null, norm.Offset is not null, "Gradient"), calls.TypesOf(norm.Width),
                    [calls.At(norm.Input), Number("xStride", norm.Input.Stride), calls.At(norm.OutputGradient), Number("stride", norm.OutputGradient.Stride), .. gradients,
                     .. Runs(calls, norm.Input, norm.Width, norm.Epsilon), "rows", "scale", "add"]);
                return true;
            case ParametricRelu { Slope.Shape.Count: 1 } slope:
                calls.Call(writer, SlopeUnits.SharedForward, "W, V", calls.At(slope.Input), Value(slope.Slope), calls.At(slope.Output), SimdCalls.Elements(slope.Output));
                return true;
            case ParametricReluBackward { Slope.Shape.Count: 1 } slope:
                calls.Call(writer, SlopeUnits.SharedBackward, "W, V", calls.At(slope.Input), Value(slope.Slope), calls.At(slope.OutputGradient), calls.At(slope.InputGradient),
                    SimdCalls.Elements(slope.InputGradient));
                return true;
            case ParametricReluGradient { Slope.Shape.Count: 1 } slope:
                calls.Call(writer, SlopeUnits.SharedGradient, null, calls.At(slope.Input), calls.At(slope.OutputGradient), Number("stride", slope.Input.Stride),
                    Number("width", slope.Input.Width), SimdCalls.Gradient(Places.Of(slope.Slope)), "rows", "scale", "add");
                return true;
            case ParametricRelu slope:
                calls.Call(writer, SlopeUnits.Forward, calls.TypesOf(slope.Slope.Shape.Count), calls.At(slope.Input), SimdCalls.Parameter(Places.Of(slope.Slope)), calls.At(slope.Output),
                    Number("stride", slope.Output.Stride), Number("channels", slope.Slope.Shape.Count), Number("width", slope.Output.Width), "rows");
                return true;
            case ParametricReluBackward slope:
                calls.Call(writer, SlopeUnits.Backward, calls.TypesOf(slope.Slope.Shape.Count), calls.At(slope.Input), SimdCalls.Parameter(Places.Of(slope.Slope)),
                    calls.At(slope.OutputGradient), calls.At(slope.InputGradient), Number("stride", slope.InputGradient.Stride), Number("channels", slope.Slope.Shape.Count),
                    Number("width", slope.InputGradient.Width), "rows");
                return true;
            case ParametricReluGradient slope:
                calls.Call(writer, SlopeUnits.Gradient, calls.TypesOf(slope.Slope.Shape.Count), calls.At(slope.Input), calls.At(slope.OutputGradient), Number("stride", slope.Input.Stride),
                    Number("channels", slope.Slope.Shape.Count), Number("width", slope.Input.Width), SimdCalls.Gradient(Places.Of(slope.Slope)), "rows", "scale", "add");
                return true;
            default:
                return false;
        }
    }

    private static string[] Parameters(ParameterBlock? scale, ParameterBlock? offset) =>
        [.. scale is null ? new string[0] : [SimdCalls.Parameter(Places.Of(scale))], .. offset is null ? new string[0] : [SimdCalls.Parameter(Places.Of(offset))]];

    private static string[] Runs(SimdCalls calls, Tensor input, int width, double epsilon) =>
        [Number("width", width), Number("count", input.Width / width), $"epsilon: {calls.Literal(epsilon)}"];

    /// <summary>The only element of a block.</summary>
    private static string Value(ParameterBlock block) => SimdCalls.Parameter(Places.Of(block)).Substring("ref ".Length);

    private static string Number(string name, int value) => $"{name}: {SimdCalls.Text(value)}";
}
