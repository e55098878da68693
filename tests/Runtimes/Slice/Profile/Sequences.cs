using GeneratedNetworks;

// Sequences: every recurrent layer, forwards, backwards and in streams.
namespace Slice.ReproducibleSimd
{
    [GeneratedNetwork(9, 3, Emit = Profile.Emit, Numerics = Profile.Numerics)]
    [Gru(17, ReturnSequences = true)]
    [Gru(5, ReturnSequences = true, ResetAfter = false)]
    [LayerNorm]
    [Lstm(8)]
    [Dense(4, Activation.Softmax)]
    [Training(Loss.CrossEntropy, Optimizer.Adam, InputGradients = true)]
    public sealed partial class Gated
    {
    }

    [GeneratedNetwork(7, 2, Precision = Precision.Double, Emit = Profile.Emit, Numerics = Profile.Numerics)]
    [SimpleRnn(9, Activation.Softsign, ReturnSequences = true)]
    [Lstm(3, ReturnSequences = true, CellClip = 0.25, ForgetBias = 0.5)]
    [SimpleRnn(6, Activation.Silu, ReturnSequences = true, RecurrentInitializer = Initializer.GlorotNormal)]
    [Dense(2, Activation.Tanh, PerStep = true)]
    [Training(Loss.Huber, Optimizer.RmsProp, InputGradients = true)]
    public sealed partial class Recurrent
    {
    }

    [GeneratedNetwork(16, 2, Emit = Profile.Emit, Numerics = Profile.Numerics, Streaming = true)]
    [Conv1D(5, 3, Activation.Relu, Padding = Padding.Causal, Dilation = 2)]
    [Gru(16, ReturnSequences = true)]
    [Lstm(4, ReturnSequences = true)]
    [Dense(1, PerStep = true)]
    [Training(Loss.MeanSquaredError, Optimizer.Adam)]
    public sealed partial class Endless
    {
    }
}
