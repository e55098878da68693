namespace GeneratedNetworks.Charts.Tests;

/// <summary>A straight line, so that there is something to train.</summary>
[GeneratedNetwork(1)]
[Dense(1)]
[Training(Loss.MeanSquaredError)]
internal sealed partial class LineNet;
