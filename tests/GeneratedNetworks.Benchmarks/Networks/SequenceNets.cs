namespace GeneratedNetworks.Benchmarks.Networks;

// The networks of the sequence table: windows of 64 steps for training and beside ONNX Runtime, and streams.

[GeneratedNetwork(64, 1, Streaming = true)]
[Gru(16, ReturnSequences = true)]
[Dense(1, PerStep = true)]
[Training(Loss.MeanSquaredError, Optimizer.Adam)]
internal sealed partial class Gru16Net;

[GeneratedNetwork(64, 1, Streaming = true)]
[Lstm(16, ReturnSequences = true)]
[Dense(1, PerStep = true)]
[Training(Loss.MeanSquaredError, Optimizer.Adam)]
internal sealed partial class Lstm16Net;

[GeneratedNetwork(64, 1, Streaming = true)]
[Gru(40, ReturnSequences = true)]
[Dense(1, PerStep = true)]
[Training(Loss.MeanSquaredError, Optimizer.Adam)]
internal sealed partial class Gru40Net;

[GeneratedNetwork(64, 1, Streaming = true)]
[Lstm(40, ReturnSequences = true)]
[Dense(1, PerStep = true)]
[Training(Loss.MeanSquaredError, Optimizer.Adam)]
internal sealed partial class Lstm40Net;

[GeneratedNetwork(64, 1, Streaming = true)]
[Conv1D(16, 3, Activation.Relu, Padding = Padding.Causal)]
[Conv1D(16, 3, Activation.Relu, Padding = Padding.Causal, Dilation = 2)]
[Conv1D(16, 3, Activation.Relu, Padding = Padding.Causal, Dilation = 4)]
[Conv1D(16, 3, Activation.Relu, Padding = Padding.Causal, Dilation = 8)]
[Dense(1, PerStep = true)]
internal sealed partial class CausalStackNet;
