using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;

namespace GeneratedNetworks;

/// <summary>Reads samples from CSV text, line by line.</summary>
internal sealed class CsvReader<T>
    where T : struct
{
    private readonly CsvOptions _options;
    private readonly string _file;
    private readonly List<string> _fields = [];
    private readonly List<T> _inputs = [];
    private readonly List<T> _targets = [];
    private string[]? _header;
    private int[] _inputColumns = [];
    private int[] _targetColumns = [];
    private int _columnCount;
    private int _line;

    private CsvReader(CsvOptions options, string file)
    {
        _options = options;
        _file = file;
    }

    public static Dataset<T> Read(TextReader reader, CsvOptions options, string file)
    {
        Real<T>.Require();
        if (options.ClassCount < 0)
            throw new ArgumentOutOfRangeException(nameof(options), options.ClassCount, "ClassCount cannot be negative.");
        if (options.Separator is '"' or '\r' or '\n')
            throw new ArgumentException("A quote or a line break cannot separate fields.", nameof(options));
        return new CsvReader<T>(options, file).Read(reader);
    }

    private Dataset<T> Read(TextReader reader)
    {
        int count = 0;
        for (string? line = reader.ReadLine(); line is not null; line = reader.ReadLine())
        {
            _line++;
            if (string.IsNullOrWhiteSpace(line))
                continue;
            SplitFields(line);
            if (_columnCount == 0)
            {
                RequireNames();
                ResolveColumns();
                if (_options.HasHeader)
                {
                    _header = _fields.ToArray();
                    continue;
                }
            }

            ReadSample();
            count++;
        }

        if (_columnCount == 0)
            throw new CsvFormatException(_file, Math.Max(1, _line), 1, "there is no line to read.");
        int targetSize = _options.ClassCount > 0 ? _options.ClassCount : _targetColumns.Length;
        return new Dataset<T>(count, _inputColumns.Length, targetSize, _inputs.ToArray(), _targets.ToArray());
    }

    private void ReadSample()
    {
        if (_fields.Count != _columnCount)
        {
            // At the first column that is missing, or the first that is too much.
            int column = Math.Min(_fields.Count, _columnCount) + 1;
            throw new CsvFormatException(_file, _line, column, $"expected {_columnCount} columns as on the first line but found {_fields.Count}.");
        }

        foreach (int column in _inputColumns)
            _inputs.Add(ReadNumber(column));
        if (_options.ClassCount == 0)
        {
            foreach (int column in _targetColumns)
                _targets.Add(ReadNumber(column));
            return;
        }

        int label = ReadLabel(_targetColumns[0]);
        for (int i = 0; i < _options.ClassCount; i++)
            _targets.Add(Real<T>.FromDouble(i == label ? 1 : 0));
    }

    private T ReadNumber(int column)
    {
        if (Real<T>.TryParse(_fields[column].AsSpan().Trim(), out T value))
            return value;
        throw Error(column, $"expected a finite number but found {Show(_fields[column])}.");
    }

    private int ReadLabel(int column)
    {
        string text = _fields[column];
        if (!int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out int label))
            throw Error(column, $"expected an integer class label but found {Show(text)}.");
        if (label < 0 || label >= _options.ClassCount)
            throw Error(column, $"class label {label} is not in [0, {_options.ClassCount}).");
        return label;
    }

    /// <summary>A first sample taken for column names would be lost without a word.</summary>
    private void RequireNames()
    {
        if (_options.HasHeader && _fields.TrueForAll(field => Real<T>.TryParse(field.AsSpan().Trim(), out _)))
        {
            const string Problem = "the first line holds numbers only: set HasHeader = false if it is a sample; column names cannot all be numbers.";
            throw new CsvFormatException(_file, _line, 1, Problem);
        }
    }

    private void ResolveColumns()
    {
        _columnCount = _fields.Count;
        _targetColumns = Array.ConvertAll(_options.TargetColumns ?? [-1], Resolve);
        if (_targetColumns.Length == 0)
            throw new ArgumentException("At least one target column is needed.", "options");
        if (_options.ClassCount > 0 && _targetColumns.Length != 1)
            throw new ArgumentException($"Class labels come from one column, not {_targetColumns.Length}.", "options");
        if (_options.InputColumns is { } inputs)
        {
            _inputColumns = Array.ConvertAll(inputs, Resolve);
        }
        else
        {
            List<int> rest = [];
            for (int i = 0; i < _columnCount; i++)
            {
                if (Array.IndexOf(_targetColumns, i) < 0)
                    rest.Add(i);
            }

            _inputColumns = rest.ToArray();
        }

        RequireDistinct();
        if (_inputColumns.Length == 0)
            throw new CsvFormatException(_file, _line, 1, "no column is left for the inputs; is the separator right?");
    }

    private void RequireDistinct()
    {
        for (int i = 0; i < _inputColumns.Length; i++)
        {
            if (Array.IndexOf(_targetColumns, _inputColumns[i]) >= 0)
                throw new ArgumentException($"Column {_inputColumns[i]} is both an input and a target.", "options");
            if (Array.IndexOf(_inputColumns, _inputColumns[i]) < i)
                throw new ArgumentException($"Column {_inputColumns[i]} is an input twice.", "options");
        }

        for (int i = 0; i < _targetColumns.Length; i++)
        {
            if (Array.IndexOf(_targetColumns, _targetColumns[i]) < i)
                throw new ArgumentException($"Column {_targetColumns[i]} is a target twice.", "options");
        }
    }

    private int Resolve(int column)
    {
        int index = column < 0 ? _columnCount + column : column;
        if (index >= 0 && index < _columnCount)
            return index;

        // The place where it would be; a column before the first has none.
        string problem = $"column {column} was asked for, counted from 0, but there are {_columnCount}.";
        throw new CsvFormatException(_file, _line, Math.Max(index, 0) + 1, problem);
    }

    private void SplitFields(string line)
    {
        _fields.Clear();
        int i = 0;
        while (true)
        {
            int start = i;
            while (start < line.Length && line[start] == ' ')
                start++;
            if (start < line.Length && line[start] == '"')
            {
                i = ReadQuoted(line, start + 1);
            }
            else
            {
                int end = line.IndexOf(_options.Separator, i);
                end = end < 0 ? line.Length : end;
                _fields.Add(line.Substring(i, end - i));
                i = end;
            }

            if (i == line.Length)
                return;
            i++;
        }
    }

    /// <summary>Adds the quoted field that starts at <paramref name="i"/> and returns the place of the separator, or the end.</summary>
    private int ReadQuoted(string line, int i)
    {
        System.Text.StringBuilder text = new();
        for (; i < line.Length; i++)
        {
            if (line[i] != '"')
            {
                text.Append(line[i]);
            }
            else if (i + 1 < line.Length && line[i + 1] == '"')
            {
                text.Append('"');
                i++;
            }
            else
            {
                _fields.Add(text.ToString());
                for (i++; i < line.Length && line[i] != _options.Separator; i++)
                {
                    if (line[i] != ' ')
                        throw new CsvFormatException(_file, _line, _fields.Count, $"unexpected {Show(line.Substring(i, 1))} after a closing quote.");
                }

                return i;
            }
        }

        throw new CsvFormatException(_file, _line, _fields.Count + 1, "a quoted field is not closed on its line.");
    }

    private CsvFormatException Error(int column, string problem)
    {
        string where = _header is null ? "" : $"column {Show(_header[column])}: ";
        return new CsvFormatException(_file, _line, column + 1, where + problem);
    }

    private static string Show(string text) => text.Length <= 40 ? $"'{text}'" : $"'{text.Substring(0, 40)}…'";
}
