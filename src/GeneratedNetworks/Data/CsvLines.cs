using System;
using System.Collections.Generic;
using System.IO;
using System.Text;

namespace GeneratedNetworks;

/// <summary>Cuts CSV text into records and fields.</summary>
internal sealed class CsvLines(TextReader reader, char separator, string file)
{
    private int _lastLine;

    /// <summary>The fields of the current record, without their quotes.</summary>
    public List<string> Fields { get; } = [];

    /// <summary>The line on which the current record begins, from 1.</summary>
    public int Line { get; private set; }

    /// <summary>The current record's first line.</summary>
    public string Text { get; private set; } = "";

    /// <summary>Goes to the next record that is not blank; <see langword="false"/> at the end.</summary>
    public bool Next()
    {
        string? text;
        do
        {
            text = reader.ReadLine();
            if (text is null)
                return false;
            Line = ++_lastLine;
        }
        while (string.IsNullOrWhiteSpace(text));
        Text = text;
        Fields.Clear();
        if (separator == ' ')
            text = text.Trim();
        Split(text);
        return true;
    }

    /// <summary>Text of a field for a message, cut where it is long.</summary>
    public static string Show(string text) => text.Length <= 40 ? $"'{text}'" : $"'{text.Substring(0, 40)}…'";

    private void Split(string line)
    {
        int i = 0;
        while (true)
        {
            int start = i;
            while (start < line.Length && line[start] == ' ')
                start++;
            if (start < line.Length && line[start] == '"')
            {
                i = ReadQuoted(ref line, start + 1);
            }
            else
            {
                // Blanks that separate come in any number.
                i = separator == ' ' ? start : i;
                int end = line.IndexOf(separator, i);
                end = end < 0 ? line.Length : end;
                Fields.Add(line.Substring(i, end - i));
                i = end;
            }

            if (i == line.Length)
                return;
            i++;
        }
    }

    /// <summary>Adds the quoted field that starts at <paramref name="i"/> and returns the place of the separator, or the end.</summary>
    private int ReadQuoted(ref string line, int i)
    {
        StringBuilder text = new();
        while (true)
        {
            if (i >= line.Length)
            {
                line = ReadOn();
                text.Append('\n');
                i = 0;
            }
            else if (line[i] != '"')
            {
                text.Append(line[i++]);
            }
            else if (i + 1 < line.Length && line[i + 1] == '"')
            {
                text.Append('"');
                i += 2;
            }
            else
            {
                Fields.Add(text.ToString());
                return AfterQuote(line, i + 1);
            }
        }
    }

    /// <summary>The next line of a quoted field that goes on there.</summary>
    private string ReadOn()
    {
        string? line = reader.ReadLine();
        if (line is null)
            throw new CsvFormatException(file, Line, Fields.Count + 1, "a quoted field is not closed before the text ends.");
        _lastLine++;
        return line;
    }

    private int AfterQuote(string line, int i)
    {
        for (; i < line.Length && line[i] != separator; i++)
        {
            if (line[i] != ' ')
                throw new CsvFormatException(file, Line, Fields.Count, $"unexpected {Show(line.Substring(i, 1))} after a closing quote.");
        }

        return i;
    }
}
