using System.Collections.Frozen;

namespace GeneratedNetworks.Import.Onnx;

/// <summary>Operators at which a network ends: what they give is drawn at random, or is a class and no number to train on.</summary>
internal static class RandomOperators
{
    private static readonly FrozenSet<string> Random = new[]
    {
        "RandomNormal", "RandomNormalLike", "RandomUniform", "RandomUniformLike", "Multinomial", "Bernoulli",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Labels = new[]
    {
        "ArgMax", "ArgMin", "TopK", "Hardmax", "ai.onnx.ml.ZipMap", "ai.onnx.ml.ArrayFeatureExtractor", "ai.onnx.ml.LabelEncoder", "ai.onnx.ml.Binarizer",
    }.ToFrozenSet(StringComparer.Ordinal);

    public static bool IsRandom(string operatorName) => Random.Contains(operatorName);

    /// <summary>Whether the operator turns numbers into the name or the place of a class.</summary>
    public static bool GivesLabels(string operatorName) => Labels.Contains(operatorName);

    /// <summary>
    /// The value before the noise: what the last random node reads, such as the mean that it is added to, or where it reads nothing, what else its result
    /// meets. Null where there is none.
    /// </summary>
    /// <param name="nodes">Those that the output needs, in order, one of them random.</param>
    /// <param name="isConstant">Whether a value is a constant.</param>
    public static string? Before(IReadOnlyList<OnnxNode> nodes, Func<string, bool> isConstant)
    {
        HashSet<string> noisy = new(StringComparer.Ordinal);
        string? before = null;
        foreach (OnnxNode node in nodes)
        {
            bool isRandom = IsRandom(node.Operator);
            bool reads = node.Inputs.Any(noisy.Contains);
            if (!isRandom && !reads)
                continue;
            noisy.UnionWith(node.Outputs);
            string? other = node.Inputs.FirstOrDefault(input => input.Length > 0 && !noisy.Contains(input) && !isConstant(input));
            if (isRandom && other is not null)
                return other;
            before = other ?? before;
        }

        return before;
    }
}
