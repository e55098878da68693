using System;
using System.Collections.Generic;
using System.Linq;

namespace GeneratedNetworks;

/// <summary>
/// The functions behind each layer that has parameters, by the file's name for the layer. Parameters are worth nothing behind other functions than those that
/// they were trained with, and neither names nor shapes tell of them.
/// </summary>
/// <remarks>In a file: <c>dense1=Tanh, dense2=Identity</c>. What comes before the first parameters stands behind an empty name.</remarks>
internal static class LayerFunctions
{
    public const string None = nameof(Activation.Identity);

    private const string Separator = ", ";
    private const string Clip = "Clip";

    /// <summary>Those of a network, in the order of its layers.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Of<T>(INetwork<T> network, TensorNames names)
        where T : struct
    {
        Dictionary<string, string> inFile = new(StringComparer.Ordinal);
        foreach (NetworkParameter parameter in network.ParameterLayout)
        {
            string layer = TensorNames.LayerOf(parameter.Name);
            if (!inFile.ContainsKey(layer))
                inFile.Add(layer, TensorNames.LayerOf(names.Of(parameter)));
        }

        List<KeyValuePair<string, string>> functions = [];
        string current = "";
        List<string> behind = [];
        foreach (LayerInfo layer in network.Info.Layers)
        {
            if (layer.ParameterCount > 0 && inFile.TryGetValue(layer.Name, out string? name))
            {
                End();
                current = name;
            }
            else if (layer.Kind == Clip || (layer.Kind != None && Enum.TryParse(layer.Kind, out Activation _)))
            {
                behind.Add(layer.Kind);
            }
        }

        End();
        return functions;

        void End()
        {
            if (current.Length > 0 || behind.Count > 0)
                functions.Add(new(current, behind.Count == 0 ? None : string.Join(" ", behind)));
            behind.Clear();
        }
    }

    /// <summary>The functions behind a normalization, whose limit is the function that matters.</summary>
    public static string BehindNormalization(string functions) => functions == None ? "without Clip" : $"with {functions}";

    /// <summary>As metadata; <see langword="null"/> where a name would be read back as something else, or there is nothing to say.</summary>
    public static string? Write(IReadOnlyList<KeyValuePair<string, string>> functions)
    {
        bool isPlain = functions.All(function => function.Key.IndexOfAny([',', '=']) < 0);
        bool isUnique = functions.Select(function => function.Key).Distinct(StringComparer.Ordinal).Count() == functions.Count;
        return functions.Count > 0 && isPlain && isUnique ? string.Join(Separator, functions.Select(function => $"{function.Key}={function.Value}")) : null;
    }

    /// <summary>The functions by layer; <see langword="null"/> for a text that says no such thing.</summary>
    public static IReadOnlyDictionary<string, string>? Read(string text)
    {
        Dictionary<string, string> functions = new(StringComparer.Ordinal);
        foreach (string entry in text.Split([Separator], StringSplitOptions.None))
        {
            int equals = entry.IndexOf('=');
            if (equals < 0 || equals == entry.Length - 1 || functions.ContainsKey(entry.Substring(0, equals)))
                return null;
            functions.Add(entry.Substring(0, equals), entry.Substring(equals + 1));
        }

        return functions;
    }
}
