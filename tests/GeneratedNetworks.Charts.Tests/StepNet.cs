namespace GeneratedNetworks.Charts.Tests;

/// <summary>One threshold, so that there are two classes to learn.</summary>
[GeneratedNetwork(1)]
[Dense(1, Activation.Sigmoid)]
[Training(Loss.BinaryCrossEntropy)]
internal sealed partial class StepNet;
