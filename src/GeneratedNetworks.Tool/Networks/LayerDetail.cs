using System.Globalization;
using GeneratedNetworks.Generator.Layers;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Tool.Output;

namespace GeneratedNetworks.Tool.Networks;

/// <summary>What an attribute is given besides what shapes, names and counts of parameters tell: "kernel 3, Relu, stride 2, Same".</summary>
internal static class LayerDetail
{
    // What a trainer alone asks for.
    private static readonly string[] Unsaid = ["Initializer", "Momentum", "UnbiasedVariance", "filters", "units", "shape"];

    /// <summary>The words, or null where there are none.</summary>
    public static string? Of(LayerModel layer)
    {
        if (layer.Attribute == "Clip")
            return $"{Bound("minimum") ?? "-Infinity"} to {Bound("maximum") ?? "Infinity"}";
        IEnumerable<string> words =
            from schema in LayerRegistry.Find(layer.Attribute)!.Arguments
            where !Unsaid.Contains(schema.Name) && !schema.Name.StartsWith("Use", StringComparison.Ordinal)
            let value = layer.Arguments.LastOrDefault(argument => argument.Name == schema.Name)?.Value
            where value is not null && !IsDefault(schema, value)
            let word = Word(schema, value)
            where word is not null
            select word;
        return string.Join(", ", words) is { Length: > 0 } detail ? detail : null;

        string? Bound(string name) => layer.Arguments.FirstOrDefault(argument => argument.Name == name)?.Value is double value ? Numbers.Short(value) : null;
    }

    /// <summary>A number that a file has rounded to 32 bits is what it would be anyway.</summary>
    private static bool IsDefault(ArgumentSchema schema, object value) => schema.Kind == ArgumentKind.Enum
        ? Enum.GetName(schema.EnumType!, value) == schema.DefaultText
        : value.Equals(schema.Default) || (value is double number && schema.Default is double usual && (float)number == (float)usual);

    private static string? Word(ArgumentSchema schema, object value) => value switch
    {
        bool => Words(schema.Name),
        int number when schema.Kind == ArgumentKind.Enum => Enum.GetName(schema.EnumType!, number),
        int number => $"{Words(schema.Name)} {number.ToString(CultureInfo.InvariantCulture)}",
        double number => $"{Words(schema.Name)} {Numbers.Short(number)}",

        // Extents are one number for each axis, pads are two.
        EquatableArray<int> numbers => $"{Words(schema.Name)} {(schema.Name == "Pads" ? string.Join(" ", numbers) : Numbers.Shape(numbers))}",
        _ => null,
    };

    /// <summary>"PerStep" → "per step".</summary>
    private static string Words(string name) =>
        string.Concat(name.Select((character, i) => char.IsUpper(character) ? (i == 0 ? "" : " ") + char.ToLowerInvariant(character) : character.ToString()));
}
