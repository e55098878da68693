namespace GeneratedNetworks.Runtime.Tests;

/// <summary>A value of every frame.</summary>
[GeneratedNetwork(6, 2, Streaming = true)]
[Gru(5, ReturnSequences = true)]
[Dense(1, PerStep = true)]
[Training(Loss.MeanSquaredError, Optimizer.Adam)]
internal sealed partial class FrameNet;

/// <summary>A class of all frames so far, in double, by the sum of its losses.</summary>
[GeneratedNetwork(4, 2, Streaming = true, Precision = Precision.Double)]
[Lstm(5)]
[Dense(3, Activation.Softmax)]
[Training(Loss.CrossEntropy, Optimizer.Sgd, Reduction = Reduction.Sum)]
internal sealed partial class LastFrameNet;

/// <summary>Two inputs over time, an output of every frame and one of all so far.</summary>
[GeneratedNetwork(Streaming = true, Precision = Precision.Double)]
[Input("slow", 5, 1)]
[Input("fast", 5, 2)]
[Concat("slow", "fast", Name = "both")]
[Gru(4, ReturnSequences = true, Name = "states")]
[Dense(2, PerStep = true, Name = "track")]
[SimpleRnn(3, From = "states", Name = "last")]
[Dense(1, Name = "end")]
[Output("track", Loss.MeanSquaredError)]
[Output("end", Loss.MeanSquaredError)]
[Training(Optimizer.Adam)]
internal sealed partial class TwoClocksNet;
