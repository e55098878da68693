using GeneratedNetworks.Import.Reading.Functions;

namespace GeneratedNetworks.Import.Reading.Onnx;

/// <summary>Convolutions of values [samples, channels, positions…], along any number of axes.</summary>
internal static class ConvolutionRules
{
    public static readonly IReadOnlyDictionary<string, OnnxRule> Table = new Dictionary<string, OnnxRule>(StringComparer.Ordinal)
    {
        ["Conv"] = OnnxRule.Of(call => Convolution(call, call.Input(0), call.Input(1), call.Optional(2))),
        ["ConvTranspose"] = OnnxRule.Of(Transposed),
    };

    /// <summary>The weights are [results, channels of a group, taps…].</summary>
    public static Tensor Convolution(OnnxCall call, Tensor value, Tensor weight, Tensor? bias)
    {
        Check(call, value, weight);
        WindowAxis[] axes = OnnxWindows.Of(call, value.Shape[2..], Kernel(call, weight));
        Tensor kernel = Shapes.Transpose(call.Scope, weight, [.. Enumerable.Range(2, weight.Rank - 2), 1, 0]);
        return Plus(call, Convolutions.Apply(call.Scope, value, kernel, axes, call.Int("group", 1), channelsLast: false), bias);
    }

    /// <summary>The weights are [channels, results of a group, taps…].</summary>
    private static Tensor Transposed(OnnxCall call)
    {
        (Tensor value, Tensor weight) = (call.Input(0), call.Input(1));
        Check(call, value, weight);
        WindowAxis[] axes = OnnxWindows.Transposed(call, value.Shape[2..], Kernel(call, weight));
        Tensor kernel = Shapes.Transpose(call.Scope, weight, [.. Enumerable.Range(2, weight.Rank - 2), 0, 1]);
        return Plus(call, Convolutions.Transposed(call.Scope, value, kernel, axes, call.Int("group", 1), channelsLast: false), call.Optional(2));
    }

    private static void Check(OnnxCall call, Tensor value, Tensor weight)
    {
        if (value.Rank < 3 || weight.Rank != value.Rank)
            throw call.Error($"weights of shape {weight.ShapeText} do not fit a value of shape {value.ShapeText}");
    }

    /// <summary>The taps are those of the weights, whether they are named or not.</summary>
    private static long[] Kernel(OnnxCall call, Tensor weight)
    {
        long[] taps = [.. weight.Shape[2..].Select(extent => (long)extent)];
        return call.Ints("kernel_shape") is not { Count: > 0 } named || named.SequenceEqual(taps)
            ? taps
            : throw call.Error($"its kernel_shape [{string.Join(", ", named.Take(16))}] is not that of weights of shape {weight.ShapeText}");
    }

    private static Tensor Plus(OnnxCall call, Tensor value, Tensor? bias) => bias is null ? value : Convolutions.AddBias(call.Scope, value, bias, channelsLast: false);
}
