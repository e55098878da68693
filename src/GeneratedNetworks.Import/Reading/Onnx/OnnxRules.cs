using System.Collections.Frozen;

namespace GeneratedNetworks.Import.Reading.Onnx;

/// <summary>Every operator that is executed, by domain and name.</summary>
internal static class OnnxRules
{
    public const string Standard = "ai.onnx";
    private const string Learning = "ai.onnx.ml";
    private const string Runtime = "com.microsoft";

    private static readonly FrozenDictionary<(string Domain, string Name), OnnxRule> Rules = new[]
    {
        (Standard, ActivationRules.Table), (Standard, ArithmeticRules.Table), (Standard, ProductRules.Table), (Standard, QuantizedRules.Table),
        (Standard, NormalisationRules.Table), (Standard, ShapeRules.Table), (Standard, ConvolutionRules.Table), (Standard, PoolRules.Table),
        (Standard, PadRules.Table), (Standard, RecurrentRules.Table), (Learning, LearningRules.Table), (Runtime, QuantizedRules.RuntimeTable),
    }.SelectMany(table => table.Item2.Select(rule => KeyValuePair.Create((table.Item1, rule.Key), rule.Value))).ToFrozenDictionary();

    /// <summary>What a random node gives cannot be checked; these are refused by name.</summary>
    private static readonly FrozenSet<string> Random =
        new[] { "RandomNormal", "RandomNormalLike", "RandomUniform", "RandomUniformLike", "Multinomial", "Bernoulli" }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Functions whose results have bounds, whatever they read.</summary>
    private static readonly FrozenDictionary<string, (double Least, double Greatest)> Bounds = new Dictionary<string, (double Least, double Greatest)>(StringComparer.Ordinal)
    {
        ["Sigmoid"] = (0, 1),
        ["HardSigmoid"] = (0, 1),
        ["Softmax"] = (0, 1),
        ["Tanh"] = (-1, 1),
        ["Softsign"] = (-1, 1),
        ["Relu"] = (0, double.PositiveInfinity),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static OnnxRule? Find(string domain, string name) => Rules.GetValueOrDefault((domain, name));

    public static (double Least, double Greatest)? BoundsOf(string name) => Bounds.TryGetValue(name, out (double Least, double Greatest) bounds) ? bounds : null;

    public static bool IsRandom(string domain, string name) => domain == Standard && Random.Contains(name);
}
