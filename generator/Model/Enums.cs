namespace GeneratedNetworks.Generator.Model;

// The public enums again: the generator cannot reference the package it ships in. RegistryTests hold names and values equal.

internal enum Precision { Single, Double }

internal enum EmitProfile { Auto, Simd, Scalar, Basic }

internal enum Unroll { Auto, Full, None }

internal enum Numerics { Fast, Reproducible }

internal enum Activation
{
    Identity, Relu, LeakyRelu, Elu, Selu, Gelu, GeluTanh, Silu, Mish, Softplus, Softsign, Tanh, Sigmoid,
    HardSigmoid, HardTanh, HardSwish, Relu6, Softmax, LogSoftmax, LogSigmoid,
}

internal enum Loss { MeanSquaredError, SquaredError, MeanAbsoluteError, Huber, BinaryCrossEntropy, CrossEntropy }

internal enum Optimizer { Sgd, Momentum, Nesterov, RmsProp, Adam, AdamW }

internal enum Reduction { Mean, Sum }

internal enum Initializer { Auto, GlorotUniform, GlorotNormal, HeUniform, HeNormal, LeCunNormal, Zeros, Orthogonal }

internal enum Padding { Valid, Same, Causal }

internal enum WeightOrder { InOut, OutIn }
