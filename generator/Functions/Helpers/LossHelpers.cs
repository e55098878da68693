using System.Collections.Generic;

namespace GeneratedNetworks.Generator.Functions.Helpers;

/// <summary>Per-element losses and their derivatives in the output; <see cref="LossFunction"/> says how they are summed.</summary>
internal static class LossHelpers
{
    private static readonly string[] OutputAndTarget = ["y", "t"];

    public static IEnumerable<Helper> All { get; } =
    [
        new("MeanSquaredErrorLoss", OutputAndTarget, "(y - t)^2", t => $"""
            {t.Type} d = y - t;
            return d * d;
            """),
        new("MeanSquaredErrorLossGradient", OutputAndTarget, "2 (y - t)", t => $"return {t.Constant(2)} * (y - t);"),

        new("SquaredErrorLoss", OutputAndTarget, "(y - t)^2 / 2", t => $"""
            {t.Type} d = y - t;
            return {t.Constant(0.5)} * d * d;
            """),
        new("SquaredErrorLossGradient", OutputAndTarget, "y - t", _ => "return y - t;"),

        new("MeanAbsoluteErrorLoss", OutputAndTarget, "|y - t|", t => $"""
            {t.Type} d = y - t;
            return {t.Abs("d")};
            """),
        new("MeanAbsoluteErrorLossGradient", OutputAndTarget, "sign(y - t), 0 where they are equal", t => $"""
            {t.Type} d = y - t;
            return {t.IfGreater("d", t.Zero, t.Constant(1), t.IfLess("d", t.Zero, t.Constant(-1), "d"))};
            """),

        new("HuberLoss", OutputAndTarget, "d^2 / 2 where |d| < 1, otherwise |d| - 1/2; d = y - t", t => $"""
            {t.Type} d = y - t;
            {t.Type} a = {t.Abs("d")};
            return {t.IfLess("a", t.Constant(1), $"{t.Constant(0.5)} * a * a", $"a - {t.Constant(0.5)}")};
            """),
        new("HuberLossGradient", OutputAndTarget, "min(max(y - t, -1), 1)", t => $"""
            {t.Type} d = y - t;
            {t.Type} low = {t.Max(t.Constant(-1), "d")};
            return {t.Min(t.Constant(1), "low")};
            """),

        new("BinaryCrossEntropyLoss", ["z", "t"], "max(z, 0) - z t + log(1 + exp(-|z|)), z before the sigmoid", t =>
            $"return {t.Max(t.Zero, "z")} - z * t + {t.Call("SoftplusTail", "z")};"),
        new("BinaryCrossEntropyLossGradient", ["z", "t"], "σ(z) - t, in z", t => $"return {t.Call("Sigmoid", "z")} - t;"),

        new("CrossEntropyLoss", OutputAndTarget, "-t y, y being log p", _ => "return -t * y;"),
        new("CrossEntropyLossGradient", OutputAndTarget, "-t, in log p", _ => "return -t;"),
    ];
}
