namespace GeneratedNetworks.Onnx.Tests.Streams;

[GeneratedNetwork(4, 3, Streaming = true)]
[Gru(5, ReturnSequences = true)]
[Gru(4, ReturnSequences = true, ResetAfter = false)]
[Dense(2, Activation.Tanh, PerStep = true)]
internal sealed partial class GruStream;

[GeneratedNetwork(6, 1, Streaming = true)]
[Lstm(5, ReturnSequences = true)]
[Lstm(4, ReturnSequences = true, UseBias = false)]
[Dense(1, PerStep = true, Name = "head")]
[Add("head", "x")]
internal sealed partial class LstmStream;

/// <summary>After every frame what it would say if the sequence ended there.</summary>
[GeneratedNetwork(5, 2, Streaming = true)]
[SimpleRnn(4, Activation.Softsign, ReturnSequences = true)]
[SimpleRnn(3)]
[Dense(4)]
[Reshape(2, 2)]
[Activation(Activation.Softmax)]
internal sealed partial class LastStepStream;

[GeneratedNetwork(8, 3, Streaming = true)]
[BatchNorm]
[Conv1D(4, 3, Activation.Relu, Padding = Padding.Causal, Dilation = 2)]
[DepthwiseConv1D(2, Padding = Padding.Causal, Multiplier = 2)]
[Reshape(8, 4, 2)]
[LayerNorm]
[Reshape(8, 8)]
[Conv1D(5, 1, Activation.Elu)]
[Lstm(3, ReturnSequences = true)]
internal sealed partial class CausalStream;

[GeneratedNetwork(6, Streaming = true)]
[Embedding(7, 4)]
[Gru(3, ReturnSequences = true)]
internal sealed partial class LetterStream;

[GeneratedNetwork(Streaming = true)]
[Input("sight", 3, 4)]
[Input("touch", 3, 2)]
[Concat("sight", "touch", Name = "senses")]
[Lstm(6, ReturnSequences = true, Name = "body")]
[Dense(3, Activation.Softmax, PerStep = true, Name = "policy")]
[Dense(1, PerStep = true, From = "body", Name = "value")]
[Output("policy")]
[Output("value")]
internal sealed partial class AgentStream;

[GeneratedNetwork(4, 2)]
[Flatten]
[Dense(3)]
internal sealed partial class Flattened;

[GeneratedNetwork(4, 2)]
[Conv1D(3, 2)]
internal sealed partial class Ahead;

[GeneratedNetwork(4, 2)]
[GlobalAveragePool]
internal sealed partial class OverTime;

[GeneratedNetwork(4)]
[Dense(3)]
internal sealed partial class WithoutTime;
