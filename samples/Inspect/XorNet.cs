using GeneratedNetworks;

namespace Inspect;

/// <summary>Two bits to the probability that they differ.</summary>
[GeneratedNetwork(2)]
[Dense(4, Activation.Tanh)]
[Dense(1, Activation.Sigmoid)]
[Training(Loss.BinaryCrossEntropy, Optimizer.Sgd)]
public sealed partial class XorNet;
