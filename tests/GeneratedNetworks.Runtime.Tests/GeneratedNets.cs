namespace GeneratedNetworks.Runtime.Tests;

[GeneratedNetwork(4)]
[Dense(8, Activation.Tanh)]
[Dropout(0.3)]
[Dense(3, Activation.Softmax)]
[Training(Loss.CrossEntropy, Optimizer.Adam)]
internal sealed partial class AdamNet;

/// <summary>The sizes of <see cref="AdamNet"/>, another name.</summary>
[GeneratedNetwork(4)]
[Dense(8, Activation.Tanh, Name = "hidden")]
[Dense(3, Activation.Softmax)]
[Training(Loss.CrossEntropy, Optimizer.Adam)]
internal sealed partial class NamedNet;

[GeneratedNetwork(4)]
[Dense(8, Activation.Tanh)]
[Dense(3, Activation.Softmax)]
[Training(Loss.CrossEntropy, Optimizer.Momentum)]
internal sealed partial class MomentumNet;

[GeneratedNetwork(4)]
[Dense(8, Activation.Relu)]
[Dense(3, Activation.Softmax)]
[Training(Loss.CrossEntropy, Optimizer.RmsProp)]
internal sealed partial class RmsPropNet;

[GeneratedNetwork(4, Precision = Precision.Double)]
[Dense(3, Activation.Softmax)]
[Training(Loss.CrossEntropy, Reduction = Reduction.Sum)]
internal sealed partial class SumNet;

[GeneratedNetwork(4, Precision = Precision.Double)]
[Dense(3, Activation.Softmax)]
[Training(Loss.CrossEntropy)]
internal sealed partial class MeanNet;

[GeneratedNetwork(4)]
[Dense(16, Activation.Tanh)]
[Dense(3)]
[Training(Loss.MeanSquaredError, Optimizer.Adam)]
internal sealed partial class RegressionNet;

[GeneratedNetwork(4)]
[Dense(8, Activation.Tanh)]
[Dense(2, Activation.Sigmoid)]
[Training(Loss.BinaryCrossEntropy, Optimizer.Sgd)]
internal sealed partial class LabelsNet;

[GeneratedNetwork(4, Emit = EmitProfile.Scalar, Precision = Precision.Double)]
[Dense(8, Activation.Tanh)]
[Dense(2, Activation.Sigmoid)]
[Training(Loss.BinaryCrossEntropy, Optimizer.AdamW, Reduction = Reduction.Sum)]
internal sealed partial class ScalarLabelsNet;
