using GeneratedNetworks.Import.Reading.Functions;
using GeneratedNetworks.Import.TfLite;

namespace GeneratedNetworks.Import.Reading.TfLite;

/// <summary>Convolutions and pools of values [samples, height, width, channels].</summary>
internal static class TfLiteWindows
{
    private const int Valid = 1;

    /// <summary>Weights [results, height, width, channels of a group].</summary>
    public static Tensor Convolution(TfLiteCall call)
    {
        (Tensor value, Tensor weights) = Operands(call, 0, 1);
        FlatTable? options = call.Options(1);
        WindowAxis[] axes = Axes(call, value, weights.Shape[1..3], options, (options?.Int(5, 1) ?? 1, options?.Int(4, 1) ?? 1));
        Tensor kernel = Shapes.Transpose(call.Scope, weights, [1, 2, 3, 0]);
        long groups = weights.Shape[3] == 0 ? 0 : value.Shape[3] / weights.Shape[3];
        return Finish(call, Convolutions.Apply(call.Scope, value, kernel, axes, groups, channelsLast: true), 2, options?.Byte(3) ?? 0);
    }

    /// <summary>Weights [1, height, width, results]: as many results in a row for each channel as the options say, or as there are.</summary>
    public static Tensor Depthwise(TfLiteCall call)
    {
        (Tensor value, Tensor weights) = Operands(call, 0, 1);
        FlatTable? options = call.Options(2);
        int multiplier = options?.Int(3) ?? 0;
        if (weights.Shape[0] != 1 || (multiplier > 0 && (long)multiplier * value.Shape[3] != weights.Shape[3]))
            throw call.Error($"weights of shape {weights.ShapeText}, {multiplier} for each channel, do not fit a value of shape {value.ShapeText}");
        WindowAxis[] axes = Axes(call, value, weights.Shape[1..3], options, (options?.Int(6, 1) ?? 1, options?.Int(5, 1) ?? 1));
        Tensor kernel = weights.WithShape(weights.Shape[1], weights.Shape[2], 1, weights.Shape[3]);
        return Finish(call, Convolutions.Apply(call.Scope, value, kernel, axes, value.Shape[3], channelsLast: true), 2, options?.Byte(4) ?? 0);
    }

    /// <summary>Inputs are the result's shape, weights [results, height, width, channels], and the value. It is the way back of a convolution of the result.</summary>
    public static Tensor Transposed(TfLiteCall call)
    {
        (Tensor value, Tensor weights) = Operands(call, 2, 1);
        long[] shape = call.Whole(call.Input(0));
        FlatTable? options = call.Options(49);
        if (shape.Length != 4 || shape[0] != value.Shape[0] || shape[3] != weights.Shape[0])
            throw call.Error($"its result of shape [{string.Join(", ", shape.Take(16))}] does not fit weights of shape {weights.ShapeText} and a value of shape {value.ShapeText}");
        WindowAxis[] axes = [.. new[] { 0, 1 }.Select(i =>
        {
            WindowSteps steps = new(weights.Shape[i + 1], options?.Int(2 - i) ?? 0, 1);
            int wanted = shape[i + 1] is >= 1 and <= int.MaxValue ? (int)shape[i + 1] : throw call.Error($"its result has the shape [{string.Join(", ", shape)}]");
            WindowAxis back = options?.Byte(0) == Valid
                ? WindowAxis.Padded(call.Scope, wanted, steps, 0, 0)
                : WindowAxis.Same(call.Scope, wanted, steps);
            return back.Output == value.Shape[i + 1]
                ? back
                : throw call.Error($"its result of shape [{string.Join(", ", shape)}] does not fit a value of shape {value.ShapeText}");
        })];
        Tensor kernel = Shapes.Transpose(call.Scope, weights, [1, 2, 3, 0]);
        return Finish(call, Convolutions.Transposed(call.Scope, value, kernel, axes, 1, channelsLast: true), 3, options?.Byte(3) ?? 0);
    }

    public static Tensor MaxPool(TfLiteCall call) => Pool(call, Pools.Max);

    /// <summary>The mean of the elements inside.</summary>
    public static Tensor AveragePool(TfLiteCall call) => Pool(call, Pools.Average(call.Scope, countsPadding: false));

    private static Tensor Pool(TfLiteCall call, PoolFunction function)
    {
        Tensor value = call.Input(0);
        FlatTable options = call.Options(5) ?? throw call.Error("it names no window");
        if (value.Rank != 4)
            throw call.Error($"its value of shape {value.ShapeText} should have four axes");
        WindowAxis[] axes = Axes(call, value, [options.Int(4), options.Int(3)], options, (1, 1));
        return call.Activate(Pools.Apply(call.Scope, value, axes, channelsLast: true, function), options.Byte(5));
    }

    /// <summary>All of these options begin with the padding and the strides of width and height.</summary>
    private static WindowAxis[] Axes(TfLiteCall call, Tensor value, int[] kernel, FlatTable? options, (int Height, int Width) dilation)
    {
        WindowSteps[] steps =
        [
            new(kernel[0], options?.Int(2) ?? 0, dilation.Height),
            new(kernel[1], options?.Int(1) ?? 0, dilation.Width),
        ];
        return
        [
            .. steps.Select((along, i) => options?.Byte(0) == Valid
                ? WindowAxis.Padded(call.Scope, value.Shape[i + 1], along, 0, 0)
                : WindowAxis.Same(call.Scope, value.Shape[i + 1], along)),
        ];
    }

    private static (Tensor Value, Tensor Weights) Operands(TfLiteCall call, int value, int weights) => call.Input(value).Rank == 4 && call.Input(weights).Rank == 4
        ? (call.Input(value), call.Input(weights))
        : throw call.Error($"weights of shape {call.Input(weights).ShapeText} and a value of shape {call.Input(value).ShapeText} should have four axes each");

    private static Tensor Finish(TfLiteCall call, Tensor result, int biasAt, int function)
    {
        if (call.Optional(biasAt) is { } bias)
            result = Convolutions.AddBias(call.Scope, result, call.Bias(bias, value: biasAt == 3 ? 2 : 0, weights: 1, result.Shape[^1]), channelsLast: true);
        return call.Activate(result, function);
    }
}
