namespace GeneratedNetworks.Onnx.Tests;

[GeneratedNetwork(3, 2)]
[Normalize(Clip = 2)]
[Flatten]
[Dense(7, Activation.Gelu, Name = "hidden")]
[Dropout(0.3)]
[Activation(Activation.HardSwish)]
[Clip(-0.5, 4)]
[Dense(5, Activation.Tanh, UseBias = false)]
[Dense(4, Activation.Softmax)]
[Training(Loss.CrossEntropy, Optimizer.Adam)]
internal sealed partial class SingleNet;

[GeneratedNetwork(6, Precision = Precision.Double)]
[Dense(7, Activation.Selu)]
[Dense(3, Activation.LogSoftmax)]
[Training(Loss.CrossEntropy)]
internal sealed partial class DoubleNet;

[GeneratedNetwork(6, Emit = EmitProfile.Scalar)]
[Dense(7, Activation.Mish)]
[Dense(3, Activation.Sigmoid)]
internal sealed partial class ScalarNet;

[GeneratedNetwork(2)]
[Flatten]
internal sealed partial class NothingNet;

// Layers, parameters, names and operator set of files.
[GeneratedNetwork(Model = "../Golden/Models/Onnx/torch-gelu-opset17.onnx")]
internal sealed partial class Opset17Net;

[GeneratedNetwork(Model = "../Golden/Models/Onnx/policy.onnx", Outputs = "deterministic_continuous_actions")]
internal static partial class FrozenPolicy;

[GeneratedNetwork(Model = "../Golden/Models/Onnx/hand-opset6.onnx")]
internal sealed partial class Opset6Net;
