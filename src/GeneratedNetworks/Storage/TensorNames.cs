using System;
using System.Collections.Generic;
using System.Linq;

namespace GeneratedNetworks;

/// <summary>What a file calls the parameters of a network.</summary>
internal sealed class TensorNames
{
    private static readonly char[] Separators = [',', ';'];

    private readonly Dictionary<string, string> _layers = new(StringComparer.Ordinal);
    private readonly Func<string, string>? _rename;

    /// <param name="names">Layers and their names, such as "dense1=0, dense2=fc2"; null for their own.</param>
    /// <param name="rename">The name for a parameter's; null for its own.</param>
    /// <param name="layout">The network's parameters.</param>
    /// <exception cref="ArgumentException">The list is not one, or speaks of a layer that is not there; or both are given.</exception>
    public TensorNames(string? names, Func<string, string>? rename, ReadOnlySpan<NetworkParameter> layout)
    {
        _rename = rename;
        if (names is null)
            return;
        if (rename is not null)
            throw new ArgumentException("Names and NameInFile exclude each other: leave one out.", "options");
        HashSet<string> known = new(StringComparer.Ordinal);
        foreach (NetworkParameter parameter in layout)
            known.Add(LayerOf(parameter.Name));
        foreach (string pair in names.Split(Separators).Where(pair => pair.Trim().Length > 0))
            Add(pair, known);
    }

    /// <summary>The file's name for a parameter.</summary>
    public string Of(NetworkParameter parameter)
    {
        if (_rename is not null)
            return _rename(parameter.Name) ?? throw new ArgumentException($"NameInFile gives '{parameter.Name}' no name.", "options");
        string layer = LayerOf(parameter.Name);
        return _layers.TryGetValue(layer, out string? name) ? name + parameter.Name.Substring(layer.Length) : parameter.Name;
    }

    /// <summary>The names of all parameters, each once.</summary>
    public string[] OfAll(ReadOnlySpan<NetworkParameter> layout)
    {
        string[] names = new string[layout.Length];
        HashSet<string> taken = new(StringComparer.Ordinal);
        for (int i = 0; i < names.Length; i++)
        {
            names[i] = Of(layout[i]);
            if (names[i] == SafeTensorsHeader.MetadataKey)
                throw new ArgumentException($"'{layout[i].Name}' cannot be called '{names[i]}': the format keeps that name for itself.", "options");
            if (!taken.Add(names[i]))
                throw new ArgumentException($"{(_rename is null ? "Names" : "NameInFile")} gives two parameters the name '{names[i]}'.", "options");
        }

        return names;
    }

    /// <summary>A parameter's name without its last part; all of one that has no parts.</summary>
    public static string LayerOf(string parameter) => parameter.LastIndexOf('.') is var dot and >= 0 ? parameter.Substring(0, dot) : parameter;

    private void Add(string pair, HashSet<string> known)
    {
        int equals = pair.IndexOf('=');
        string layer = equals < 0 ? "" : pair.Substring(0, equals).Trim();
        if (equals < 0 || _layers.ContainsKey(layer))
        {
            throw new ArgumentException(
                $"Names is a list of layer=name with each layer once, as in \"dense1=0, dense2=2\", and '{pair.Trim()}' does not fit.", "options");
        }

        if (!known.Contains(layer))
        {
            string layers = string.Join(", ", known.OrderBy(name => name, StringComparer.Ordinal));
            throw new ArgumentException($"Names speaks of '{layer}', and no layer with parameters is called so; there are {layers}.", "options");
        }

        _layers.Add(layer, pair.Substring(equals + 1).Trim());
    }
}
