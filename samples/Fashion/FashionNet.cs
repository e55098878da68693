using GeneratedNetworks;

namespace Fashion;

/// <summary>28×28 gray pixels in [0, 1] to the probabilities of ten kinds of clothes: a convolution that learns 8 filters, a pool that halves the picture, two dense layers.</summary>
[GeneratedNetwork(28, 28, 1)]
[Conv2D(8, 3, Activation.Relu)]
[MaxPool2D(2)]
[Dense(64, Activation.Relu)]
[Dense(10, Activation.Softmax)]
[Training(Loss.CrossEntropy, Optimizer.Adam)]
public sealed partial class FashionNet;
