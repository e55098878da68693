using System;

namespace GeneratedNetworks;

/// <summary>CSV text that does not hold what was asked for.</summary>
public sealed class CsvFormatException : FormatException
{
    internal CsvFormatException(string file, int line, int column, string problem)
        : base($"{file}({line},{column}): {problem}")
    {
        File = file;
        Line = line;
        Column = column;
    }

    /// <summary>The file, as it was named by the caller.</summary>
    public string File { get; }

    /// <summary>The line, from 1.</summary>
    public int Line { get; }

    /// <summary>The field within the line, from 1.</summary>
    public int Column { get; }
}
