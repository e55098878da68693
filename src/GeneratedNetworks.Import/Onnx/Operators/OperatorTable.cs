using System.Collections.Frozen;

namespace GeneratedNetworks.Import.Onnx.Operators;

/// <summary>An operator that can be read.</summary>
/// <param name="Name">As in the format, with the domain where that is not the standard one.</param>
/// <param name="Read">Adds what the node computes to the chain, or throws.</param>
/// <param name="Becomes">What it becomes and under which conditions, for the documentation.</param>
/// <param name="TakesIntegers">Whether it may read an input of whole numbers.</param>
/// <param name="TakesQuantized">Whether it may read a quantized value: it dequantizes it, or moves elements alone.</param>
internal sealed record OnnxOperator(
    string Name, Action<OnnxNode, OnnxChain> Read, string Becomes, bool TakesIntegers = false, bool TakesQuantized = false)
{
    /// <summary>What it gives of several computed inputs; null where one of them alone may be computed.</summary>
    public Func<OnnxNode, IReadOnlyList<OnnxChain>, OnnxChain>? Join { get; init; }

    /// <summary>All that it gives, where that is more than one value; null for one that no layer gives.</summary>
    public Func<OnnxNode, OnnxChain, IReadOnlyList<OnnxChain?>>? Several { get; init; }

    /// <summary>Whether it may read a value whose batch is not its first axis.</summary>
    public bool TakesInnerBatch { get; init; }
}

/// <summary>Every operator that can be read, one line each.</summary>
internal static class OperatorTable
{
    public static IReadOnlyList<OnnxOperator> All { get; } =
    [
        new("Gemm", GemmOperator.Read, "`Dense`; any alpha, beta and transB, transA = 0; constant weights"),
        new("MatMul", MatMulOperator.Read, "`Dense` without bias, `PerStep` over several positions; constant weights of two axes") { TakesInnerBatch = true },
        new("Conv", ConvOperator.Read, "`Conv1D`, `Conv2D`, or with a group for each channel `DepthwiseConv1D`, `DepthwiseConv2D`; constant weights"),
        new("ConvTranspose", ConvTransposeOperator.Read, "`Conv1DTranspose`, `Conv2DTranspose`; one group"),
        new("MaxPool", PoolOperators.Max, "`MaxPool1D`, `MaxPool2D`; no dilations"),
        new("AveragePool", PoolOperators.Average, "`AveragePool1D`, `AveragePool2D`; no dilations"),
        new("GlobalMaxPool", PoolOperators.GlobalMax, "`GlobalMaxPool`"),
        new("GlobalAveragePool", PoolOperators.GlobalAverage, "`GlobalAveragePool`"),
        new("ReduceMean", PoolOperators.ReduceMean, "`GlobalAveragePool`, over all axes behind the channels; part of a `LayerNorm`"),
        new("ReduceMax", PoolOperators.ReduceMax, "`GlobalMaxPool`, over all axes behind the channels"),
        new("Pad", PadOperator.Read, "part of the convolution or pool behind it; zeros, around all axes behind the channels"),
        new("Add", ArithmeticOperators.Add, "`Normalize` in front of the first dense layer; behind a dense layer its bias; otherwise folded into the dense layer behind it, or `Normalize`; of two values of equal shape `Add`") { Join = JoinOperators.Add, TakesInnerBatch = true },
        new("Sub", ArithmeticOperators.Sub, "as Add, either operand constant; of two values `Add` with one of them times −1") { Join = JoinOperators.Sub, TakesInnerBatch = true },
        new("Mul", ArithmeticOperators.Mul, "as Add; of two values of equal shape `Multiply`") { Join = JoinOperators.Mul, TakesInnerBatch = true },
        new("Sum", JoinOperators.Same, "`Add` of values of equal shape") { Join = JoinOperators.Sum, TakesInnerBatch = true },
        new("Div", ArithmeticOperators.Div, "as Add, the divisor constant") { TakesInnerBatch = true },
        new("Neg", ArithmeticOperators.Neg, "as Mul by −1") { TakesInnerBatch = true },
        new("BatchNormalization", BatchNormalizationOperator.Read, "`BatchNorm`; opset 7 or newer"),
        new("LayerNormalization", LayerNormalizationOperator.Read, "`LayerNorm`") { TakesInnerBatch = true },
        new("Relu", SimpleActivations.Relu, "`Relu`") { TakesInnerBatch = true },
        new("LeakyRelu", RectifierOperators.LeakyRelu, "`LeakyRelu` with alpha 0.01, 0 is `Relu`, 1 nothing; otherwise `PRelu` with one slope") { TakesInnerBatch = true },
        new("PRelu", RectifierOperators.PRelu, "`PRelu`, one slope a channel or one; as LeakyRelu where all slopes are 0.01, 0 or 1") { TakesInnerBatch = true },
        new("ThresholdedRelu", RectifierOperators.ThresholdedRelu, "`Relu` with alpha 0") { TakesInnerBatch = true },
        new("Elu", RectifierOperators.Elu, "`Elu` with alpha 1") { TakesInnerBatch = true },
        new("Celu", RectifierOperators.Celu, "`Elu`; alpha other than 1 is folded into the dense layers around it") { TakesInnerBatch = true },
        new("Selu", RectifierOperators.Selu, "`Selu` with the default alpha and gamma") { TakesInnerBatch = true },
        new("Gelu", GeluOperator.Read, "`Gelu`, or `GeluTanh` with approximate = tanh") { TakesInnerBatch = true },
        new("Sigmoid", SimpleActivations.Sigmoid, "`Sigmoid`") { TakesInnerBatch = true },
        new("Tanh", SimpleActivations.Tanh, "`Tanh`") { TakesInnerBatch = true },
        new("Softplus", SimpleActivations.Softplus, "`Softplus`") { TakesInnerBatch = true },
        new("Softsign", SimpleActivations.Softsign, "`Softsign`") { TakesInnerBatch = true },
        new("HardSigmoid", HardSigmoidOperator.Read, "`HardSigmoid`; alpha and beta other than 1/6 and 1/2 are folded into the dense layer before it") { TakesInnerBatch = true },
        new("HardSwish", SimpleActivations.HardSwish, "`HardSwish`") { TakesInnerBatch = true },
        new("Mish", SimpleActivations.Mish, "`Mish`") { TakesInnerBatch = true },
        new("Swish", SwishOperator.Read, "`Silu` with alpha 1") { TakesInnerBatch = true },
        new("Clip", ClipOperator.Read, "`Relu`, `Relu6`, `HardTanh`, otherwise `Clip`; behind a normalization and symmetric, part of that") { TakesInnerBatch = true },
        new("Softmax", SoftmaxOperators.Softmax, "`Softmax` over all elements of a sample, or over the channels") { TakesInnerBatch = true },
        new("LogSoftmax", SoftmaxOperators.LogSoftmax, "`LogSoftmax` over all elements of a sample, or over the channels") { TakesInnerBatch = true },
        new("Flatten", FlattenOperator.Read, "`Flatten`; the batch axis must stay", TakesQuantized: true),
        new("Reshape", ReshapeOperator.Read, "nothing, or `Flatten`; the batch axis must stay", TakesQuantized: true) { TakesInnerBatch = true },
        new("Squeeze", SqueezeOperators.ReadSqueeze, "as Reshape", TakesQuantized: true) { TakesInnerBatch = true },
        new("Unsqueeze", SqueezeOperators.ReadUnsqueeze, "as Reshape", TakesQuantized: true) { TakesInnerBatch = true },
        new("Transpose", TransposeOperator.Read, "nothing: the order of channels, or of the rows of the dense layer behind it", TakesQuantized: true) { TakesInnerBatch = true },
        new("Slice", SliceOperator.Read, "nothing, of all elements; the last step of a recurrent layer; one of the values that a Concat joined", TakesIntegers: true, TakesQuantized: true) { TakesInnerBatch = true },
        new("Identity", IdentityOperators.Identity, "nothing", TakesQuantized: true) { TakesInnerBatch = true },
        new("Dropout", IdentityOperators.Dropout, "`Dropout`, which does nothing at inference") { TakesInnerBatch = true },
        new("Cast", IdentityOperators.Cast, "nothing between floating-point types; the network's precision is its own", TakesIntegers: true) { TakesInnerBatch = true },
        new("Concat", IdentityOperators.Concat, "`Concat` along the channels; nothing, of one value; a probability and its complement become `Softmax` of two") { Join = JoinOperators.Concat, TakesInnerBatch = true },
        new("Expand", IdentityOperators.Expand, "nothing, to the shape that the value has") { TakesInnerBatch = true },
        new("RNN", (_, _) => { }, "`SimpleRnn` with Tanh, Relu, Sigmoid, Softsign or Softplus; forward, from zeros or from an input, which is memory then, its two biases as their sum") { Several = RecurrentOperators.Rnn, TakesInnerBatch = true },
        new("GRU", (_, _) => { }, "`Gru`, `ResetAfter` with linear_before_reset = 1; forward, from zeros or from an input, which is memory then; two biases, or their sum without `ResetAfter`") { Several = RecurrentOperators.Gru, TakesInnerBatch = true },
        new("LSTM", (_, _) => { }, "`Lstm`; forward, from zeros or from an input, which is memory then, its two biases as their sum; no peepholes") { Several = RecurrentOperators.Lstm, TakesInnerBatch = true },
        new("Gather", GatherOperator.Read, "`Embedding` of a constant table; the last step of a recurrent layer; one of the values that a Concat joined", TakesIntegers: true) { TakesInnerBatch = true },
        new(ScalerOperator.Name, ScalerOperator.Read, "`Normalize`", TakesIntegers: true),
        new("QuantizeLinear", Quantization.ReadQuantize, "the limit of its range: `Relu`, `Relu6`, `HardTanh` or `Clip`; nothing where the value stays inside"),
        new("DequantizeLinear", Quantization.ReadDequantize, "nothing behind a quantized value; scales an input of whole numbers", TakesIntegers: true, TakesQuantized: true),
        new("QLinearMatMul", QLinearMatMulOperator.Read, "`Dense` without bias, and the limit of its range", TakesIntegers: true, TakesQuantized: true),
        new(QGemmOperator.Name, QGemmOperator.Read, "`Dense`, and the limit of its range", TakesIntegers: true, TakesQuantized: true),
    ];

    public static FrozenDictionary<string, OnnxOperator> ByName { get; } = All.ToFrozenDictionary(known => known.Name, StringComparer.Ordinal);

    public static string Names { get; } = string.Join(", ", All.Select(known => known.Name).Order(StringComparer.Ordinal));
}
