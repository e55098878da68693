namespace GeneratedNetworks.Runtime.Tests;

/// <summary>Four positions, each of one of three classes.</summary>
[GeneratedNetwork(4, 3)]
[Dense(3, Activation.Softmax, PerStep = true)]
[Training(Loss.CrossEntropy, Optimizer.Adam)]
internal sealed partial class PositionsNet;

/// <summary>A question with yes or no at each of four positions.</summary>
[GeneratedNetwork(4, 3, Precision = Precision.Double)]
[Dense(1, Activation.Sigmoid, PerStep = true)]
[Training(Loss.BinaryCrossEntropy)]
internal sealed partial class QuestionsNet;

/// <summary>Two values at each of four positions.</summary>
[GeneratedNetwork(4, 3, Precision = Precision.Double)]
[Dense(2, PerStep = true)]
[Training(Loss.MeanSquaredError)]
internal sealed partial class TracksNet;

/// <summary>A class and two values of one trunk.</summary>
[GeneratedNetwork(4)]
[Dense(8, Activation.Tanh, Name = "trunk")]
[Dense(3, Activation.Softmax, Name = "kind")]
[Dense(2, From = "trunk", Name = "size")]
[Output("kind", Loss.CrossEntropy)]
[Output("size", Loss.MeanSquaredError, Weight = 0.5)]
[Training(Optimizer.Adam)]
internal sealed partial class HeadsNet;
