namespace GeneratedNetworks.Generator.Functions.Helpers;

/// <summary>Activations of straight pieces, and Softsign: no exponential in them.</summary>
/// <remarks>Each derivative is adjacent, times dy. At a kink it is PyTorch's: the outer piece's, and for Relu and LeakyRelu the left one's.</remarks>
internal static class PiecewiseActivations
{
    public static string Identity(NumericText t) => "return z;";
    public static string IdentityBackward(NumericText t) => "return dy;";

    public static string Relu(NumericText t) => $"return {t.Max(t.Zero, "z")};";
    public static string ReluBackward(NumericText t) => $"return {t.IfGreater("y", t.Zero, "dy", t.Zero)};";

    public static string LeakyRelu(NumericText t) => $"return {t.IfGreater("z", t.Zero, "z", $"z * {t.Constant(0.01)}")};";
    public static string LeakyReluBackward(NumericText t) => $"return {t.IfGreater("y", t.Zero, "dy", $"dy * {t.Constant(0.01)}")};";

    public static string HardTanh(NumericText t) => Clamped(t, "z", -1, 1, "c");
    public static string HardTanhBackward(NumericText t) => $"return {Inside(t, "y", -1, 1, "dy")};";

    public static string Relu6(NumericText t) => Clamped(t, "z", 0, 6, "c");
    public static string Relu6Backward(NumericText t) => $"return {Inside(t, "y", 0, 6, "dy")};";

    // The sum first: it is exact near -3, where z / 6 + 1/2 would lose its digits.
    public static string HardSigmoid(NumericText t) => Clamped(t, $"z + {t.Constant(3)}", 0, 6, $"c * {t.Constant(1.0 / 6)}");
    public static string HardSigmoidBackward(NumericText t) => $"return {Inside(t, "y", 0, 1, $"dy * {t.Constant(1.0 / 6)}")};";

    // Left of -3 the factor z is held there, so that minus infinity gives 0 and not NaN.
    public static string HardSwish(NumericText t) => $"""
        {t.Type} z3 = {t.Max(t.Constant(-3), "z")};
        {t.Type} c = {t.Min(t.Constant(6), $"z3 + {t.Constant(3)}")};
        return z3 * (c * {t.Constant(1.0 / 6)});
        """;

    public static string HardSwishBackward(NumericText t) => $"""
        {t.Type} slope = {t.MultiplyAdd("z", t.Constant(1.0 / 3), t.Constant(0.5))};
        return {t.IfGreater("z", t.Constant(-3), t.IfLess("z", t.Constant(3), "dy * slope", "dy"), t.Zero)};
        """;

    // Held to a range whose ends are +-1 already, so that an infinity does not become inf / inf.
    public static string Softsign(NumericText t) => $"""
        {t.Type} low = {t.Max(t.Constant(-1e30), "z")};
        {t.Type} held = {t.Min(t.Constant(1e30), "low")};
        return held / ({t.Constant(1)} + {t.Abs("held")});
        """;

    public static string SoftsignBackward(NumericText t) => $"""
        {t.Type} q = {t.Constant(1)} - {t.Abs("y")};
        return dy * (q * q);
        """;

    private static string Clamped(NumericText t, string value, double low, double high, string result) => $"""
        {t.Type} b = {t.Max(t.Constant(low), value)};
        {(result == "c" ? "return" : $"{t.Type} c =")} {t.Min(t.Constant(high), "b")};
        {(result == "c" ? "" : $"return {result};")}
        """.TrimEnd();

    /// <summary>The value strictly inside the interval, 0 outside and at its ends.</summary>
    private static string Inside(NumericText t, string x, double low, double high, string value) =>
        t.IfGreater(x, t.Constant(low), t.IfLess(x, t.Constant(high), value, t.Zero), t.Zero);
}
