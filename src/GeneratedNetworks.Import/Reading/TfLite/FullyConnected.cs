using GeneratedNetworks.Import.Reading.Functions;

namespace GeneratedNetworks.Import.Reading.TfLite;

/// <summary>FULLY_CONNECTED: rows of as many elements as the weights [out, in] have columns.</summary>
internal static class FullyConnected
{
    public static Tensor Apply(TfLiteCall call)
    {
        Tensor value = call.Input(0);
        Tensor weights = call.Input(1);
        var options = call.Options(8);
        if ((options?.Byte(1) ?? 0) != 0)
            throw call.Error("its weights are shuffled");
        if (weights.Rank != 2 || weights.Shape[1] == 0 || value.Count % weights.Shape[1] != 0)
            throw call.Error($"weights of shape {weights.ShapeText} do not fit a value of shape {value.ShapeText}");
        (int units, int inputs) = (weights.Shape[0], weights.Shape[1]);
        int[] shape = options?.Bool(2) == true ? [.. value.Shape[..^1], units] : [value.Count / inputs, units];
        if (options?.Bool(2) == true && value.Shape[^1] != inputs)
            throw call.Error($"it keeps the axes of a value of shape {value.ShapeText}, whose last is not {inputs}");
        Tensor result = Products.MatMul(call.Scope, value.WithShape(value.Count / inputs, inputs), Products.Transpose(call.Scope, weights));
        if (call.Optional(2) is { } bias)
            result = Elementwise.Apply(call.Scope, result, call.Bias(bias, value: 0, weights: 1, units), (x, summand) => x + summand);
        return call.Activate(result.WithShape(shape), options?.Byte(0) ?? 0);
    }
}
