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
        (Standard, NormalisationRules.Table), (Standard, ShapeRules.Table), (Learning, LearningRules.Table), (Runtime, QuantizedRules.RuntimeTable),
    }.SelectMany(table => table.Item2.Select(rule => KeyValuePair.Create((table.Item1, rule.Key), rule.Value))).ToFrozenDictionary();

    /// <summary>What a random node gives cannot be checked; these are refused by name.</summary>
    private static readonly FrozenSet<string> Random =
        new[] { "RandomNormal", "RandomNormalLike", "RandomUniform", "RandomUniformLike", "Multinomial", "Bernoulli" }.ToFrozenSet(StringComparer.Ordinal);

    public static IEnumerable<string> StandardNames => Rules.Keys.Where(key => key.Domain == Standard).Select(key => key.Name);

    public static OnnxRule? Find(string domain, string name) => Rules.GetValueOrDefault((domain, name));

    public static bool IsRandom(string domain, string name) => domain == Standard && Random.Contains(name);
}
