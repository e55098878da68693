namespace GeneratedNetworks.Tests;

/// <summary>Two stacked recurrent layers of different kinds, heads over every step.</summary>
[GeneratedNetwork(24, 3, Streaming = true)]
[Gru(17, ReturnSequences = true)]
[Lstm(5, ReturnSequences = true)]
[LayerNorm]
[Dense(2, Activation.Tanh, PerStep = true, Name = "head")]
[Training(Loss.MeanSquaredError, Optimizer.Adam)]
public sealed partial class StackedStream;

/// <summary>What a sequence says so far, and a skip around a layer of the old form.</summary>
[GeneratedNetwork(10, 4, Streaming = true, Emit = EmitProfile.Scalar)]
[Gru(4, ReturnSequences = true, ResetAfter = false)]
[Add("gru1", "x", Activation = Activation.Tanh)]
[SimpleRnn(9)]
[Dense(3, Activation.Softmax)]
[Training(Loss.CrossEntropy, Optimizer.Sgd)]
public sealed partial class LastStream;

/// <summary>A stack of dilated causal convolutions, one of them by channels.</summary>
[GeneratedNetwork(40, 1, Streaming = true, Precision = Precision.Double)]
[Conv1D(16, 3, Activation.Relu, Padding = Padding.Causal)]
[Conv1D(16, 3, Activation.Relu, Padding = Padding.Causal, Dilation = 2)]
[DepthwiseConv1D(2, Activation.Tanh, Padding = Padding.Causal, Dilation = 5)]
[Conv1D(7, 1)]
[Dense(1, PerStep = true)]
[Training(Loss.MeanSquaredError, Optimizer.Adam)]
public sealed partial class DilatedStream;

/// <summary>The same in arrays, with a recurrent layer behind.</summary>
[GeneratedNetwork(12, 2, Streaming = true, Emit = EmitProfile.Basic)]
[Conv1D(3, 3, Activation.Relu, Padding = Padding.Causal, Dilation = 3)]
[Lstm(6, CellClip = 0.5)]
[Dense(2)]
[Training(Loss.MeanSquaredError, Optimizer.Momentum)]
public sealed partial class ArrayStream;

/// <summary>Characters by their numbers, a class for each next one.</summary>
[GeneratedNetwork(6, Streaming = true)]
[Embedding(9, 4)]
[Gru(5, ReturnSequences = true)]
[Dense(9, Activation.Softmax, PerStep = true)]
[Training(Loss.CrossEntropy, Optimizer.Adam)]
public sealed partial class CharacterStream;

/// <summary>The same in arrays.</summary>
[GeneratedNetwork(6, Streaming = true, Emit = EmitProfile.Basic)]
[Embedding(9, 4)]
[Gru(5, ReturnSequences = true)]
[Dense(9, Activation.Softmax, PerStep = true)]
[Training(Loss.CrossEntropy, Optimizer.Adam)]
public sealed partial class LetterArrays;

/// <summary>Units that fill whole vectors of every width, and a convolution out of its ring before them.</summary>
[GeneratedNetwork(12, 1, Streaming = true)]
[Conv1D(16, 3, Activation.Relu, Padding = Padding.Causal, Dilation = 2)]
[Gru(16, ReturnSequences = true)]
[Lstm(32, ReturnSequences = true)]
[SimpleRnn(16, ReturnSequences = true)]
[Dense(1, PerStep = true)]
[Training(Loss.MeanSquaredError, Optimizer.Adam)]
public sealed partial class WholeStream;

// As many kernels of frames as one pass may have inlined.

[GeneratedNetwork(12, 1, Streaming = true)]
[Lstm(16, ReturnSequences = true)]
[Lstm(16, ReturnSequences = true)]
[Dense(1, PerStep = true)]
[Training(Loss.MeanSquaredError, Optimizer.Adam)]
public sealed partial class TwoLstms;

[GeneratedNetwork(12, 1, Streaming = true, Precision = Precision.Double)]
[Lstm(16, ReturnSequences = true)]
[Lstm(16, ReturnSequences = true)]
[Dense(1, PerStep = true)]
[Training(Loss.MeanSquaredError, Optimizer.Adam)]
public sealed partial class TwoDoubleLstms;

[GeneratedNetwork(12, 1, Streaming = true)]
[Conv1D(16, 3, Activation.Gelu, Padding = Padding.Causal)]
[Conv1D(16, 3, Activation.Tanh, Padding = Padding.Causal, Dilation = 2)]
[Conv1D(16, 3, Activation.Sigmoid, Padding = Padding.Causal, Dilation = 4)]
[Conv1D(16, 3, Activation.Relu, Padding = Padding.Causal)]
[Gru(16, ReturnSequences = true)]
[Dense(1, PerStep = true)]
[Training(Loss.MeanSquaredError, Optimizer.Adam)]
public sealed partial class GruOfConvolutions;

[GeneratedNetwork(12, 1, Streaming = true)]
[Conv1D(16, 3, Activation.Gelu, Padding = Padding.Causal)]
[Conv1D(16, 3, Activation.Gelu, Padding = Padding.Causal, Dilation = 2)]
[Conv1D(16, 3, Activation.Gelu, Padding = Padding.Causal, Dilation = 4)]
[Conv1D(16, 3, Activation.Gelu, Padding = Padding.Causal)]
[Conv1D(16, 3, Activation.Tanh, Padding = Padding.Causal, Dilation = 2)]
[Conv1D(16, 3, Activation.Tanh, Padding = Padding.Causal, Dilation = 4)]
[Conv1D(16, 3, Activation.Sigmoid, Padding = Padding.Causal)]
[Conv1D(16, 3, Activation.Relu, Padding = Padding.Causal)]
[Dense(1, PerStep = true)]
public sealed partial class EightConvolutions;

/// <summary>One recurrent layer of each kind, of whole vectors, that forgets what it heard.</summary>
[GeneratedNetwork(8, 1, Streaming = true)]
[Lstm(16, ReturnSequences = true)]
[Gru(16, ReturnSequences = true)]
[SimpleRnn(16, ReturnSequences = true)]
[Dense(1, PerStep = true)]
public sealed partial class FadingStream;

/// <summary>The same of fewer units than a vector has, clipped and reset before.</summary>
[GeneratedNetwork(8, 1, Streaming = true)]
[Lstm(5, CellClip = 2, ReturnSequences = true)]
[Gru(5, ResetAfter = false, ReturnSequences = true)]
[SimpleRnn(5, Activation.Identity, ReturnSequences = true)]
[Dense(1, PerStep = true)]
public sealed partial class FadingNarrow;

/// <summary>The same in double.</summary>
[GeneratedNetwork(8, 1, Streaming = true, Precision = Precision.Double)]
[Lstm(16, ReturnSequences = true)]
[Gru(16, ReturnSequences = true)]
[SimpleRnn(16, ReturnSequences = true)]
[Dense(1, PerStep = true)]
public sealed partial class FadingDouble;

/// <summary>The same without vectors.</summary>
[GeneratedNetwork(8, 1, Streaming = true, Emit = EmitProfile.Scalar)]
[Lstm(5, ReturnSequences = true)]
[Gru(5, ReturnSequences = true)]
[SimpleRnn(5, ReturnSequences = true)]
[Dense(1, PerStep = true)]
public sealed partial class FadingScalar;

/// <summary>The same in arrays.</summary>
[GeneratedNetwork(8, 1, Streaming = true, Emit = EmitProfile.Basic)]
[Lstm(5, ReturnSequences = true)]
[Gru(5, ReturnSequences = true)]
[SimpleRnn(5, ReturnSequences = true)]
[Dense(1, PerStep = true)]
public sealed partial class FadingArrays;
