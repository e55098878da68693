namespace GeneratedNetworks.Benchmarks.Fashion;

[GeneratedNetwork(FashionData.Pixels)]
[Dense(128, Activation.Relu)]
[Dense(FashionData.Classes, Activation.Softmax)]
[Training(Loss.CrossEntropy, Optimizer.Adam)]
public sealed partial class FashionNet;
