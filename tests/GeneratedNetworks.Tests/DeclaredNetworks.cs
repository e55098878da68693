namespace GeneratedNetworks.Tests;

/// <summary>As the first page of the documentation writes it.</summary>
[GeneratedNetwork(64)]
[Dense(32, Activation.Sigmoid)]
[Dense(10, Activation.Softmax)]
[Training(Loss.CrossEntropy, Optimizer.Sgd)]
public sealed partial class DigitNet;

/// <summary>Without training, in double, of the input's shape.</summary>
[GeneratedNetwork(4, 4, 1, Precision = Precision.Double)]
[Dense(3, Activation.Relu, Name = "features")]
[Dense(1, UseBias = false)]
public sealed partial class InferenceNet;

public static partial class Outer
{
    internal partial record struct Middle
    {
        /// <summary>Inside other types, with every hyper-parameter an optimizer can have.</summary>
        [GeneratedNetwork(2, Precision = Precision.Double)]
        [Dense(8, Activation.Tanh)]
        [Dropout(0.1)]
        [Dense(1)]
        [Training(Loss.Huber, Optimizer.AdamW, InputGradients = true)]
        internal partial class NestedNet;
    }
}
