namespace GeneratedNetworks.Benchmarks.Fashion;

[GeneratedNetwork(28, 28, 1)]
[Conv2D(8, 3, Activation.Relu)]
[MaxPool2D(2)]
[Dense(64, Activation.Relu)]
[Dense(FashionData.Classes, Activation.Softmax)]
[Training(Loss.CrossEntropy, Optimizer.Adam)]
public sealed partial class SmallNet;
