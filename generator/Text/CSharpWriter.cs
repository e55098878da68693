using System;
using System.Text;

namespace GeneratedNetworks.Generator.Text;

/// <summary>Builds indented C# text: four spaces, braces on their own lines, "\n" on every machine.</summary>
internal sealed class CSharpWriter
{
    private readonly StringBuilder _text = new();
    private int _depth;

    /// <summary>Writes one line; an empty one carries no indentation.</summary>
    public CSharpWriter Line(string text = "")
    {
        if (text.Length > 0)
            _text.Append(' ', _depth * 4).Append(text);
        _text.Append('\n');
        return this;
    }

    /// <summary>Writes several lines, whatever line ends the text came with.</summary>
    public CSharpWriter Lines(string text)
    {
        foreach (string line in text.Replace("\r\n", "\n").Split('\n'))
            Line(line.TrimEnd());
        return this;
    }

    /// <summary>Writes <paramref name="header"/> and an opening brace; the closing one follows when the result is disposed of.</summary>
    public Block Open(string header)
    {
        Line(header);
        return Open();
    }

    public Block Open()
    {
        Line("{");
        _depth++;
        return new Block(this);
    }

    public override string ToString() =>
        _depth == 0 ? _text.ToString() : throw new InvalidOperationException("A block was left open.");

    internal readonly struct Block(CSharpWriter writer) : IDisposable
    {
        public void Dispose()
        {
            writer._depth--;
            writer.Line("}");
        }
    }
}
