using GeneratedNetworks;

namespace Names;

/// <summary>Letters, as numbers, to the probabilities of the letter that comes next, after every step.</summary>
[GeneratedNetwork(Letters.Window, Streaming = true)]
[Embedding(Letters.Count, 16)]
[Gru(64, ReturnSequences = true)]
[Dropout(0.4)]
[Dense(Letters.Count, Activation.Softmax, PerStep = true)]
[Training(Loss.CrossEntropy, Optimizer.Adam)]
public sealed partial class NameNet;
