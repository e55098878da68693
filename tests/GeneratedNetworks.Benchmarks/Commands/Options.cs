using System;
using System.Collections.Generic;
using System.Linq;

namespace GeneratedNetworks.Benchmarks.Commands;

/// <summary>The options of a command: <c>--word</c>, or <c>--word value</c> for the words that take one.</summary>
internal sealed class Options
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    public Options(string[] arguments, string[] flags, string[] valued)
    {
        for (int i = 0; i < arguments.Length; i++)
        {
            string word = arguments[i];
            if (flags.Contains(word))
            {
                _values[word] = "";
            }
            else if (valued.Contains(word) && i + 1 < arguments.Length)
            {
                _values[word] = arguments[++i];
            }
            else
            {
                string known = string.Join(' ', [.. flags, .. valued.Select(static name => name + " X")]);
                throw new FormatException($"'{word}' is not understood. Options: {known}");
            }
        }
    }

    public bool Has(string word) => _values.ContainsKey(word);

    public string? Value(string word) => _values.GetValueOrDefault(word);
}
