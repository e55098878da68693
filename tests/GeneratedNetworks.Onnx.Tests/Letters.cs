namespace GeneratedNetworks.Onnx.Tests;

/// <summary>Its inputs are numbers of rows, not numbers of any kind.</summary>
[GeneratedNetwork(5)]
[Embedding(7, 4)]
[Gru(3)]
internal sealed partial class Letters;
