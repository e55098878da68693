using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace GeneratedNetworks;

/// <summary>
/// Whether a first line that is taken for column names may be a sample, which would be lost without a word: numbers stand where the inputs do, and what the
/// targets may be where those are.
/// </summary>
/// <remarks>
/// Two things prove names: a column that is asked for by its name, and a target column whose name is no target. Names that count the columns, as those of
/// pictures and of unnamed tables do, are believed where there are enough of them.
/// </remarks>
internal sealed class CsvHeader(CsvOptions options, IReadOnlyList<string> fields, Func<string, bool> isNumber)
{
    // Fewer columns that count, such as 0,1 or 1,2, are values as likely as names.
    private const int FewestThatCount = 3;

    /// <summary>What is wrong with the line whatever the columns are for; <see langword="null"/> for nothing.</summary>
    public string? Fault => IsBelieved || !fields.All(isNumber) ? null : "the first line holds numbers only" + Advice;

    /// <summary>What is wrong with the line where it is known what the columns are for; <see langword="null"/> for nothing.</summary>
    /// <param name="layout">What they are for.</param>
    /// <param name="labels">The classes; <see langword="null"/> where targets are numbers.</param>
    /// <param name="missing">The texts that stand for a missing value.</param>
    public string? FaultOf(CsvLayout layout, CsvLabels? labels, HashSet<string> missing)
    {
        if (IsBelieved || !IsSample(layout, missing) || !Array.TrueForAll(layout.Targets, IsTarget) || Counts(layout))
            return null;
        return $"the names of the input columns are numbers ({Names(layout)})" + Advice;

        bool IsTarget(int column)
        {
            string text = fields[column].Trim();
            return labels is null ? isNumber(text) || missing.Contains(text) : labels.IsPossible(text);
        }
    }

    /// <summary>What is wrong with the line once the labels below it are known: a name among them is one as well.</summary>
    /// <param name="layout">What the columns are for.</param>
    /// <param name="found">The labels.</param>
    /// <param name="missing">The texts that stand for a missing value.</param>
    public string? FaultOf(CsvLayout layout, IEnumerable<string> found, HashSet<string> missing)
    {
        if (IsBelieved || !IsSample(layout, missing))
            return null;
        string name = fields[layout.Targets[0]].Trim();
        return found.Contains(name, StringComparer.Ordinal)
            ? $"the names of the input columns are numbers ({Names(layout)}), and that of the target column, {CsvLines.Show(name)}, is a label further down" + Advice
            : null;
    }

    private static string Advice => ": set HasHeader = false if the line is a sample, or NumericNames = true if it holds column names.";

    private string Names(CsvLayout layout) =>
        string.Join(", ", layout.Inputs.Take(3).Select(column => CsvLines.Show(fields[column].Trim()))) + (layout.Inputs.Length > 3 ? ", …" : "");

    private bool IsBelieved => !options.HasHeader || options.NumericNames || IsAskedFor(options.InputColumns) || IsAskedFor(options.TargetColumns);

    private bool IsAskedFor(CsvColumn[]? columns) =>
        columns?.Any(column => column.Name is { } name && fields.Any(field => field.Trim() == name)) == true;

    private bool IsSample(CsvLayout layout, HashSet<string> missing) =>
        Array.Exists(layout.Inputs, column => isNumber(fields[column]))
        && Array.TrueForAll(layout.Inputs, column => isNumber(fields[column]) || missing.Contains(fields[column].Trim()));

    /// <summary>Whether the names of the inputs are 0, 1, 2 and so on, or 1, 2, 3; a column of row numbers before them may be without a name.</summary>
    private bool Counts(CsvLayout layout)
    {
        string[] names = [.. layout.Inputs.OrderBy(column => column).Select(column => fields[column].Trim()).SkipWhile(name => name.Length == 0)];
        if (names.Length < FewestThatCount || names[0] is not ("0" or "1"))
            return false;
        int first = names[0] == "0" ? 0 : 1;
        return !names.Where((name, place) => name != (first + place).ToString(CultureInfo.InvariantCulture)).Any();
    }
}
