namespace GeneratedNetworks.Generator.Functions.Helpers;

/// <summary>What one element adds to a loss, and its derivative, adjacent.</summary>
internal static class ElementLosses
{
    public static string MeanSquaredError(NumericText t) => $"""
        {t.Type} d = y - t;
        return d * d;
        """;

    public static string MeanSquaredErrorSlope(NumericText t) => $"return {t.Constant(2)} * (y - t);";

    public static string SquaredError(NumericText t) => $"""
        {t.Type} d = y - t;
        return {t.Constant(0.5)} * d * d;
        """;

    public static string SquaredErrorSlope(NumericText t) => "return y - t;";

    public static string MeanAbsoluteError(NumericText t) => $"""
        {t.Type} d = y - t;
        return {t.Abs("d")};
        """;

    // The difference itself where it is 0 or NaN.
    public static string MeanAbsoluteErrorSlope(NumericText t) => $"""
        {t.Type} d = y - t;
        return {t.IfGreater("d", t.Zero, t.Constant(1), t.IfLess("d", t.Zero, t.Constant(-1), "d"))};
        """;

    public static string Huber(NumericText t) => $"""
        {t.Type} d = y - t;
        {t.Type} a = {t.Abs("d")};
        return {t.IfLess("a", t.Constant(1), $"{t.Constant(0.5)} * a * a", $"a - {t.Constant(0.5)}")};
        """;

    public static string HuberSlope(NumericText t) => $"""
        {t.Type} d = y - t;
        {t.Type} low = {t.Max(t.Constant(-1), "d")};
        return {t.Min(t.Constant(1), "low")};
        """;

    // The logarithm last: it is not lost beside a large z t.
    public static string BinaryCrossEntropy(NumericText t) => $"return {t.Max(t.Zero, "z")} - z * t + {t.Call("SoftplusTail", "z")};";

    public static string BinaryCrossEntropySlope(NumericText t) => $"return {t.Call("Sigmoid", "z")} - t;";

    public static string CrossEntropy(NumericText t) => "return -t * y;";

    public static string CrossEntropySlope(NumericText t) => "return -t;";
}
