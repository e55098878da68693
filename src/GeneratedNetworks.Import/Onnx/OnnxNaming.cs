namespace GeneratedNetworks.Import.Onnx;

/// <summary>
/// What a layer is called: by its weights where their name tells ("fc1.weight": "fc1"), otherwise by the node, otherwise by the weights all the same.
/// </summary>
internal static class OnnxNaming
{
    // What frameworks and quantizers put behind a layer's own name, the longest first.
    private static readonly string[] WeightSuffixes =
        ["/MatMul/ReadVariableOp:0", "/ReadVariableOp:0", "/kernel:0", "_kernel", "/kernel", ".kernel", ".weight", "_weight", "/weight", "_W", ".W", "/W"];

    private static readonly string[] BiasSuffixes = [".bias", "_bias", "/bias", "/bias:0"];

    private static readonly string[] QuantizedSuffixes = ["_quantized", "_DequantizeLinear"];

    public static string? Layer(OnnxNode node, OnnxConstant weight, OnnxConstant? bias) =>
        Stem(weight.Name, WeightSuffixes) ?? Stem(bias?.Name ?? "", BiasSuffixes) ?? Path(node) ?? (IsNumbered(weight.Name) ? null : weight.Name);

    private static string? Stem(string name, string[] suffixes)
    {
        foreach (string suffix in QuantizedSuffixes)
            name = name.EndsWith(suffix, StringComparison.Ordinal) ? name[..^suffix.Length] : name;
        string? found = suffixes.FirstOrDefault(suffix => name.Length > suffix.Length && name.EndsWith(suffix, StringComparison.Ordinal));
        return found is null ? null : name[..^found.Length];
    }

    /// <summary>The node's name; without the operator that exporters put behind the module's path: "/encoder/fc1/MatMul".</summary>
    public static string? Path(OnnxNode node)
    {
        int slash = node.Name?.LastIndexOf('/') ?? -1;
        bool endsInOperator = slash > 0 && node.Name![(slash + 1)..].StartsWith(node.Operator, StringComparison.Ordinal);
        return endsInOperator ? node.Name![..slash] : node.Name;
    }

    /// <summary>Names that an exporter made up: "onnx::MatMul_12", "7".</summary>
    private static bool IsNumbered(string name) => name.Contains("::", StringComparison.Ordinal) || name.All(char.IsAsciiDigit);
}
