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

[GeneratedNetwork(4)]
[Dense(1, Activation.Sigmoid)]
[Training(Loss.BinaryCrossEntropy)]
internal sealed partial class OneLabelNet;

[GeneratedNetwork(4, Emit = EmitProfile.Scalar, Precision = Precision.Double)]
[Dense(8, Activation.Tanh)]
[Dense(2, Activation.Sigmoid)]
[Training(Loss.BinaryCrossEntropy, Optimizer.AdamW, Reduction = Reduction.Sum)]
internal sealed partial class ScalarLabelsNet;

/// <summary>A network of several axes without a trainer.</summary>
[GeneratedNetwork(3, 2, 2, Precision = Precision.Double)]
[Normalize(Clip = 5)]
[Flatten]
[Dense(2, Activation.Relu6)]
internal sealed partial class ImageNet;

// Each differs from IdentityNet in one thing, which a checkpoint's identity names.
[GeneratedNetwork(4)]
[Dense(8, Activation.Tanh)]
[Dense(3, Activation.Softmax)]
[Training(Loss.CrossEntropy, Optimizer.Momentum)]
internal sealed partial class IdentityNet;

[GeneratedNetwork(4)]
[Dense(8, Activation.Relu)]
[Dense(3, Activation.Softmax)]
[Training(Loss.CrossEntropy, Optimizer.Momentum)]
internal sealed partial class OtherActivationNet;

[GeneratedNetwork(4)]
[Dense(8, Activation.Tanh)]
[Dropout(0.25)]
[Dense(3, Activation.Softmax)]
[Training(Loss.CrossEntropy, Optimizer.Momentum)]
internal sealed partial class DropoutNet;

[GeneratedNetwork(4)]
[Dense(8, Activation.Tanh)]
[Dropout(0.5)]
[Dense(3, Activation.Softmax)]
[Training(Loss.CrossEntropy, Optimizer.Momentum)]
internal sealed partial class OtherDropoutNet;

[GeneratedNetwork(4)]
[Dense(8, Activation.Tanh)]
[Dense(3, Activation.Softmax)]
[Training(Loss.MeanSquaredError, Optimizer.Momentum)]
internal sealed partial class OtherLossNet;

[GeneratedNetwork(4)]
[Dense(8, Activation.Tanh)]
[Dense(3, Activation.Softmax)]
[Training(Loss.CrossEntropy, Optimizer.Nesterov)]
internal sealed partial class OtherOptimizerNet;

[GeneratedNetwork(4)]
[Dense(8, Activation.Tanh)]
[Dense(3, Activation.Softmax)]
[Training(Loss.CrossEntropy, Optimizer.Momentum, Reduction = Reduction.Sum)]
internal sealed partial class OtherReductionNet;

[GeneratedNetwork(4)]
[Dense(8, Activation.Tanh, Frozen = true)]
[Dense(3, Activation.Softmax)]
[Training(Loss.CrossEntropy, Optimizer.Momentum)]
internal sealed partial class OtherFrozenNet;

[GeneratedNetwork(4, Emit = EmitProfile.Scalar)]
[Dense(8, Activation.Tanh)]
[Dense(3, Activation.Softmax)]
[Training(Loss.CrossEntropy, Optimizer.Momentum)]
internal sealed partial class OtherPlanNet;

// The network of make_adapted.py.
[GeneratedNetwork(3, 2, Precision = Precision.Double)]
[Normalize]
[Flatten]
[Dense(4, Activation.Tanh)]
[Clip(-0.5, 0.75)]
[Normalize(Clip = 2)]
[Dense(2, Activation.Sigmoid)]
[Training(Loss.BinaryCrossEntropy)]
internal sealed partial class AdaptedNet;

[GeneratedNetwork(3, 2, Precision = Precision.Double, Emit = EmitProfile.Scalar)]
[Normalize]
[Flatten]
[Dense(4, Activation.Tanh)]
[Clip(-0.5, 0.75)]
[Normalize(Clip = 2)]
[Dense(2, Activation.Sigmoid)]
internal sealed partial class ScalarAdaptedNet;

[GeneratedNetwork(3, 2)]
[Normalize]
[Flatten]
[Dense(4, Activation.Tanh)]
[Clip(-0.5, 0.75)]
[Normalize(Clip = 2)]
[Dense(2, Activation.Sigmoid)]
[Training(Loss.BinaryCrossEntropy)]
internal sealed partial class SingleAdaptedNet;
