using System;
using System.Collections.Generic;

namespace GeneratedNetworks;

/// <summary>Which columns of a CSV file are inputs and which are targets.</summary>
internal sealed class CsvLayout
{
    private readonly CsvOptions _options;
    private readonly CsvLines _lines;
    private readonly string _file;
    private readonly string[] _fields;

    /// <summary>Resolves the options against the first record.</summary>
    public CsvLayout(CsvOptions options, CsvLines lines, string file)
    {
        _options = options;
        _lines = lines;
        _file = file;
        _fields = lines.Fields.ToArray();
        Names = options.HasHeader ? Array.ConvertAll(_fields, field => field.Trim()) : null;
        CsvColumn[] targets = options.InputsAsTargets ? [] : options.TargetColumns ?? [-1];
        Targets = Array.ConvertAll(targets, Resolve);
        Inputs = options.InputColumns is { } inputs ? Array.ConvertAll(inputs, Resolve) : Rest();
        RequireDistinct();
        if (Inputs.Length == 0)
            throw new CsvFormatException(_file, lines.Line, 1, "no column is left for the inputs; is the separator right?" + OtherSeparator());
    }

    /// <summary>The names of all columns; <see langword="null"/> without a header line.</summary>
    public string[]? Names { get; }

    /// <summary>The input columns, from 0.</summary>
    public int[] Inputs { get; }

    /// <summary>The target columns, from 0.</summary>
    public int[] Targets { get; }

    /// <summary>The number of columns of every record.</summary>
    public int ColumnCount => _fields.Length;

    /// <summary>The names of some columns; <see langword="null"/> without a header line.</summary>
    public string[]? NamesOf(int[] columns) => Names is null ? null : Array.ConvertAll(columns, column => Names[column]);

    private int Resolve(CsvColumn column) => column.Name is { } name ? Find(name) : Resolve(column.Index);

    private int Resolve(int column)
    {
        int index = column < 0 ? ColumnCount + column : column;
        if (index >= 0 && index < ColumnCount)
            return index;

        // The place where it would be; a column before the first has none.
        string problem = $"column {column} was asked for, counted from 0, but there are {ColumnCount}.{OtherSeparator()}";
        throw new CsvFormatException(_file, _lines.Line, Math.Max(index, 0) + 1, problem);
    }

    private int Find(string name)
    {
        if (Names is null)
            throw new ArgumentException($"Column '{name}' is asked for by name, but HasHeader is false: there are no names.", "options");
        int found = Array.IndexOf(Names, name);
        if (found < 0)
        {
            string known = string.Join(", ", Array.ConvertAll(Names, CsvLines.Show), 0, Math.Min(Names.Length, 20));
            string more = Names.Length > 20 ? $" and {Names.Length - 20} more" : "";
            throw new CsvFormatException(_file, _lines.Line, 1, $"there is no column '{name}'; the columns are {known}{more}.{OtherSeparator()}");
        }

        int second = Array.IndexOf(Names, name, found + 1);
        if (second >= 0)
            throw new CsvFormatException(_file, _lines.Line, second + 1, $"a second column is called '{name}': name it by its place, {found} or {second}.");
        return found;
    }

    private int[] Rest()
    {
        List<int> rest = [];
        for (int i = 0; i < ColumnCount; i++)
        {
            if (Array.IndexOf(Targets, i) < 0)
                rest.Add(i);
        }

        return rest.ToArray();
    }

    private void RequireDistinct()
    {
        for (int i = 0; i < Inputs.Length; i++)
        {
            if (Array.IndexOf(Targets, Inputs[i]) >= 0)
                throw new ArgumentException($"{Say(Inputs[i])} is both an input and a target.", "options");
            if (Array.IndexOf(Inputs, Inputs[i]) < i)
                throw new ArgumentException($"{Say(Inputs[i])} is an input twice.", "options");
        }

        for (int i = 0; i < Targets.Length; i++)
        {
            if (Array.IndexOf(Targets, Targets[i]) < i)
                throw new ArgumentException($"{Say(Targets[i])} is a target twice.", "options");
        }
    }

    private string Say(int column) => Names is null ? $"Column {column}" : $"Column {column} ('{Names[column]}')";

    /// <summary>What the first line suggests where the separator makes a single field of it.</summary>
    private string OtherSeparator()
    {
        if (ColumnCount > 1)
            return "";
        foreach ((char candidate, string text) in new[] { (';', "';'"), ('\t', "'\\t'"), ('|', "'|'"), (',', "','") })
        {
            if (candidate != _options.Separator && _lines.Text.IndexOf(candidate) >= 0)
                return $" The line has {text} in it: perhaps Separator = {text}.";
        }

        return "";
    }
}
