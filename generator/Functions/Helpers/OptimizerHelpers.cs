using System.Collections.Generic;

namespace GeneratedNetworks.Generator.Functions.Helpers;

/// <summary>One optimiser step of one parameter: the new value is returned, the state is updated in place.</summary>
/// <remarks>Scalars that a step shares by all parameters come prepared; <see cref="OptimizerRule"/> says how.</remarks>
internal static class OptimizerHelpers
{
    public static IEnumerable<Helper> All { get; } =
    [
        new("PenalizedGradient", ["g", "w", "clip", "l1", "l2"], "clip g + l1 sign(w) + l2 w, sign(0) = 0", t => $"""
            {t.Type} sign = {t.IfGreater("w", t.Zero, "l1", t.IfLess("w", t.Zero, "-l1", "l1 * w"))};
            return {t.MultiplyAdd("clip", "g", t.MultiplyAdd("l2", "w", "sign"))};
            """),

        new("SgdUpdate", ["w", "g", "rate"], "w - rate g", t => $"return {t.MultiplyAdd("-rate", "g", "w")};"),

        new("MomentumUpdate", ["w", "g", "ref m", "rate", "momentum"], "m = momentum m + g; w - rate m", t => $"""
            m = {t.MultiplyAdd("momentum", "m", "g")};
            return {t.MultiplyAdd("-rate", "m", "w")};
            """),

        new("NesterovUpdate", ["w", "g", "ref m", "rate", "momentum"], "m = momentum m + g; w - rate (g + momentum m)", t => $"""
            m = {t.MultiplyAdd("momentum", "m", "g")};
            {t.Type} ahead = {t.MultiplyAdd("momentum", "m", "g")};
            return {t.MultiplyAdd("-rate", "ahead", "w")};
            """),

        new("RmsPropUpdate", ["w", "g", "ref v", "rate", "gain", "epsilon"], "v = v + gain (g^2 - v), gain = 1 - rho; w - rate g / (sqrt(v) + epsilon)", t => $"""
            v = {t.MultiplyAdd("gain", "g * g - v", "v")};
            return w - rate * g / ({t.Sqrt("v")} + epsilon);
            """),

        new("AdamUpdate", ["w", "g", "ref m", "ref v", "rate", "gain1", "gain2", "epsilon"],
            "m = m + gain1 (g - m); v = v + gain2 (g^2 - v); w - rate m / (sqrt(v) + epsilon)\nrate and epsilon hold the bias corrections, gain = 1 - beta", Adam("w")),

        new("AdamWUpdate", ["w", "g", "ref m", "ref v", "rate", "gain1", "gain2", "epsilon", "keep"],
            "keep w - rate m / (sqrt(v) + epsilon), m and v as in Adam; keep = 1 - learningRate weightDecay", Adam("keep * w")),
    ];

    private static System.Func<NumericText, string> Adam(string weight) => t => $"""
        m = {t.MultiplyAdd("gain1", "g - m", "m")};
        v = {t.MultiplyAdd("gain2", "g * g - v", "v")};
        return {weight} - rate * m / ({t.Sqrt("v")} + epsilon);
        """;
}
