using System.Text.Json;
using GeneratedNetworks.Import.Keras;
using GeneratedNetworks.Import.Reading.Functions;

namespace GeneratedNetworks.Import.Reading.Keras;

/// <summary>Every class of layers that is executed.</summary>
internal static class KerasRules
{
    private const double LeakyReluDefault = 0.3;

    private static readonly Dictionary<string, KerasRule> Rules = new(StringComparer.Ordinal)
    {
        ["Dense"] = new(Dense),
        ["Activation"] = new(call => Activate(call, call.Value)),
        ["Conv1D"] = new(call => KerasConvolutions.Convolution(call, 1)),
        ["Conv2D"] = new(call => KerasConvolutions.Convolution(call, 2)),
        ["DepthwiseConv1D"] = new(call => KerasConvolutions.Depthwise(call, 1)),
        ["DepthwiseConv2D"] = new(call => KerasConvolutions.Depthwise(call, 2)),
        ["SeparableConv1D"] = new(call => KerasConvolutions.Separable(call, 1)),
        ["SeparableConv2D"] = new(call => KerasConvolutions.Separable(call, 2)),
        ["Conv1DTranspose"] = new(call => KerasConvolutions.Transposed(call, 1)),
        ["Conv2DTranspose"] = new(call => KerasConvolutions.Transposed(call, 2)),
        ["MaxPooling1D"] = new(call => KerasPools.Max(call, 1)),
        ["MaxPooling2D"] = new(call => KerasPools.Max(call, 2)),
        ["AveragePooling1D"] = new(call => KerasPools.Average(call, 1)),
        ["AveragePooling2D"] = new(call => KerasPools.Average(call, 2)),
        ["GlobalMaxPooling1D"] = new(call => KerasPools.Global(call, 1, "Max")),
        ["GlobalMaxPooling2D"] = new(call => KerasPools.Global(call, 2, "Max")),
        ["GlobalAveragePooling1D"] = new(call => KerasPools.Global(call, 1, "Mean")),
        ["GlobalAveragePooling2D"] = new(call => KerasPools.Global(call, 2, "Mean")),
        ["ZeroPadding1D"] = new(call => KerasPools.ZeroPadding(call, 1)),
        ["ZeroPadding2D"] = new(call => KerasPools.ZeroPadding(call, 2)),
        ["Cropping1D"] = new(call => KerasPools.Cropping(call, 1)),
        ["Cropping2D"] = new(call => KerasPools.Cropping(call, 2)),
        ["BatchNormalization"] = KerasNormalisations.Batch,
        ["LayerNormalization"] = new(KerasNormalisations.Layer),
        ["Normalization"] = new(KerasNormalisations.Features, PrefixRole.Affine),
        ["Rescaling"] = new(KerasNormalisations.Rescale, PrefixRole.Affine),
        ["ReLU"] = new(ReLU),
        ["LeakyReLU"] = new(call => Leaky(call, call.Number("negative_slope", call.Number("alpha", LeakyReluDefault)))),
        ["PReLU"] = new(PReLU),
        ["ELU"] = new(call => call.Number("alpha", 1) is double alpha ? call.Scope.Map(call.Value, x => Scalar.Elu(x, alpha)) : call.Value),
        ["ThresholdedReLU"] = new(call => call.Number("theta", 1) is double theta ? call.Scope.Map(call.Value, x => x > theta ? x : 0) : call.Value),
        ["Softmax"] = new(call => AlongAxis.Apply(call.Scope, call.Value, call.Axis("axis", call.Value.Rank), AlongAxis.Softmax)),
        ["Flatten"] = new(Flatten, PrefixRole.Affine),
        ["Reshape"] = new(Reshape, PrefixRole.Affine),
        ["Permute"] = new(Permute),
        ["Dropout"] = Nothing,
        ["SpatialDropout1D"] = Nothing,
        ["GaussianDropout"] = Nothing,
        ["GaussianNoise"] = Nothing,
        ["AlphaDropout"] = Nothing,
        ["ActivityRegularization"] = Nothing,
        ["Identity"] = Nothing,
        ["SimpleRNN"] = new(KerasSequences.Simple) { Part = "cell" },
        ["GRU"] = new(KerasSequences.Gru) { Part = "cell" },
        ["LSTM"] = new(KerasSequences.Lstm) { Part = "cell" },
        ["Embedding"] = new(KerasSequences.Embedding, PrefixRole.Table) { Range = KerasSequences.Vocabulary },
        ["TimeDistributed"] = new(KerasSequences.AtEveryStep) { Part = "layer" },
        ["Add"] = Merge((a, b) => a + b),
        ["Subtract"] = Merge((a, b) => a - b),
        ["Multiply"] = Merge((a, b) => a * b),
        ["Maximum"] = Merge(Math.Max),
        ["Minimum"] = Merge(Math.Min),
        ["Average"] = new(call => call.Scope.Map(Merged(call, (a, b) => a + b), sum => sum / call.Scope.InputCount)),
        ["Concatenate"] = new(call => Shapes.Concat(call.Scope, call.Inputs, call.Axis("axis", call.Value.Rank))),
    };

    /// <summary>At inference.</summary>
    private static KerasRule Nothing => new(call => call.Value, PrefixRole.Affine);

    public static KerasRule? Find(string name) => Rules.GetValueOrDefault(name);

    /// <summary>The function that a layer names in its setting "activation", which may be a layer itself.</summary>
    public static Tensor Activate(KerasCall call, Tensor value)
    {
        if (call.Setting("activation") is not { } activation)
            return value;
        if (activation.ValueKind == JsonValueKind.String)
            return KerasFunctions.Apply(call.Scope, value, activation.GetString()!, call.Version);
        if (activation.Text("class_name") == "function" && activation.Text("config") is { } function)
            return KerasFunctions.Apply(call.Scope, value, function, call.Version);
        if (activation.Text("class_name") is not { } kind || activation.Member("config") is not { } config || Find(kind) is not { } rule || kind == "Dense")
            throw call.Error($"its activation {activation.Show()} is not executed");

        // The layer reads what was computed so far.
        Operation inner = new($"the activation {kind}", ["value"], ["value"], scope => [rule.Apply(call with { Class = kind, Config = config, Scope = scope })]);
        return call.Scope.RunInner(inner, value);
    }

    /// <summary>Over the last axis, as Keras does.</summary>
    private static Tensor Dense(KerasCall call)
    {
        Tensor value = call.Value;
        int units = call.Integer("units", 0);
        if (value.Rank < 2 || units < 1)
            throw call.Error($"it makes {units} units of a value of shape {value.ShapeText}");
        Tensor rows = value.WithShape(value.Shape[^1] == 0 ? 0 : value.Count / value.Shape[^1], value.Shape[^1]);
        Tensor result = Products.MatMul(call.Scope, rows, call.Weights("kernel", 0, [value.Shape[^1], units]));
        if (call.Flag("use_bias", true))
            result = Elementwise.Apply(call.Scope, result, call.Weights("bias", 1, [units]), (x, bias) => x + bias);
        return Activate(call, result.WithShape([.. value.Shape[..^1], units]));
    }

    private static Tensor ReLU(KerasCall call)
    {
        double slope = call.Number("negative_slope", 0);
        double threshold = call.Number("threshold", 0);
        double greatest = call.Number("max_value", double.PositiveInfinity);
        call.Scope.NoteLimits(call.Value, slope == 0 ? threshold : double.NegativeInfinity, greatest);
        return call.Scope.Map(call.Value, x => x >= greatest ? greatest : x >= threshold || double.IsNaN(x) ? x : slope * (x - threshold));
    }

    private static Tensor Leaky(KerasCall call, double slope) => call.Scope.Map(call.Value, x => x < 0 ? slope * x : x);

    private static Tensor PReLU(KerasCall call)
    {
        double[] shared = call.Numbers("shared_axes") ?? [];
        int[] shape = [.. call.Value.Shape.Skip(1).Select((extent, axis) => shared.Contains(axis + 1) ? 1 : extent)];
        return Elementwise.Apply(call.Scope, call.Value, call.Weights("alpha", 0, shape), (x, alpha) => x < 0 ? alpha * x : x);
    }

    private static Tensor Flatten(KerasCall call)
    {
        Tensor value = call.Value;
        if (value.Rank > 2 && call.Setting("data_format") is { ValueKind: JsonValueKind.String } order && order.GetString() == "channels_first")
            throw call.Error("it moves the channels to the end, which is not executed");
        return value.WithShape(value.Shape[0], value.Shape[0] == 0 ? 0 : value.Count / value.Shape[0]);
    }

    private static Tensor Reshape(KerasCall call)
    {
        double[] target = call.Numbers("target_shape") ?? throw call.Error("it names no shape");
        return Shapes.Reshape(call.Scope, call.Value, [call.Value.Shape[0], .. target.Select(extent => (long)Math.Clamp(extent, -2, int.MaxValue))]);
    }

    private static Tensor Permute(KerasCall call)
    {
        double[] dims = call.Numbers("dims") ?? throw call.Error("it names no axes");
        return Shapes.Transpose(call.Scope, call.Value, [0, .. dims.Select(axis => (int)Math.Clamp(axis, -1, 99))]);
    }

    private static KerasRule Merge(Func<double, double, double> function) => new(call => Merged(call, function));

    private static Tensor Merged(KerasCall call, Func<double, double, double> function) =>
        call.Inputs.Skip(1).Aggregate(call.Value, (left, right) => Elementwise.Apply(call.Scope, left, right, function));
}
