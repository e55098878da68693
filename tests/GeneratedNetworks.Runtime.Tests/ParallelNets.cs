namespace GeneratedNetworks.Runtime.Tests;

// Large enough that several threads get a part of the parameters, with layers that end between parts.
[GeneratedNetwork(40)]
[Dense(48, Activation.Tanh)]
[Dense(3, Activation.Softmax)]
[Training(Loss.CrossEntropy)]
internal sealed partial class WideSgdNet;

[GeneratedNetwork(40)]
[Dense(48, Activation.Relu)]
[Dropout(0.3)]
[Dense(40, Activation.Tanh)]
[Dense(3, Activation.Softmax)]
[Training(Loss.CrossEntropy, Optimizer.Adam, InputGradients = true)]
internal sealed partial class WideAdamNet;

[GeneratedNetwork(40, Precision = Precision.Double)]
[Dense(48, Activation.Tanh)]
[Dense(3, Activation.Softmax)]
[Training(Loss.CrossEntropy, Optimizer.Nesterov, Reduction = Reduction.Sum)]
internal sealed partial class WideDoubleNet;

[GeneratedNetwork(40, Precision = Precision.Double)]
[Dense(48, Activation.Tanh)]
[Dropout(0.3)]
[Dense(44, Activation.Sigmoid, Frozen = true)]
[Dense(3)]
[Training(Loss.MeanSquaredError, Optimizer.AdamW)]
internal sealed partial class WideFrozenNet;

[GeneratedNetwork(40, Emit = EmitProfile.Scalar)]
[Dense(48, Activation.Tanh)]
[Dropout(0.3)]
[Dense(3, Activation.Softmax)]
[Training(Loss.CrossEntropy, Optimizer.Adam)]
internal sealed partial class WideScalarNet;

[GeneratedNetwork(40, Emit = EmitProfile.Scalar, Precision = Precision.Double)]
[Dense(48, Activation.Relu)]
[Dense(3, Activation.Softmax)]
[Training(Loss.CrossEntropy, Optimizer.Sgd, InputGradients = true)]
internal sealed partial class WideScalarDoubleNet;
