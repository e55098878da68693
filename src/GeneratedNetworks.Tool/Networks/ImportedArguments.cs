using GeneratedNetworks.Generator.Layers;
using GeneratedNetworks.Import;

namespace GeneratedNetworks.Tool.Networks;

/// <summary>What imported layers are called, what they read, and arguments that may be one number or several.</summary>
internal static class ImportedArguments
{
    /// <summary>What layers call the input of a network with one.</summary>
    public const string InputName = "x";

    /// <summary>Every layer's name: the one that it is given, otherwise its kind and its number among them.</summary>
    public static IReadOnlyList<string> Names(ImportedModel model) => [.. model.Layers.Select((layer, i) => layer.Get(LayerRegistration.NameArgument.Name, DefaultName(model, i)))];

    /// <summary>What the layer is called where it has no name.</summary>
    public static string DefaultName(ImportedModel model, int index)
    {
        string word = Word(model.Layers[index]);
        return FormattableString.Invariant($"{word}{model.Layers.Take(index + 1).Count(layer => Word(layer) == word)}");

        static string Word(ImportedLayer layer) => LayerRegistry.Find(layer.Attribute)?.NameWithoutNumber ?? layer.Attribute;
    }

    /// <summary>The values that a layer names, in order; none for one that reads the value above it.</summary>
    public static IReadOnlyList<string> Sources(ImportedLayer layer) =>
        layer.Get<string[]?>("from", null) ?? (layer.Get<string?>(LayerRegistration.FromArgument.Name, null) is { } one ? [one] : []);

    /// <summary>The name by which layers read an input.</summary>
    public static string NameOfInput(ImportedPort input) => input.Layer ?? input.Name;

    /// <summary>The layer that gives an output.</summary>
    public static string NameOfOutput(ImportedPort output) => output.Layer ?? output.Name;

    /// <summary>The numbers of an argument, of which one stands for all axes; null where it is left out.</summary>
    public static int[]? Extents(ImportedLayer layer, string argument, int axes) =>
        layer.Get<int[]?>(argument, null) ?? (layer.Get<int?>(argument, null) is { } one ? [.. Enumerable.Repeat(one, axes)] : null);
}
