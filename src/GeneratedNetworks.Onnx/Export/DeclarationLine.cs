using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace GeneratedNetworks.Onnx.Export;

/// <summary>The words of a line of <see cref="NetworkInfo.Declaration"/>, one after the other.</summary>
internal sealed class DeclarationLine(string line)
{
    private int _at;

    public bool IsAtEnd => _at >= line.Length;

    public bool IsQuoted => !IsAtEnd && line[_at] == '"';

    /// <summary>All up to a blank, which is passed over.</summary>
    public string Word() => Until(' ');

    /// <summary>All up to an equals sign, which is passed over.</summary>
    public string Name() => Until('=');

    /// <summary>Numbers up to the end, or to what is quoted.</summary>
    public int[] Numbers()
    {
        List<int> numbers = [];
        while (!IsAtEnd && !IsQuoted)
            numbers.Add(int.Parse(Word(), CultureInfo.InvariantCulture));
        return [.. numbers];
    }

    /// <summary>What stands between quotes, and a blank or a comma behind them is passed over.</summary>
    public string Quoted()
    {
        StringBuilder text = new();
        for (_at++; _at < line.Length && line[_at] != '"'; _at++)
        {
            if (line[_at] == '\\' && _at + 1 < line.Length)
                text.Append(line[++_at] switch { 'n' => '\n', 'r' => '\r', var other => other });
            else
                text.Append(line[_at]);
        }

        _at += 2;
        return text.ToString();
    }

    /// <summary>The value of an argument: quoted strings with commas between, or numbers and words.</summary>
    public string[] Values()
    {
        if (!IsQuoted)
            return Word().Split(',');
        List<string> texts = [];
        do
            texts.Add(Quoted());
        while (line[Math.Min(_at, line.Length) - 1] == ',');
        return [.. texts];
    }

    private string Until(char end)
    {
        int start = _at;
        while (_at < line.Length && line[_at] != end)
            _at++;
        return line.Substring(start, _at++ - start);
    }
}
