using GeneratedNetworks.Import.Reading.Functions;

namespace GeneratedNetworks.Import.Reading.TfLite;

/// <summary>Every operator that is executed, by its number in the schema.</summary>
internal static class TfLiteRules
{
    private const int AddOptions = 11;
    private const int MulOptions = 21;
    private const int SubOptions = 28;
    private const int DivOptions = 29;

    private static readonly Dictionary<int, TfLiteRule> Rules = new()
    {
        [0] = TfLiteRule.Binary("ADD", AddOptions, (a, b) => a + b, PrefixRole.Affine),
        [1] = new("AVERAGE_POOL_2D", TfLiteWindows.AveragePool),
        [2] = new("CONCATENATION", TfLiteShapes.Concatenation),
        [3] = new("CONV_2D", TfLiteWindows.Convolution),
        [4] = new("DEPTHWISE_CONV_2D", TfLiteWindows.Depthwise),
        [6] = new("DEQUANTIZE", call => call.Input(0), PrefixRole.Affine),
        [9] = new("FULLY_CONNECTED", FullyConnected.Apply),
        [11] = new("L2_NORMALIZATION", L2Normalisation),
        [14] = TfLiteRule.Map("LOGISTIC", Scalar.Sigmoid) with { Bounds = (0, 1) },
        [17] = new("MAX_POOL_2D", TfLiteWindows.MaxPool),
        [18] = TfLiteRule.Binary("MUL", MulOptions, (a, b) => a * b, PrefixRole.Affine),
        [19] = TfLiteRule.Clamp("RELU", 0, double.PositiveInfinity),
        [20] = TfLiteRule.Clamp("RELU_N1_TO_1", -1, 1),
        [21] = TfLiteRule.Clamp("RELU6", 0, 6),
        [22] = new("RESHAPE", TfLiteShapes.Reshape, PrefixRole.Affine),
        [25] = new("SOFTMAX", Softmax) { Bounds = (0, 1) },
        [28] = TfLiteRule.Map("TANH", Math.Tanh) with { Bounds = (-1, 1) },
        [34] = new("PAD", TfLiteShapes.Pad),
        [36] = new("GATHER", call => Shapes.Gather(call.Scope, call.Input(0), call.Input(1), call.Options(23)?.Int(0) ?? 0)),
        [39] = new("TRANSPOSE", call => Shapes.Transpose(call.Scope, call.Input(0), [.. call.Whole(call.Input(1)).Select(axis => (int)Math.Clamp(axis, -1, 99))])),
        [40] = new("MEAN", call => Reduce(call, "Mean")),
        [41] = TfLiteRule.Binary("SUB", SubOptions, (a, b) => a - b, PrefixRole.Affine),
        [42] = TfLiteRule.Binary("DIV", DivOptions, (a, b) => a / b, PrefixRole.Affine),
        [43] = new("SQUEEZE", TfLiteShapes.Squeeze, PrefixRole.Affine),
        [44] = new("UNIDIRECTIONAL_SEQUENCE_LSTM", TfLiteSequences.Lstm),
        [45] = new("STRIDED_SLICE", TfLiteShapes.StridedSlice),
        [47] = TfLiteRule.Map("EXP", Math.Exp),
        [50] = new("LOG_SOFTMAX", call => AlongAxis.Apply(call.Scope, call.Input(0), call.Input(0).Rank - 1, AlongAxis.LogSoftmax)),
        [53] = new("CAST", call => call.Input(0), PrefixRole.Affine),
        [54] = new("PRELU", call => Elementwise.Apply(call.Scope, call.Input(0), call.Input(1), (x, slope) => x < 0 ? x * slope : x)),
        [55] = TfLiteRule.Binary("MAXIMUM", 0, Math.Max),
        [57] = TfLiteRule.Binary("MINIMUM", 0, Math.Min),
        [59] = TfLiteRule.Map("NEG", x => -x),
        [60] = new("PADV2", TfLiteShapes.Pad),
        [65] = new("SLICE", TfLiteShapes.Slice),
        [67] = new("TRANSPOSE_CONV", TfLiteWindows.Transposed),
        [70] = new("EXPAND_DIMS", TfLiteShapes.ExpandDims, PrefixRole.Affine),
        [73] = TfLiteRule.Map("LOG", Math.Log),
        [74] = new("SUM", call => Reduce(call, "Sum")),
        [75] = TfLiteRule.Map("SQRT", Math.Sqrt),
        [76] = TfLiteRule.Map("RSQRT", x => 1 / Math.Sqrt(x)),
        [77] = new("SHAPE", call => Tensor.Whole([.. call.Input(0).Shape.Select(extent => (long)extent)]), PrefixRole.ShapeAlone),
        [78] = TfLiteRule.Binary("POW", 0, Math.Pow),
        [82] = new("REDUCE_MAX", call => Reduce(call, "Max")),
        [83] = new("PACK", TfLiteShapes.Pack),
        [89] = new("REDUCE_MIN", call => Reduce(call, "Min")),
        [92] = TfLiteRule.Map("SQUARE", x => x * x),
        [98] = new("LEAKY_RELU", LeakyRelu),
        [99] = TfLiteRule.Binary("SQUARED_DIFFERENCE", 0, (a, b) => (a - b) * (a - b)),
        [101] = TfLiteRule.Map("ABS", Math.Abs),
        [111] = TfLiteRule.Map("ELU", x => Scalar.Elu(x, 1)),
        [114] = new("QUANTIZE", call => call.Input(0), PrefixRole.Range),
        [117] = new("HARD_SWISH", HardSwish),
        [150] = new("GELU", call => call.Scope.Map(call.Input(0), call.Options(116)?.Bool(0) == true ? Scalar.GeluTanh : Scalar.Gelu)),
        [152] = TfLiteRule.Clamp("RELU_0_TO_1", 0, 1),
    };

    public static TfLiteRule? Find(int code) => Rules.GetValueOrDefault(code);

    private static Tensor LeakyRelu(TfLiteCall call)
    {
        double slope = call.Options(75)?.Float(0) ?? 0;
        return call.Scope.Map(call.Input(0), x => x < 0 ? slope * x : x);
    }

    private static Tensor HardSwish(TfLiteCall call)
    {
        call.Scope.NoteLimits(call.Input(0), -3, 3);
        return call.Scope.Map(call.Input(0), Scalar.HardSwish);
    }

    private static Tensor Softmax(TfLiteCall call)
    {
        double beta = call.Options(9)?.Float(0) ?? 1;
        return AlongAxis.Apply(call.Scope, call.Input(0), call.Input(0).Rank - 1, line => AlongAxis.Softmax(Array.ConvertAll(line, x => beta * x)));
    }

    private static Tensor L2Normalisation(TfLiteCall call) => AlongAxis.Apply(call.Scope, call.Input(0), call.Input(0).Rank - 1, line =>
    {
        double length = Math.Max(Math.Sqrt(line.Sum(x => x * x)), 1e-6);
        return Array.ConvertAll(line, x => x / length);
    });

    private static Tensor Reduce(TfLiteCall call, string name)
    {
        Tensor value = call.Input(0);
        HashSet<int> axes = [.. call.Whole(call.Input(1)).Select(axis => Shapes.Axis(call.Scope, axis, value.Rank))];
        return Reductions.Apply(call.Scope, value, axes, call.Options(27)?.Bool(0) ?? false, Reductions.Table[name]);
    }
}
