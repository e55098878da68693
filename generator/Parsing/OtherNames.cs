using System;
using System.Collections.Generic;

namespace GeneratedNetworks.Generator.Parsing;

/// <summary>What the values of our enums are called in other libraries and in books. Spellings that differ in case alone need no line.</summary>
internal static class OtherNames
{
    /// <summary>By "Enum.Name elsewhere", in any case and without what joins words: the name here.</summary>
    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["Activation.Linear"] = "Identity",
        ["Activation.None"] = "Identity",
        ["Activation.Rectifier"] = "Relu",
        ["Activation.LRelu"] = "LeakyRelu",
        ["Activation.Celu"] = "Elu",
        ["Activation.GeluNew"] = "GeluTanh",
        ["Activation.GeluApproximate"] = "GeluTanh",
        ["Activation.Swish"] = "Silu",
        ["Activation.HardSilu"] = "HardSwish",
        ["Activation.HyperbolicTangent"] = "Tanh",
        ["Activation.TanSig"] = "Tanh",
        ["Activation.Logistic"] = "Sigmoid",
        ["Activation.Expit"] = "Sigmoid",
        ["Activation.LogSig"] = "Sigmoid",
        ["Loss.Mse"] = "MeanSquaredError",
        ["Loss.MseLoss"] = "MeanSquaredError",
        ["Loss.L2"] = "MeanSquaredError",
        ["Loss.Mae"] = "MeanAbsoluteError",
        ["Loss.L1"] = "MeanAbsoluteError",
        ["Loss.L1Loss"] = "MeanAbsoluteError",
        ["Loss.SmoothL1"] = "Huber",
        ["Loss.SmoothL1Loss"] = "Huber",
        ["Loss.Bce"] = "BinaryCrossEntropy",
        ["Loss.BceLoss"] = "BinaryCrossEntropy",
        ["Loss.BceWithLogitsLoss"] = "BinaryCrossEntropy",
        ["Loss.LogLoss"] = "BinaryCrossEntropy",
        ["Loss.CategoricalCrossEntropy"] = "CrossEntropy",
        ["Loss.SparseCategoricalCrossEntropy"] = "CrossEntropy",
        ["Loss.NllLoss"] = "CrossEntropy",
        ["Loss.NegativeLogLikelihood"] = "CrossEntropy",
        ["Optimizer.GradientDescent"] = "Sgd",
        ["Optimizer.StochasticGradientDescent"] = "Sgd",
        ["Optimizer.HeavyBall"] = "Momentum",
        ["Optimizer.Nag"] = "Nesterov",
        ["Initializer.Xavier"] = "GlorotUniform",
        ["Initializer.XavierUniform"] = "GlorotUniform",
        ["Initializer.XavierNormal"] = "GlorotNormal",
        ["Initializer.KaimingUniform"] = "HeUniform",
        ["Initializer.KaimingNormal"] = "HeNormal",
    };

    /// <summary>What a value of an enum is called here; <see langword="null"/> for a word that is not known.</summary>
    public static string? Find(string type, string word) => All.TryGetValue($"{type}.{word}", out string? name) ? name : null;
}
