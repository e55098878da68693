using GeneratedNetworks;

// Images, signals and graphs: between them every layer of a window, of a normalization and of several values.
namespace Slice.ReproducibleSimd
{
    [GeneratedNetwork(8, 8, 3, Emit = Profile.Emit, Numerics = Profile.Numerics)]
    [Conv2D(6, 3, UseBias = false, Padding = Padding.Same)]
    [BatchNorm]
    [Activation(Activation.Relu, Name = "in")]
    [Conv2D(6, 3, UseBias = false, Padding = Padding.Same)]
    [BatchNorm(Momentum = 0.75, Name = "made")]
    [Add("in", "made", Activation = Activation.Relu)]
    [GlobalAveragePool]
    [Dense(4, Activation.Softmax)]
    [Training(Loss.CrossEntropy, Optimizer.Adam, GhostBatch = 32)]
    public sealed partial class Residual
    {
    }

    [GeneratedNetwork(9, 7, 4, Emit = Profile.Emit, Numerics = Profile.Numerics)]
    [DepthwiseConv2D(3, Activation.Relu6, Multiplier = 2, Stride = 2, Padding = Padding.Same)]
    [Conv2D(9, 1, Activation.HardSwish)]
    [BatchNorm(Frozen = true)]
    [PRelu]
    [MaxPool2D(new[] { 2, 3 }, Stride = 1, Pads = new[] { 1, 0, 0, 2 })]
    [Conv2D(6, new[] { 3, 2 }, Activation.Silu, Groups = 3, Dilations = new[] { 1, 2 })]
    [AveragePool2D(2, CeilMode = true)]
    [Dense(3)]
    [Training(Loss.Huber, Optimizer.RmsProp, InputGradients = true)]
    public sealed partial class Mobile
    {
    }

    [GeneratedNetwork(17, 3, Emit = Profile.Emit, Numerics = Profile.Numerics)]
    [Conv1D(8, 3, Activation.Tanh, Dilation = 2, Padding = Padding.Causal)]
    [LayerNorm]
    [DepthwiseConv1D(3, Activation.Gelu, Padding = Padding.Same)]
    [MaxPool1D(3, Stride = 2, Padding = Padding.Same)]
    [AveragePool1D(2, CeilMode = true, CountPadding = true)]
    [PRelu(Shared = true)]
    [Dense(5, Activation.Softmax, PerStep = true)]
    [Training(Loss.CrossEntropy, Optimizer.AdamW, InputGradients = true)]
    public sealed partial class Steps
    {
    }

    [GeneratedNetwork(3, 4, 2, Emit = Profile.Emit, Numerics = Profile.Numerics)]
    [Conv2DTranspose(9, 3, Activation.LeakyRelu, Stride = 2, Padding = Padding.Same)]
    [LayerNorm(LastAxes = 2)]
    [Conv2DTranspose(2, new[] { 4, 3 }, Activation.Sigmoid, Strides = new[] { 2, 1 }, Pads = new[] { 1, 2, 0, 1 }, OutputPadding = 1)]
    [Training(Loss.BinaryCrossEntropy, Optimizer.Nesterov, InputGradients = true)]
    public sealed partial class Decoder
    {
    }

    [GeneratedNetwork(Emit = Profile.Emit, Numerics = Profile.Numerics)]
    [Input("self", 6)]
    [Input("map", 6, 5, 2)]
    [Dense(16, Activation.Relu, From = "self", Name = "state")]
    [Conv2D(8, 3, Activation.Relu, Stride = 2, From = "map")]
    [GlobalMaxPool(Name = "view")]
    [Concat("state", "view", Activation = Activation.Softsign)]
    [Dense(12, Activation.Tanh, Name = "trunk")]
    [Dense(12, Activation.Sigmoid, From = "trunk", Name = "gate")]
    [Multiply("trunk", "gate", Name = "gated")]
    [Dense(8, From = "gated")]
    [Reshape(2, 4)]
    [Activation(Activation.Softmax, Name = "policy")]
    [Dense(1, From = "gated", Name = "value")]
    [Output("policy", Loss.CrossEntropy)]
    [Output("value", Loss.MeanSquaredError, Weight = 0.5)]
    [Training(Optimizer.Adam)]
    public sealed partial class TwoHeads
    {
    }

    [GeneratedNetwork(7, 6, 4, Precision = Precision.Double, Emit = Profile.Emit, Numerics = Profile.Numerics)]
    [Normalize]
    [Conv2D(8, 3, Activation.Elu, Groups = 2, Padding = Padding.Same, Name = "in")]
    [DepthwiseConv2D(3, UseBias = false, Padding = Padding.Same)]
    [BatchNorm(UnbiasedVariance = false, Epsilon = 0.001)]
    [PRelu]
    [Add("in", "prelu1")]
    [MaxPool2D(2, CeilMode = true)]
    [Conv2DTranspose(3, 3, Activation.Tanh, Stride = 2)]
    [AveragePool2D(3, Stride = 2, Padding = Padding.Same)]
    [LayerNorm(LastAxes = 3)]
    [Dense(4, Activation.LogSoftmax)]
    [Training(Loss.CrossEntropy, Optimizer.Adam, GhostBatch = 16, InputGradients = true)]
    public sealed partial class ResidualDouble
    {
    }

    [GeneratedNetwork(9, 5, Precision = Precision.Double, Emit = Profile.Emit, Numerics = Profile.Numerics)]
    [Conv1D(6, 4, Activation.Softplus, Stride = 2, Pads = new[] { 2, 1 })]
    [DepthwiseConv1D(2, Activation.Mish, Multiplier = 2, Dilation = 2)]
    [Conv1DTranspose(5, 3, Activation.GeluTanh, Stride = 3, Padding = Padding.Same)]
    [MaxPool1D(3, Stride = 1, Pads = new[] { 1, 1 })]
    [AveragePool1D(2, Stride = 1, Padding = Padding.Causal, Name = "mean")]
    [Clip(-0.5, 0.75)]
    [Concat("mean", "clip1")]
    [GlobalAveragePool]
    [Dense(3)]
    [Training(Loss.SquaredError, Optimizer.Momentum, Reduction = Reduction.Sum, InputGradients = true)]
    public sealed partial class StepsDouble
    {
    }

    [GeneratedNetwork(8, 8, 1, Emit = Profile.Emit, Numerics = Profile.Numerics)]
    [Conv2D(8, 3, UseBias = false, Padding = Padding.Same)]
    [BatchNorm]
    [Activation(Activation.Relu)]
    [MaxPool2D(2)]
    [DepthwiseConv2D(3, Padding = Padding.Same)]
    [Conv2D(12, 1, Activation.Relu)]
    [GlobalAveragePool]
    [Dense(10, Activation.Softmax)]
    [Training(Loss.CrossEntropy, Optimizer.Adam)]
    public sealed partial class Pictures
    {
    }
}
