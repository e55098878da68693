using System;
using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Model;

namespace GeneratedNetworks.Generator.Functions;

/// <summary>A setting of an optimizer: the trainer's property and the value it starts with.</summary>
internal sealed record HyperParameter(string Name, double Default)
{
    /// <summary>The name under which prepared scalars know it: "learningRate".</summary>
    public string Variable => char.ToLowerInvariant(Name[0]) + Name.Substring(1);
}

/// <summary>A number that one step shares by all parameters, computed in double and rounded to the element type.</summary>
/// <param name="Name">The parameter of the update helper that it is passed to.</param>
/// <param name="Expression">Its C# expression of type double, over the settings' variables and <c>step</c>, which is 1 in the first step.</param>
internal sealed record PreparedScalar(string Name, Func<NumericText, string> Expression);

/// <summary>One optimizer by PyTorch's definition.</summary>
/// <param name="Formula">The rule for one parameter w with gradient g, for comments.</param>
/// <param name="Slots">State values per parameter, all zero at first: the helper's <c>ref</c> arguments, in this order.</param>
/// <param name="Settings">Hyper-parameters beside L1, L2 and ClipNorm, which every trainer has.</param>
/// <param name="Scalars">What the helper takes after the state.</param>
/// <param name="Update">The statements of the helper: the state is updated in place, the new parameter returned.</param>
internal sealed record OptimizerRule(
    Optimizer Optimizer, string Formula, IReadOnlyList<string> Slots, IReadOnlyList<HyperParameter> Settings, IReadOnlyList<PreparedScalar> Scalars,
    Func<NumericText, string> Update)
{
    private const string AdamFormula = "m = β1 m + (1 - β1) g; v = β2 v + (1 - β2) g²; w -= η m/(1 - β1^t) / (√(v/(1 - β2^t)) + ε)";

    private const string AdamNote = "\nrate and epsilon carry the bias corrections; gain1 = 1 - β1, gain2 = 1 - β2";

    private static readonly HyperParameter Rate = new("LearningRate", 0.01);
    private static readonly HyperParameter AdamRate = new("LearningRate", 0.001);
    private static readonly HyperParameter Momentum = new("Momentum", 0.9);
    private static readonly HyperParameter Beta1 = new("Beta1", 0.9);
    private static readonly HyperParameter Beta2 = new("Beta2", 0.999);
    private static readonly HyperParameter Epsilon = new("Epsilon", 1e-8);

    private static readonly PreparedScalar PlainRate = new("rate", _ => "learningRate");
    private static readonly PreparedScalar PlainMomentum = new("momentum", _ => "momentum");

    // m / (1 - β1^t) / (√(v / (1 - β2^t)) + ε) = √(1 - β2^t) / (1 - β1^t) · m / (√v + ε √(1 - β2^t))
    private static readonly PreparedScalar[] AdamScalars =
    [
        new("rate", t => $"learningRate * {Correction(t)} / (1 - {t.Call("Power", "beta1", "step")})"),
        new("gain1", _ => "1 - beta1"),
        new("gain2", _ => "1 - beta2"),
        new("epsilon", t => $"epsilon * {Correction(t)}"),
    ];

    private static readonly Helper Penalized = new(
        "PenalizedGradient", ["g", "w", "clip", "l1", "l2"], "clip g + l1 sign(w) + l2 w, sign(0) = 0", t => $"""
            {t.Type} sign = {t.IfGreater("w", t.Zero, "l1", t.IfLess("w", t.Zero, "-l1", "l1 * w"))};
            return {t.MultiplyAdd("clip", "g", t.MultiplyAdd("l2", "w", "sign"))};
            """);

    /// <summary>The table, in the order of the enum.</summary>
    public static IReadOnlyList<OptimizerRule> All { get; } =
    [
        new(Optimizer.Sgd, "w -= η g", [], [Rate], [PlainRate], Descend("g")),
        new(Optimizer.Momentum, "m = μ m + g; w -= η m", ["m"], [Rate, Momentum], [PlainRate, PlainMomentum],
            t => $"m = {t.MultiplyAdd("momentum", "m", "g")};\n{Descend("m")(t)}"),
        new(Optimizer.Nesterov, "m = μ m + g; w -= η (g + μ m)", ["m"], [Rate, Momentum], [PlainRate, PlainMomentum],
            t => $"m = {t.MultiplyAdd("momentum", "m", "g")};\n{t.Type} ahead = {t.MultiplyAdd("momentum", "m", "g")};\n{Descend("ahead")(t)}"),
        new(Optimizer.RmsProp, "v = ρ v + (1 - ρ) g²; w -= η g / (√v + ε)", ["v"], [Rate, new("Rho", 0.99), Epsilon],
            [PlainRate, new("gain", _ => "1 - rho"), new("epsilon", _ => "epsilon")],
            t => $"v = {t.MultiplyAdd("gain", "g * g - v", "v")};\nreturn w - rate * g / ({t.Sqrt("v")} + epsilon);"),
        new(Optimizer.Adam, AdamFormula, ["m", "v"], [AdamRate, Beta1, Beta2, Epsilon], AdamScalars, AdamUpdate("w")) { Note = AdamNote, Shared = Correction },
        new(Optimizer.AdamW, "w -= η λ w on weights; then " + AdamFormula, ["m", "v"], [AdamRate, Beta1, Beta2, Epsilon, new("WeightDecay", 0.01)],
            [.. AdamScalars, new("keep", _ => "1 - learningRate * weightDecay")], AdamUpdate("keep * w")) { Note = AdamNote, Shared = Correction },
    ];

    /// <summary>A further line of the helper's comment, after a line feed.</summary>
    public string Note { get; private init; } = "";

    /// <summary>A part that several scalars' expressions have in common, to be computed once, or null.</summary>
    public Func<NumericText, string>? Shared { get; private init; }

    public string Name => Optimizer.ToString();

    /// <summary>The helper <c>XUpdate(w, g, ref slots…, scalars…)</c>: returns the new parameter. AdamW's <c>keep</c> is 1 for biases.</summary>
    public string Helper => Name + "Update";

    /// <summary>The update helper of every rule, and what clipping and penalties make of a gradient before any of them.</summary>
    public static IEnumerable<Helper> Helpers => All.Select(rule => new Helper(
        rule.Helper, ["w", "g", .. rule.Slots.Select(slot => "ref " + slot), .. rule.Scalars.Select(scalar => scalar.Name)],
        "one parameter: " + rule.Formula + rule.Note, rule.Update)).Append(Penalized);

    public static OptimizerRule Of(Optimizer optimizer) => All[(int)optimizer];

    private static string Correction(NumericText t) => t.Sqrt($"1 - {t.Call("Power", "beta2", "step")}");

    private static Func<NumericText, string> Descend(string direction) => t => $"return {t.MultiplyAdd("-rate", direction, "w")};";

    private static Func<NumericText, string> AdamUpdate(string weight) => t => $"""
        m = {t.MultiplyAdd("gain1", "g - m", "m")};
        v = {t.MultiplyAdd("gain2", "g * g - v", "v")};
        return {weight} - rate * m / ({t.Sqrt("v")} + epsilon);
        """;
}
