namespace GeneratedNetworks.Generator.Tests;

/// <summary>The public attributes as a nanoFramework user declares them, in C# 7.3 and without the runtime package.</summary>
internal static class NanoAttributes
{
    public const string Text = """
        namespace GeneratedNetworks
        {
            using System;

            public enum Precision { Single, Double }
            public enum EmitProfile { Auto, Simd, Scalar, Basic }
            public enum Unroll { Auto, Full, None }
            public enum Activation
            {
                Identity, Relu, LeakyRelu, Elu, Selu, Gelu, GeluTanh, Silu, Mish, Softplus, Softsign, Tanh, Sigmoid,
                HardSigmoid, HardTanh, HardSwish, Relu6, Softmax, LogSoftmax
            }
            public enum Loss { MeanSquaredError, SquaredError, MeanAbsoluteError, Huber, BinaryCrossEntropy, CrossEntropy }
            public enum Optimizer { Sgd, Momentum, Nesterov, RmsProp, Adam, AdamW }
            public enum Reduction { Mean, Sum }
            public enum Initializer { Auto, GlorotUniform, GlorotNormal, HeUniform, HeNormal, LeCunNormal, Zeros }

            public sealed class GeneratedNetworkAttribute : Attribute
            {
                public GeneratedNetworkAttribute(params int[] inputShape) { }
                public Precision Precision { get; set; }
                public EmitProfile Emit { get; set; }
                public Unroll Unroll { get; set; }
            }

            public abstract class LayerAttribute : Attribute
            {
                public string Name { get; set; }
            }

            [AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
            public sealed class DenseAttribute : LayerAttribute
            {
                public DenseAttribute(int units, Activation activation = Activation.Identity) { }
                public bool UseBias { get; set; }
                public Initializer Initializer { get; set; }
                public bool Frozen { get; set; }
            }

            [AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
            public sealed class ActivationAttribute : LayerAttribute
            {
                public ActivationAttribute(Activation activation) { }
            }

            [AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
            public sealed class DropoutAttribute : LayerAttribute
            {
                public DropoutAttribute(double rate) { }
            }

            public sealed class TrainingAttribute : Attribute
            {
                public TrainingAttribute(Loss loss, Optimizer optimizer = Optimizer.Sgd) { }
                public Reduction Reduction { get; set; }
                public bool InputGradients { get; set; }
            }
        }
        """;
}
