using GeneratedNetworks;

// Profile and numerics of this copy stand in Profile.cs: the build makes one copy of this folder for each.
namespace Slice.ReproducibleSimd
{
    [GeneratedNetwork(2, Emit = Profile.Emit, Numerics = Profile.Numerics)]
    [Dense(4, Activation.Tanh)]
    [Dense(1, Activation.Sigmoid)]
    [Training(Loss.BinaryCrossEntropy)]
    public sealed partial class Xor
    {
    }

    [GeneratedNetwork(8, Emit = Profile.Emit, Numerics = Profile.Numerics)]
    [Dense(32, Activation.Relu)]
    [Dense(32, Activation.Relu)]
    [Dense(4)]
    [Training(Loss.MeanSquaredError)]
    public sealed partial class Quad
    {
    }

    [GeneratedNetwork(64, Emit = Profile.Emit, Numerics = Profile.Numerics)]
    [Dense(32, Activation.Relu)]
    [Dense(10, Activation.Softmax)]
    [Training(Loss.CrossEntropy)]
    public sealed partial class Digits
    {
    }

    [GeneratedNetwork(784, Emit = Profile.Emit, Numerics = Profile.Numerics)]
    [Dense(128, Activation.Relu)]
    [Dense(10, Activation.Softmax)]
    [Training(Loss.CrossEntropy, Optimizer.Momentum)]
    public sealed partial class Mnist
    {
    }

    [GeneratedNetwork(13, Emit = Profile.Emit, Numerics = Profile.Numerics)]
    [Dense(11, Activation.LeakyRelu)]
    [Dense(9, Activation.Relu6)]
    [Dense(7, Activation.HardTanh)]
    [Dense(6, Activation.HardSigmoid)]
    [Dense(5, Activation.HardSwish)]
    [Dense(3)]
    [Training(Loss.Huber, Optimizer.Nesterov, InputGradients = true)]
    public sealed partial class Piecewise
    {
    }

    [GeneratedNetwork(10, Emit = Profile.Emit, Numerics = Profile.Numerics)]
    [Dense(17, Activation.Elu)]
    [Dense(9, Activation.Selu)]
    [Dense(7, Activation.Softplus)]
    [Dense(5, Activation.Softsign)]
    [Dense(4, Activation.LogSigmoid)]
    [Training(Loss.MeanAbsoluteError, Optimizer.RmsProp, Reduction = Reduction.Sum)]
    public sealed partial class Exponential
    {
    }

    [GeneratedNetwork(9, Emit = Profile.Emit, Numerics = Profile.Numerics)]
    [Dense(15, Activation.Gelu)]
    [Dense(11, Activation.GeluTanh)]
    [Dense(9, Activation.Silu)]
    [Dense(7, Activation.Mish)]
    [Dense(5, Activation.Tanh)]
    [Dense(3, Activation.Sigmoid)]
    [Training(Loss.SquaredError, Optimizer.AdamW, InputGradients = true)]
    public sealed partial class Smooth
    {
    }

    [GeneratedNetwork(20, Emit = Profile.Emit, Numerics = Profile.Numerics)]
    [Dense(33, Activation.Tanh)]
    [Dense(6, Activation.LogSoftmax)]
    [Training(Loss.CrossEntropy, Optimizer.Adam)]
    public sealed partial class LogProbabilities
    {
    }

    [GeneratedNetwork(6, Emit = Profile.Emit, Numerics = Profile.Numerics)]
    [Normalize(Clip = 2)]
    [Dense(10, Activation.Silu)]
    [Clip(-0.5, 0.75)]
    [Activation(Activation.Softsign)]
    [Dense(2)]
    [Training(Loss.MeanSquaredError, Optimizer.Adam, InputGradients = true)]
    public sealed partial class Ranged
    {
    }

    [GeneratedNetwork(33, Emit = Profile.Emit, Numerics = Profile.Numerics)]
    [Dropout(0.1)]
    [Dense(40, Activation.Relu)]
    [Dropout(0.3)]
    [Dense(24, Activation.Tanh)]
    [Dropout(0.5)]
    [Dense(10, Activation.Softmax)]
    [Training(Loss.CrossEntropy, Optimizer.Adam)]
    public sealed partial class Dropped
    {
    }

    [GeneratedNetwork(1, Emit = Profile.Emit, Numerics = Profile.Numerics)]
    [Dense(64, Activation.Tanh)]
    [Dense(1)]
    [Training(Loss.SquaredError, Optimizer.Momentum, Reduction = Reduction.Sum)]
    public sealed partial class Curve
    {
    }

    [GeneratedNetwork(31, Emit = Profile.Emit, Numerics = Profile.Numerics)]
    [Dense(63, Activation.Relu)]
    [Dense(17, Activation.Gelu)]
    [Dense(1)]
    [Training(Loss.Huber, Optimizer.RmsProp)]
    public sealed partial class Odd
    {
    }

    [GeneratedNetwork(12, Emit = Profile.Emit, Numerics = Profile.Numerics)]
    [Dense(24, Activation.Relu, UseBias = false, Initializer = Initializer.HeUniform)]
    [Dense(12, Activation.Tanh, Frozen = true, Initializer = Initializer.GlorotNormal)]
    [Dense(8, Activation.Selu, Initializer = Initializer.LeCunNormal)]
    [Dense(7, Activation.Relu, Initializer = Initializer.HeNormal)]
    [Dense(5, Activation.Sigmoid, Initializer = Initializer.GlorotUniform)]
    [Training(Loss.BinaryCrossEntropy, Optimizer.Nesterov, InputGradients = true)]
    public sealed partial class Initialized
    {
    }

    [GeneratedNetwork(100, Emit = Profile.Emit, Numerics = Profile.Numerics)]
    [Dense(100, Activation.Relu)]
    [Dense(100, Activation.Sigmoid)]
    [Training(Loss.BinaryCrossEntropy, Optimizer.AdamW)]
    public sealed partial class Square
    {
    }

    [GeneratedNetwork(7, Emit = Profile.Emit, Numerics = Profile.Numerics, Unroll = Unroll.None)]
    [Dense(19, Activation.Tanh)]
    [Dense(3)]
    [Training(Loss.MeanSquaredError)]
    public sealed partial class Looped
    {
    }

    [GeneratedNetwork(6, Emit = Profile.Emit, Numerics = Profile.Numerics, Unroll = Unroll.Full)]
    [Dense(10, Activation.Relu)]
    [Dense(10, Activation.Elu)]
    [Dense(2)]
    [Training(Loss.MeanSquaredError, Optimizer.Adam)]
    public sealed partial class Unrolled
    {
    }

    [GeneratedNetwork(300, Emit = Profile.Emit, Numerics = Profile.Numerics)]
    [Dense(5, Activation.Softmax)]
    [Training(Loss.MeanSquaredError, Optimizer.AdamW, InputGradients = true)]
    public sealed partial class Flat
    {
    }

    [GeneratedNetwork(2, Precision = Precision.Double, Emit = Profile.Emit, Numerics = Profile.Numerics)]
    [Dense(4, Activation.Tanh)]
    [Dense(1, Activation.Sigmoid)]
    [Training(Loss.BinaryCrossEntropy)]
    public sealed partial class XorDouble
    {
    }

    [GeneratedNetwork(8, Precision = Precision.Double, Emit = Profile.Emit, Numerics = Profile.Numerics)]
    [Dense(32, Activation.Relu)]
    [Dense(32, Activation.Relu)]
    [Dense(4)]
    [Training(Loss.MeanSquaredError, Optimizer.Adam)]
    public sealed partial class QuadDouble
    {
    }

    [GeneratedNetwork(64, Precision = Precision.Double, Emit = Profile.Emit, Numerics = Profile.Numerics)]
    [Dense(32, Activation.Relu)]
    [Dense(10, Activation.Softmax)]
    [Training(Loss.CrossEntropy)]
    public sealed partial class DigitsDouble
    {
    }

    [GeneratedNetwork(13, Precision = Precision.Double, Emit = Profile.Emit, Numerics = Profile.Numerics)]
    [Dense(11, Activation.LeakyRelu)]
    [Dense(9, Activation.Relu6)]
    [Dense(7, Activation.HardTanh)]
    [Dense(6, Activation.HardSigmoid)]
    [Dense(5, Activation.HardSwish)]
    [Dense(3)]
    [Training(Loss.Huber, Optimizer.Momentum, InputGradients = true)]
    public sealed partial class PiecewiseDouble
    {
    }

    [GeneratedNetwork(10, Precision = Precision.Double, Emit = Profile.Emit, Numerics = Profile.Numerics)]
    [Dense(17, Activation.Elu)]
    [Dense(9, Activation.Selu)]
    [Dense(7, Activation.Softplus)]
    [Dense(5, Activation.Softsign)]
    [Dense(4, Activation.LogSigmoid)]
    [Training(Loss.MeanAbsoluteError, Optimizer.RmsProp)]
    public sealed partial class ExponentialDouble
    {
    }

    [GeneratedNetwork(9, Precision = Precision.Double, Emit = Profile.Emit, Numerics = Profile.Numerics)]
    [Dense(15, Activation.Gelu)]
    [Dense(11, Activation.GeluTanh)]
    [Dense(9, Activation.Silu)]
    [Dense(7, Activation.Mish)]
    [Dense(5, Activation.Tanh)]
    [Dense(3, Activation.Sigmoid)]
    [Training(Loss.SquaredError, Optimizer.AdamW, InputGradients = true)]
    public sealed partial class SmoothDouble
    {
    }

    [GeneratedNetwork(6, Precision = Precision.Double, Emit = Profile.Emit, Numerics = Profile.Numerics)]
    [Normalize(Clip = 2)]
    [Dense(11, Activation.Tanh)]
    [Clip(-0.5, 0.75)]
    [Dense(7, Activation.LogSoftmax)]
    [Training(Loss.CrossEntropy, Optimizer.Nesterov)]
    public sealed partial class RangedDouble
    {
    }

    [GeneratedNetwork(33, Precision = Precision.Double, Emit = Profile.Emit, Numerics = Profile.Numerics)]
    [Dense(40, Activation.Relu)]
    [Dropout(0.3)]
    [Dense(10, Activation.Softmax)]
    [Training(Loss.CrossEntropy, Optimizer.Adam)]
    public sealed partial class DroppedDouble
    {
    }

    [GeneratedNetwork(64, Emit = Profile.Emit, Numerics = Profile.Numerics)]
    [Dense(32, Activation.Relu)]
    [Dropout(0.2)]
    [Dense(10, Activation.Softmax)]
    [Training(Loss.CrossEntropy, Optimizer.Adam)]
    public sealed partial class Handwritten
    {
    }
}
