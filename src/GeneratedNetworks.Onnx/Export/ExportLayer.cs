using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace GeneratedNetworks.Onnx.Export;

/// <summary>A layer by its attribute's name, and its arguments as text, of which some have several values; those left out have their defaults.</summary>
internal sealed class ExportLayer(string attribute, IReadOnlyDictionary<string, IReadOnlyList<string>> arguments)
{
    public string Attribute => attribute;

    /// <summary>A layer whose arguments are objects: numbers, flags, texts, enums, and arrays of numbers or texts.</summary>
    public static ExportLayer Of(string attribute, IEnumerable<KeyValuePair<string, object>> arguments) => new(attribute, arguments.ToDictionary(
        argument => argument.Key, argument => (IReadOnlyList<string>)(argument.Value switch
        {
            IEnumerable<string> texts => [.. texts],
            IEnumerable<int> numbers => [.. numbers.Select(number => number.ToString(CultureInfo.InvariantCulture))],
            double number => [number.ToString("R", CultureInfo.InvariantCulture)],
            var one => [Convert.ToString(one, CultureInfo.InvariantCulture)!],
        })));

    /// <summary>Reads what stands behind "layer", such as <c>Dense units=32 activation=Relu Name="fc1"</c>.</summary>
    public static ExportLayer Read(DeclarationLine words)
    {
        string attribute = words.Word();
        Dictionary<string, IReadOnlyList<string>> arguments = new(StringComparer.Ordinal);
        while (!words.IsAtEnd)
            arguments.Add(words.Name(), words.Values());
        return new ExportLayer(attribute, arguments);
    }

    /// <summary>The same layer with another argument.</summary>
    public ExportLayer With(string name, string[] values)
    {
        Dictionary<string, IReadOnlyList<string>> changed = arguments.ToDictionary(argument => argument.Key, argument => argument.Value);
        changed[name] = values;
        return new ExportLayer(attribute, changed);
    }

    /// <summary>The same layer without an argument.</summary>
    public ExportLayer Without(string name) => new(attribute, arguments.Where(argument => argument.Key != name).ToDictionary(argument => argument.Key, argument => argument.Value));

    public string? Text(string name) => arguments.TryGetValue(name, out IReadOnlyList<string>? texts) ? texts[0] : null;

    public bool HasTexts(string name) => arguments.ContainsKey(name);

    public IReadOnlyList<string> Texts(string name) => arguments.TryGetValue(name, out IReadOnlyList<string>? texts) ? texts : throw Missing(name);

    public int Whole(string name) => ParseWhole(Text(name) ?? throw Missing(name));

    public int Whole(string name, int fallback) => Text(name) is { } text ? ParseWhole(text) : fallback;

    /// <summary>Several numbers, or null.</summary>
    public int[]? Wholes(string name) => arguments.TryGetValue(name, out IReadOnlyList<string>? texts) ? [.. texts.Select(ParseWhole)] : null;

    public double Real(string name, double fallback) => Text(name) is { } text ? double.Parse(text, CultureInfo.InvariantCulture) : fallback;

    public bool Flag(string name, bool fallback) => Text(name) is { } text ? bool.Parse(text) : fallback;

    /// <summary>The function behind the layer.</summary>
    /// <param name="name">What the attribute calls it.</param>
    public Activation Function(string name = "activation") => Choice(name, Activation.Identity);

    public TEnum Choice<TEnum>(string name, TEnum fallback)
        where TEnum : struct => Text(name) is { } text ? (TEnum)Enum.Parse(typeof(TEnum), text) : fallback;

    private static int ParseWhole(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private ArgumentException Missing(string name) => new($"Layer '{attribute}' has no {name}.");
}
