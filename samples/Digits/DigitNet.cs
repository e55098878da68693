using GeneratedNetworks;

namespace Digits;

/// <summary>8×8 gray pixels in [0, 1] to the probabilities of the ten digits.</summary>
[GeneratedNetwork(64)]
[Dense(128, Activation.Relu)]
[Dropout(0.3)]
[Dense(10, Activation.Softmax)]
[Training(Loss.CrossEntropy, Optimizer.Adam)]
public sealed partial class DigitNet;
