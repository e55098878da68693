// Networks of every layer and its edges. The project compiles this file twice: as it is, and with Double for Single.
namespace GeneratedNetworks.Onnx.Tests.Layers.Single;

[GeneratedNetwork(6, 5, 2, Precision = Precision.Single)]
[Conv2D(3, 3, Activation.Relu)]
internal sealed partial class ConvValid;

// An even extent and a stride of 2: one element more behind than in front.
[GeneratedNetwork(6, 5, 2, Precision = Precision.Single)]
[Conv2D(4, 3, Activation.Tanh, Stride = 2, Padding = Padding.Same)]
internal sealed partial class ConvSame;

[GeneratedNetwork(9, 8, 2, Precision = Precision.Single)]
[Conv2D(3, [3, 2], Strides = [2, 1], Dilations = [1, 3], UseBias = false)]
internal sealed partial class ConvStridesAndDilations;

[GeneratedNetwork(5, 5, 4, Precision = Precision.Single)]
[Conv2D(6, 3, Activation.LeakyRelu, Groups = 2, Pads = [1, 2, 0, 3])]
internal sealed partial class ConvGroupsAndPads;

[GeneratedNetwork(2, 3, 1, Precision = Precision.Single)]
[Conv2D(2, 5, Activation.HardSwish, Padding = Padding.Same)]
internal sealed partial class ConvWiderThanItsInput;

[GeneratedNetwork(9, 3, Precision = Precision.Single)]
[Conv1D(4, 3, Activation.Gelu, Dilation = 2, Padding = Padding.Causal)]
internal sealed partial class ConvCausal;

[GeneratedNetwork(10, 4, Precision = Precision.Single)]
[Conv1D(6, 4, Activation.Selu, Stride = 3, Padding = Padding.Same, Groups = 2)]
[Conv1D(2, 1, Stride = 2)]
internal sealed partial class ConvSignals;

[GeneratedNetwork(5, 6, 3, Precision = Precision.Single)]
[DepthwiseConv2D(3, Activation.Tanh, Multiplier = 2, Padding = Padding.Same, Stride = 2)]
internal sealed partial class DepthwiseImage;

[GeneratedNetwork(7, 3, Precision = Precision.Single)]
[DepthwiseConv1D(3, Multiplier = 3, Padding = Padding.Causal)]
internal sealed partial class DepthwiseSignal;

[GeneratedNetwork(4, 3, 2, Precision = Precision.Single)]
[Conv2DTranspose(3, 3, Activation.Tanh, Stride = 2)]
internal sealed partial class TransposedValid;

[GeneratedNetwork(3, 4, 2, Precision = Precision.Single)]
[Conv2DTranspose(3, [4, 2], Strides = [2, 3], Padding = Padding.Same)]
internal sealed partial class TransposedSame;

[GeneratedNetwork(4, 4, 2, Precision = Precision.Single)]
[Conv2DTranspose(2, 4, Activation.Relu, Stride = 3, Pads = [1, 1, 2, 0], OutputPadding = 2)]
internal sealed partial class TransposedPads;

[GeneratedNetwork(5, 2, Precision = Precision.Single)]
[Conv1DTranspose(3, 2, Stride = 4)]
internal sealed partial class TransposedOfGaps;

[GeneratedNetwork(5, 3, Precision = Precision.Single)]
[Conv1DTranspose(2, 3, Stride = 2, Pads = [1, 1], OutputPadding = 1, Dilation = 2, UseBias = false)]
internal sealed partial class TransposedSignal;

// More behind than a stride: zeros and the bias.
[GeneratedNetwork(4, 2, Precision = Precision.Single)]
[Conv1DTranspose(2, 2, Activation.Tanh, Stride = 2, OutputPadding = 3)]
internal sealed partial class TransposedFarBeyond;

[GeneratedNetwork(3, 2, 2, Precision = Precision.Single)]
[Conv2DTranspose(1, 2, Stride = 2, Pads = [0, 1, 1, 0], OutputPadding = 3, UseBias = false)]
internal sealed partial class TransposedBeyondItsPads;

[GeneratedNetwork(7, 6, 3, Precision = Precision.Single)]
[MaxPool2D(3, Stride = 2, Padding = Padding.Same)]
internal sealed partial class MaxPoolSame;

[GeneratedNetwork(8, 6, 2, Precision = Precision.Single)]
[MaxPool2D([3, 2], Strides = [2, 3], Pads = [1, 0, 0, 1], CeilMode = true)]
internal sealed partial class MaxPoolCeil;

[GeneratedNetwork(9, 2, Precision = Precision.Single)]
[MaxPool1D(2)]
[MaxPool1D(2, Stride = 3, CeilMode = true)]
internal sealed partial class MaxPoolSignal;

[GeneratedNetwork(6, 7, 2, Precision = Precision.Single)]
[AveragePool2D(3, Stride = 2, Padding = Padding.Same)]
internal sealed partial class AveragePoolSame;

[GeneratedNetwork(7, 7, 2, Precision = Precision.Single)]
[AveragePool2D(3, Stride = 2, Pads = [1, 1, 2, 0], CountPadding = true)]
internal sealed partial class AveragePoolCounted;

[GeneratedNetwork(6, 6, 2, Precision = Precision.Single)]
[AveragePool2D(3, Stride = 2, Pads = [1, 1, 1, 1], CountPadding = true, CeilMode = true)]
internal sealed partial class AveragePoolCountedCeil;

[GeneratedNetwork(8, 3, Precision = Precision.Single)]
[AveragePool1D(3, Stride = 2, CeilMode = true, CountPadding = true)]
internal sealed partial class AveragePoolSignalCeil;

[GeneratedNetwork(5, 4, 2, Precision = Precision.Single)]
[Conv2D(4, 2, Activation.Relu)]
[GlobalAveragePool]
[Dense(3, Activation.Softmax)]
internal sealed partial class GlobalAverage;

[GeneratedNetwork(8, 2, Precision = Precision.Single)]
[Conv1D(4, 3)]
[GlobalMaxPool]
internal sealed partial class GlobalMax;

// Nothing of these needs channels first, and a single position is its own mean.
[GeneratedNetwork(4, 3, 2, Precision = Precision.Single)]
[GlobalAveragePool(Name = "mean")]
[GlobalMaxPool(From = "x", Name = "most")]
[GlobalAveragePool(From = "mean", Name = "same")]
[Output("mean")]
[Output("most")]
[Output("same")]
internal sealed partial class GlobalOfInput;

[GeneratedNetwork(5, Precision = Precision.Single)]
[Dense(4)]
[BatchNorm]
[Activation(Activation.Relu)]
[Dense(2)]
[Training(Loss.MeanSquaredError, Optimizer.Adam)]
internal sealed partial class BatchNormOfDense;

[GeneratedNetwork(5, 5, 2, Precision = Precision.Single)]
[Conv2D(4, 3)]
[BatchNorm(UseScale = false)]
[Activation(Activation.Relu)]
[Conv2D(3, 2, Padding = Padding.Same)]
[BatchNorm(UseOffset = false, Epsilon = 1e-3)]
[Training(Loss.MeanSquaredError, Optimizer.Adam)]
internal sealed partial class BatchNormOfImages;

[GeneratedNetwork(6, 3, Precision = Precision.Single)]
[Dense(4, PerStep = true)]
[BatchNorm]
[Dense(2, Activation.Tanh, PerStep = true)]
internal sealed partial class BatchNormOfSteps;

[GeneratedNetwork(4, 5, Precision = Precision.Single)]
[LayerNorm]
internal sealed partial class LayerNormOfSteps;

[GeneratedNetwork(4, 5, 2, Precision = Precision.Single)]
[Conv2D(3, 2)]
[LayerNorm(LastAxes = 2, Epsilon = 1e-2, UseOffset = false)]
[LayerNorm(LastAxes = 3, UseScale = false)]
internal sealed partial class LayerNormOfAxes;

[GeneratedNetwork(6, Precision = Precision.Single)]
[LayerNorm(UseScale = false, UseOffset = false)]
[Dense(2)]
internal sealed partial class LayerNormPlain;

[GeneratedNetwork(4, 4, 2, Precision = Precision.Single)]
[Conv2D(3, 2)]
[PRelu]
[Conv2D(2, 2)]
[PRelu(Shared = true)]
[Flatten]
[PRelu]
[Dense(2)]
internal sealed partial class Slopes;

[GeneratedNetwork(4, 4, 3, Precision = Precision.Single)]
[Normalize(Clip = 1.5)]
[Conv2D(3, 2)]
[Normalize]
[Clip(-1, double.PositiveInfinity)]
internal sealed partial class Normalized;

[GeneratedNetwork(7, 3, Precision = Precision.Single)]
[Conv1D(4, 2)]
[Dense(4, Activation.Tanh, PerStep = true, UseBias = false)]
[Dense(3, Activation.Softmax, PerStep = true)]
internal sealed partial class Steps;

[GeneratedNetwork(4, 4, 2, Precision = Precision.Single)]
[Conv2D(3, 1, Activation.Silu)]
[Activation(Activation.LogSoftmax)]
internal sealed partial class SoftmaxOfPositions;

// From the image to the dense layer nothing is transposed.
[GeneratedNetwork(7, 7, 2, Precision = Precision.Single)]
[Conv2D(3, 2, Activation.Relu)]
[MaxPool2D(2)]
[BatchNorm]
[Conv2D(4, 2)]
[Flatten]
[Activation(Activation.Silu)]
[Dropout(0.2)]
[Clip(-1, 2)]
[Dense(6, Activation.Tanh)]
[Dense(3, Activation.Softmax)]
internal sealed partial class Encoder;

// A row whose elements have their own parameters lies as ours do.
[GeneratedNetwork(4, 5, 2, Precision = Precision.Single)]
[Conv2D(3, 2)]
[Flatten]
[Activation(Activation.Tanh)]
[LayerNorm]
[Dense(3)]
internal sealed partial class RowInOrder;

[GeneratedNetwork(4, 5, 2, Precision = Precision.Single)]
[Conv2D(2, 2, Name = "a")]
[Flatten(Name = "rowA")]
[Conv2D(2, 2, From = "x", Name = "b")]
[Flatten(Name = "rowB")]
[Add("rowA", "rowB", Name = "sum")]
[Multiply("sum", "rowA", Name = "product")]
[Concat("product", "rowB", "sum", Activation = Activation.Tanh, Name = "rows")]
[Dense(3)]
internal sealed partial class Rows;

// In these an order of axes makes no difference.
[GeneratedNetwork(4, 2, Precision = Precision.Single)]
[Conv1D(1, 2)]
[Flatten]
[LayerNorm]
[Reshape(1, 3)]
[Conv1D(2, 1)]
[Dense(2)]
internal sealed partial class OneChannel;

[GeneratedNetwork(6, Precision = Precision.Single)]
[Dense(24, Activation.Relu)]
[Reshape(3, 4, 2)]
[Conv2DTranspose(3, 3, Activation.Relu, Stride = 2, Padding = Padding.Same)]
[Reshape(12, 4, 3)]
[Conv2D(1, 3, Activation.Sigmoid)]
internal sealed partial class Decoder;

[GeneratedNetwork(6, 6, 2, Precision = Precision.Single)]
[Conv2D(2, 3, Activation.Relu, Padding = Padding.Same, Name = "a")]
[Add("x", "a", "a", Activation = Activation.Relu, Name = "b")]
[DepthwiseConv2D(3, Padding = Padding.Same, Name = "c")]
[Multiply("b", "c", "a", Activation = Activation.Tanh, Name = "d")]
[Concat("x", "d", "d", Name = "e")]
[Conv2D(3, 1)]
internal sealed partial class Residual;

[GeneratedNetwork(4, 3, Precision = Precision.Single)]
[Add("x", "x", Name = "twice")]
[Multiply("x", "twice", Activation = Activation.Tanh)]
internal sealed partial class OfInputAlone;

[GeneratedNetwork(Precision = Precision.Single)]
[Input("image", 6, 6, 1)]
[Input("speed", 3)]
[Input("steps", 4, 2)]
[Conv2D(2, 3, Activation.Relu, From = "image", Name = "eye")]
[Flatten(Name = "seen")]
[Dense(4, Activation.Tanh, From = "speed")]
[Flatten(From = "steps", Name = "walked")]
[Concat("seen", "dense1", "walked", Activation = Activation.Elu, Name = "trunk")]
[Dense(3, Activation.Softmax, Name = "policy")]
[Dense(1, From = "trunk", Name = "value")]
[Output("policy")]
[Output("value")]
internal sealed partial class SeveralInputsAndOutputs;

// Outputs that other layers read, and two that are one value.
[GeneratedNetwork(5, 4, 1, Precision = Precision.Single)]
[Conv2D(2, 2, Activation.Tanh, Name = "first")]
[Conv2D(3, 2, Name = "second")]
[Activation(Activation.Identity, Name = "again")]
[Dense(2, Name = "last")]
[Output("last")]
[Output("again")]
[Output("first")]
[Output("second")]
internal sealed partial class InnerOutputs;

[GeneratedNetwork(Precision = Precision.Single)]
[Input("speed", 3)]
[Dense(2, Name = "policy")]
[Output("policy")]
internal sealed partial class OneOfEachByName;

[GeneratedNetwork(5, 3, Precision = Precision.Single)]
[SimpleRnn(4, ReturnSequences = true)]
[SimpleRnn(3, Activation.Relu, UseBias = false)]
[Dense(2)]
internal sealed partial class RnnOfSteps;

[GeneratedNetwork(6, 2, Precision = Precision.Single)]
[Gru(5, ReturnSequences = true)]
[Gru(4, ReturnSequences = true, ResetAfter = false)]
[Gru(3, UseBias = false)]
internal sealed partial class GruOfSteps;

[GeneratedNetwork(6, 2, Precision = Precision.Single)]
[Conv1D(3, 2, Activation.Tanh, Padding = Padding.Causal)]
[Lstm(5, ReturnSequences = true)]
[Lstm(4, ReturnSequences = true, UseBias = false)]
[Dense(2, PerStep = true)]
internal sealed partial class LstmOfSteps;

[GeneratedNetwork(1, 2, Precision = Precision.Single)]
[Lstm(7)]
internal sealed partial class LstmOfOneStep;
