using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using GeneratedNetworks.Generator.Layers;
using GeneratedNetworks.Generator.Model;

namespace GeneratedNetworks.Generator.Parsing;

/// <summary>The words of one line: names, numbers, quoted strings, and arguments as name=value.</summary>
internal sealed class ModelTextLine(string line)
{
    private int _at;

    /// <summary>Whether a quoted string comes next.</summary>
    public bool IsQuoted => !IsAtEnd && line[_at] == '"';

    private bool IsAtEnd
    {
        get
        {
            while (_at < line.Length && line[_at] == ' ')
                _at++;
            return _at >= line.Length;
        }
    }

    public string Word()
    {
        if (IsAtEnd)
            throw new FormatException("a word is missing at its end");
        int start = _at;
        while (_at < line.Length && line[_at] is not (' ' or '='))
            _at++;
        return line.Substring(start, _at - start);
    }

    public string Quoted()
    {
        if (IsAtEnd || line[_at++] != '"')
            throw new FormatException("a quoted string is missing");
        StringBuilder text = new();
        while (_at < line.Length && line[_at] != '"')
        {
            char character = line[_at++];
            if (character == '\\' && _at < line.Length)
                character = line[_at++] switch { 'n' => '\n', 'r' => '\r', var other => other };
            text.Append(character);
        }

        if (_at++ >= line.Length)
            throw new FormatException("a quoted string has no end");
        return text.ToString();
    }

    /// <summary>The sizes up to the end of the line, or to a quoted string.</summary>
    public List<int> Sizes()
    {
        List<int> sizes = [];
        while (!IsAtEnd && !IsQuoted)
            sizes.Add(Number());
        return sizes;
    }

    /// <summary>A whole number that is not negative.</summary>
    public int Number()
    {
        string word = Word();
        return int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= 0
            ? number
            : throw new FormatException($"'{word}' is no size");
    }

    public List<Argument> Arguments(LayerRegistration layer)
    {
        List<Argument> arguments = [];
        while (!IsAtEnd)
        {
            string name = Word();
            if (_at++ >= line.Length || line[_at - 1] != '=' || _at >= line.Length)
                throw new FormatException($"'{name}' has no value");
            ArgumentSchema schema = layer.Find(name) ?? throw new FormatException($"'{layer.Attribute}' has no argument '{name}'");
            if (arguments.Exists(other => other.Name == name))
                throw new FormatException($"'{name}' is there twice");
            arguments.Add(new Argument(name, line[_at] == '"' ? ArgumentText.Read(schema, QuotedList()) : ArgumentText.Read(schema, Word())));
        }

        return arguments;
    }

    /// <summary>Quoted strings with commas between.</summary>
    private List<string> QuotedList()
    {
        List<string> texts = [Quoted()];
        while (_at < line.Length && line[_at] == ',')
        {
            _at++;
            texts.Add(Quoted());
        }

        return texts;
    }
}
