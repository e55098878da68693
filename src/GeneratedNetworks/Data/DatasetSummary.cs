using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace GeneratedNetworks;

/// <summary>What a dataset holds: ranges, classes, and what is wrong with it. Its text is a table.</summary>
public sealed class DatasetSummary
{
    private const int MostRows = 20;

    private readonly Dataset _data;

    private DatasetSummary(Dataset data, ColumnStatistics[] inputs, ColumnStatistics[] targets, int[]? classCounts)
    {
        _data = data;
        Inputs = inputs;
        Targets = targets;
        ClassCounts = classCounts;
        Advice = DatasetAdvice.Of(this, @class => data.ClassNames?[@class] ?? Text(@class));
    }

    /// <summary>The input columns.</summary>
    public IReadOnlyList<ColumnStatistics> Inputs { get; }

    /// <summary>The target columns.</summary>
    public IReadOnlyList<ColumnStatistics> Targets { get; }

    /// <summary>
    /// The number of samples of each class; <see langword="null"/> where targets are neither one-hot nor a single 0 or 1 each.
    /// </summary>
    public IReadOnlyList<int>? ClassCounts { get; }

    /// <summary>
    /// What to look at before training, a sentence each: values that are not finite, inputs far beyond ±1, classes without samples or with a tenth of
    /// another's; empty where there is nothing.
    /// </summary>
    public IReadOnlyList<string> Advice { get; }

    /// <summary>How many inputs and targets are not numbers.</summary>
    public int NaNCount => Inputs.Concat(Targets).Sum(column => column.NaNCount);

    /// <summary>How many inputs and targets are infinite.</summary>
    public int InfinityCount => Inputs.Concat(Targets).Sum(column => column.InfinityCount);

    internal static DatasetSummary Of<T>(Dataset<T> data)
        where T : struct
    {
        int[]? classes = DatasetClasses.Of(data);
        int[]? counts = classes is null ? null : new int[Math.Max(2, data.TargetSize)];
        foreach (int @class in classes ?? [])
            counts![@class]++;
        ColumnStatistics[] inputs = ColumnStatistics.Of(data.Inputs, data.InputSize);
        ColumnStatistics[] targets = data.TargetSize == 0 ? [] : ColumnStatistics.Of(data.Targets, data.TargetSize);
        return new DatasetSummary(data, inputs, targets, counts);
    }

    /// <summary>A table of the columns, one of the classes, and <see cref="Advice"/>, in the invariant culture; long tables are cut.</summary>
    public override string ToString()
    {
        StringBuilder text = new();
        text.Append(_data).Append('\n');
        if (_data.SkippedRows > 0 || _data.FilledValues > 0)
            text.Append($"{Dataset.Plural(_data.SkippedRows, "line")} left out, {Dataset.Plural(_data.FilledValues, "missing value")} filled in\n");
        List<string[]> rows = [["", "minimum", "maximum", "mean", "deviation", "NaN", "infinite"]];
        AddColumns(rows, Inputs, _data.InputNames, "input");
        if (ClassCounts is null)
            AddColumns(rows, Targets, _data.TargetNames, "target");
        Append(text, rows);
        if (ClassCounts is not null)
        {
            text.Append('\n');
            rows = [["class", "samples", "share"]];
            for (int i = 0; i < Math.Min(ClassCounts.Count, MostRows); i++)
                rows.Add([_data.ClassNames?[i] ?? Text(i), Text(ClassCounts[i]), Share(ClassCounts[i])]);
            Append(text, rows);
            AppendRest(text, ClassCounts.Count, "classes");
        }

        if (Advice.Count > 0)
            text.Append('\n').Append(string.Join("\n", Advice)).Append('\n');

        return text.ToString();
    }

    private static void AddColumns(List<string[]> rows, IReadOnlyList<ColumnStatistics> columns, IReadOnlyList<string>? names, string what)
    {
        for (int i = 0; i < Math.Min(columns.Count, MostRows); i++)
            rows.Add(Row(names?[i] ?? $"{what} {Text(i)}", columns[i]));
        if (columns.Count > MostRows)
            rows.Add([$"… {Text(columns.Count - MostRows)} more {what}s", "", "", "", "", "", ""]);
    }

    private static string[] Row(string name, ColumnStatistics column) =>
    [
        name,
        Text(column.Minimum),
        Text(column.Maximum),
        Text(column.Mean),
        Text(column.StandardDeviation),
        Text(column.NaNCount),
        Text(column.InfinityCount),
    ];

    private static void AppendRest(StringBuilder text, int count, string what)
    {
        if (count > MostRows)
            text.Append(FormattableString.Invariant($"… {count - MostRows} more {what}\n"));
    }

    private static void Append(StringBuilder text, List<string[]> rows)
    {
        for (int row = 0; row < rows.Count; row++)
        {
            string[] cells = new string[rows[row].Length];
            for (int i = 0; i < cells.Length; i++)
            {
                int width = rows.Max(other => other[i].Length);
                cells[i] = i == 0 ? rows[row][i].PadRight(width) : rows[row][i].PadLeft(width);
            }

            text.Append(string.Join("  ", cells).TrimEnd()).Append('\n');
        }
    }

    private string Share(int count) =>
        _data.Count == 0 ? "" : (100.0 * count / _data.Count).ToString("0.0", CultureInfo.InvariantCulture) + " %";

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Text(double value) => value.ToString("G5", CultureInfo.InvariantCulture);
}
