using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace GeneratedNetworks;

/// <summary>The attributes of a network that would fit a file, where the names and shapes of its tensors tell them.</summary>
internal static class FileLayers
{
    private const int MostLayers = 8;

    /// <returns>
    /// Such as <c>[GeneratedNetwork(2)] [Dense(1)]</c>; <see langword="null"/> where the tensors do not tell, or are too many for a message.
    /// </returns>
    public static string? Declare<T>(SafeTensorsHeader header, WeightOrder order)
        where T : struct
    {
        IReadOnlyDictionary<string, string>? functions = header.Functions is null ? null : LayerFunctions.Read(header.Functions);
        Layer?[] layers = [.. header.Tensors.GroupBy(entry => TensorNames.LayerOf(entry.Name)).Select(layer => Read(layer.Key, layer, order))];
        if (layers.Length is 0 or > MostLayers || functions?.ContainsKey("") == true)
            return null;
        Dictionary<string, int> numbers = new(StringComparer.Ordinal);
        List<string> attributes = [];
        for (int i = 0; i < layers.Length; i++)
        {
            if (layers[i] is not { } layer || (i > 0 && layer.Inputs != layers[i - 1]!.Outputs))
                return null;
            numbers[layer.Kind] = numbers.TryGetValue(layer.Kind, out int number) ? number + 1 : 1;
            string function = functions is not null && functions.TryGetValue(layer.Name, out string? stated) ? stated : LayerFunctions.None;
            if (Attribute(layer, numbers[layer.Kind], function) is not { } attribute)
                return null;
            attributes.Add(attribute);
        }

        string precision = Real<T>.IsSingle ? "" : ", Precision = Precision.Double";
        string activations = functions is null ? ", each with the activation that it was trained with" : "";
        return FormattableString.Invariant($"[GeneratedNetwork({layers[0]!.Inputs}{precision})] {string.Join(" ", attributes)}{activations}");
    }

    private static Layer? Read(string name, IEnumerable<TensorEntry> tensors, WeightOrder order)
    {
        Dictionary<string, long[]> parts = tensors.ToDictionary(entry => entry.Name.Substring(name.Length), entry => entry.Shape);
        if (parts.TryGetValue(".weight", out long[]? shape) && shape is [var first, var second])
        {
            (long inputs, long units) = order == WeightOrder.InOut ? (first, second) : (second, first);
            bool hasBias = parts.TryGetValue(".bias", out long[]? bias);
            return parts.Count == (hasBias ? 2 : 1) && (bias is null || bias is [var length] && length == units) ? new(name, "Dense", inputs, units, hasBias) : null;
        }

        bool isNormalization = parts.Count == 2 && parts.TryGetValue(".mean", out shape) && shape is [_] && parts.ContainsKey(".deviation");
        return isNormalization ? new(name, "Normalize", shape![0], shape[0], false) : null;
    }

    /// <summary>One attribute; <see langword="null"/> where a function has numbers that no file tells, or the name is none that a layer can have.</summary>
    private static string? Attribute(Layer layer, int number, string function)
    {
        List<string> arguments = [];
        bool isDense = layer.Kind == "Dense";
        if (isDense)
            arguments.Add(layer.Outputs.ToString(CultureInfo.InvariantCulture));
        if (function != LayerFunctions.None)
        {
            if (!isDense || !Enum.IsDefined(typeof(Activation), function))
                return null;
            arguments.Add($"Activation.{function}");
        }

        if (isDense && !layer.HasBias)
            arguments.Add("UseBias = false");
        if (layer.Name != FormattableString.Invariant($"{layer.Kind.ToLowerInvariant()}{number}"))
        {
            if (!IsName(layer.Name))
                return null;
            arguments.Add($"Name = \"{layer.Name}\"");
        }

        return $"[{layer.Kind}{(arguments.Count == 0 ? "" : $"({string.Join(", ", arguments)})")}]";
    }

    private static bool IsName(string text) => text.Length > 0 && IsLetter(text[0]) && text.All(character => IsLetter(character) || character is (>= '0' and <= '9') or '_');

    private static bool IsLetter(char character) => character is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z');

    private sealed record Layer(string Name, string Kind, long Inputs, long Outputs, bool HasBias);
}
