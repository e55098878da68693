using System;
using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Functions.Helpers;
using GeneratedNetworks.Generator.Model;
using static GeneratedNetworks.Generator.Functions.LossArgument;

namespace GeneratedNetworks.Generator.Functions;

/// <summary>What a loss helper takes as its first argument, and what its gradient is the derivative in.</summary>
internal enum LossArgument
{
    /// <summary>The network's output y.</summary>
    Output,

    /// <summary>The value z before the output activation: loss and activation are one function, stable for any z.</summary>
    PreActivation,

    /// <summary>The logarithm of the output's probabilities: the output itself under LogSoftmax, z - log Σ exp(z) under Softmax.</summary>
    LogProbability,
}

/// <summary>One loss, per sample.</summary>
/// <param name="Formula">The value for one sample, for comments.</param>
/// <param name="Gradient">Its derivative in what <paramref name="Takes"/> says, for comments.</param>
/// <param name="IsMean">The elements' sum is divided by their number, and so is the gradient.</param>
/// <param name="Outputs">The output activations that the loss may follow; empty: any.</param>
/// <param name="Kinks">Values of y - t where the derivative or its slope jumps, ascending.</param>
/// <param name="Value">The statements of the helper <c>XLoss(y, t)</c>: one element's share before any mean.</param>
/// <param name="Slope">The statements of the helper <c>XLossGradient(y, t)</c>: its derivative.</param>
internal sealed record LossFunction(
    Loss Loss, string Formula, string Gradient, bool IsMean, LossArgument Takes, IReadOnlyList<Activation> Outputs, double[] Kinks,
    Func<NumericText, string> Value, Func<NumericText, string> Slope)
{
    private static readonly Activation[] Any = [];

    /// <summary>The table, in the order of the enum.</summary>
    public static IReadOnlyList<LossFunction> All { get; } =
    [
        new(Loss.MeanSquaredError, "mean (y - t)²", "2 (y - t) / n", true, Output, Any, [],
            ElementLosses.MeanSquaredError, ElementLosses.MeanSquaredErrorSlope) { GradientFactor = 2, Plain = Loss.SquaredError },
        new(Loss.SquaredError, "½ Σ (y - t)²", "y - t", false, Output, Any, [],
            ElementLosses.SquaredError, ElementLosses.SquaredErrorSlope),
        new(Loss.MeanAbsoluteError, "mean |y - t|", "sign(y - t) / n", true, Output, Any, [0],
            ElementLosses.MeanAbsoluteError, ElementLosses.MeanAbsoluteErrorSlope),
        new(Loss.Huber, "mean of ½ (y - t)² where |y - t| < 1, otherwise |y - t| - ½", "min(max(y - t, -1), 1) / n", true, Output, Any, [-1, 1],
            ElementLosses.Huber, ElementLosses.HuberSlope),
        new(Loss.BinaryCrossEntropy, "mean of max(z, 0) - z t + log(1 + exp(-|z|))", "(σ(z) - t) / n", true, PreActivation, [Activation.Sigmoid], [],
            ElementLosses.BinaryCrossEntropy, ElementLosses.BinaryCrossEntropySlope),
        new(Loss.CrossEntropy, "-Σ t log p", "p Σt - t, in z", false, LogProbability, [Activation.Softmax, Activation.LogSoftmax], [],
            ElementLosses.CrossEntropy, ElementLosses.CrossEntropySlope),
    ];

    public string Name => Loss.ToString();

    /// <summary>The helper with one element's value, <c>XLoss(y, t)</c>, before any mean.</summary>
    public string ValueHelper => Name + "Loss";

    /// <summary>The helper with one element's derivative, <c>XLossGradient(y, t)</c>, before any mean.</summary>
    /// <remarks>For CrossEntropy it is the derivative in log p, -t; the fused one in z works on rows: p·Σt - t.</remarks>
    public string GradientHelper => Name + "LossGradient";

    /// <summary>The two helpers of every loss.</summary>
    public static IEnumerable<Helper> Helpers => All.SelectMany(loss =>
    {
        string[] parameters = [loss.Takes == PreActivation ? "z" : "y", "t"];
        return new Helper[]
        {
            new(loss.ValueHelper, parameters, "one element of " + loss.Formula, loss.Value),
            new(loss.GradientHelper, parameters, "its derivative, before any mean", loss.Slope),
        };
    });

    /// <summary>By how much the derivative exceeds that of <see cref="Plain"/>: a step multiplies it into the learning rate.</summary>
    public int GradientFactor { get; init; } = 1;

    /// <summary>The loss whose derivative is this one's but for <see cref="GradientFactor"/>.</summary>
    public Loss Plain { get; init; } = Loss;

    /// <summary>The helper with one element's derivative but for <see cref="GradientFactor"/>.</summary>
    public string PlainGradientHelper => Of(Plain).GradientHelper;

    public bool HasKinks => Kinks.Length > 0;

    /// <summary>A C# expression of type int over the double y - t: equal values mean one smooth piece.</summary>
    public string RegionExpression(string difference) => ActivationFunction.Region(Kinks, difference);

    public static LossFunction Of(Loss loss) => All[(int)loss];

    public bool Fits(Activation output) => Outputs.Count == 0 || Outputs.Contains(output);
}
