using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using GeneratedNetworks.Generator.Issues;
using GeneratedNetworks.Generator.Layers;
using GeneratedNetworks.Generator.Model;

namespace GeneratedNetworks.Generator.Graph;

/// <summary>Names the layers (the ones given, else "dense1", "dense2", … among their kind) and creates them from the registry.</summary>
internal static class LayerNames
{
    /// <summary>Methods are named for layers, and an assembly holds no name of over a thousand characters.</summary>
    private const int LongestName = 256;

    /// <returns>The layers in order, each with the attribute it comes from.</returns>
    /// <param name="declared">What the attributes say.</param>
    /// <param name="issues">Receives what is wrong.</param>
    /// <param name="inputs">Names that are taken.</param>
    public static List<(Layer Layer, int Attribute)> CreateLayers(IEnumerable<LayerModel> declared, List<Issue> issues, IEnumerable<string>? inputs = null)
    {
        List<(Layer, int)> layers = [];
        Dictionary<string, int> numbers = new(StringComparer.Ordinal);
        HashSet<string> names = new(inputs ?? [], StringComparer.OrdinalIgnoreCase);
        foreach (LayerModel layer in declared)
        {
            if (LayerRegistry.Find(layer.Attribute) is not { } registration)
                continue;
            string word = registration.NameWithoutNumber;
            numbers.TryGetValue(word, out int number);
            numbers[word] = ++number;
            string name = Given(layer) ?? word + number.ToString(CultureInfo.InvariantCulture);
            if (!IsValid(name))
                issues.Add(Issue.Create(IssueIds.BadLayerName, layer.AttributeIndex, name));
            else if (!names.Add(name))
                issues.Add(Issue.Create(IssueIds.DuplicateLayerName, layer.AttributeIndex, name));

            // Of several layers of one attribute the first reads what the attribute reads.
            string? from = TextOf(layer, LayerRegistration.FromArgument);
            foreach (Layer created in registration.Create(new LayerArguments(registration, layer, name, issues)))
            {
                layers.Add((created is UnaryLayer unary && from is not null ? unary with { From = from } : created, layer.AttributeIndex));
                from = null;
            }
        }

        return layers;
    }

    /// <summary>The name that the attribute gives.</summary>
    public static string? Given(LayerModel layer) => TextOf(layer, LayerRegistration.NameArgument);

    private static string? TextOf(LayerModel layer, ArgumentSchema schema) =>
        layer.Arguments.Where(argument => argument.Name == schema.Name).Select(argument => argument.Value as string).FirstOrDefault();

    public static bool IsValid(string name) =>
        name.Length is > 0 and <= LongestName && IsLetter(name[0]) && name.All(character => IsLetter(character) || character is (>= '0' and <= '9') or '_');

    private static bool IsLetter(char character) => character is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z');
}
