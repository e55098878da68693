using GeneratedNetworks;

namespace Browser;

/// <summary>A point of the plane to the probability that it belongs to the second moon.</summary>
[GeneratedNetwork(2)]
[Dense(16, Activation.Tanh)]
[Dense(16, Activation.Tanh)]
[Dense(1, Activation.Sigmoid)]
[Training(Loss.BinaryCrossEntropy, Optimizer.Adam)]
public sealed partial class MoonNet;
