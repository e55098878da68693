namespace GeneratedNetworks.Charts.Tests;

/// <summary>An answer at each of two positions.</summary>
[GeneratedNetwork(2, 2)]
[Dense(2, Activation.Softmax, PerStep = true)]
internal sealed partial class PairNet;
