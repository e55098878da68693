using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace GeneratedNetworks;

/// <summary>What to do about a field that is not what the options say, behind the words that tell of it: each can be followed to the letter.</summary>
internal static class CsvAdvice
{
    private const int MostColumns = 8;

    /// <summary>Of a label that is no integer.</summary>
    public static string OfText(CsvOptions options) => $": set TextLabels = true in place of ClassCount = {options.ClassCount}; each different text becomes a class";

    /// <summary>Of an integer that is none of the classes.</summary>
    /// <param name="label">The integer.</param>
    /// <param name="options">What was asked for.</param>
    /// <param name="before">The labels before it.</param>
    public static string OfNumber(int label, CsvOptions options, List<int> before)
    {
        string texts = $"TextLabels = true in place of ClassCount = {options.ClassCount}";
        if (label == options.ClassCount && !before.Contains(0))
        {
            string first = options.BinaryTarget ? "the target 0" : "output 0";
            return $"; the labels seem to start at 1: put {texts} (label 1 is then {first}), or take 1 from each label in the file";
        }

        string more = label < 0 || options.BinaryTarget ? "" : "set ClassCount to more than the highest label, or ";
        return $": {more}put {texts}; each different label becomes a class then";
    }

    /// <summary>Of a target that is text.</summary>
    public static string OfTarget(CsvLayout layout) => layout.Targets.Length == 1 ? "; TextLabels = true reads classes" : "";

    /// <summary>Of an input that is text.</summary>
    /// <param name="column">Where it is.</param>
    /// <param name="name">What that column is called, or where it is, in words.</param>
    /// <param name="layout">All columns.</param>
    /// <param name="isReadable">Whether a column holds a number on this line, or a value that is missing.</param>
    public static string OfInput(int column, string name, CsvLayout layout, Func<int, bool> isReadable)
    {
        int[] others = [.. layout.Inputs.Where(isReadable)];
        string subject = name.StartsWith("column '", StringComparison.Ordinal) ? name.Substring("column ".Length) : name;
        string convert = $"to use {subject} as an input, write it in the file as numbers, such as a column of 0 and 1 for each of its values";
        if (others.Length == 0)
            return ": " + convert;
        string list = others.Length > MostColumns ? "InputColumns, with the columns to be read," : $"InputColumns = [{string.Join(", ", others.Select(other => Write(other, layout.Names)))}]";
        bool isAlone = layout.Inputs.Where(other => !isReadable(other)).SequenceEqual([column]);
        return $". {list} leaves {(isAlone ? "it" : "all that is text")} out; {convert}";
    }

    /// <summary>A column as C# writes it: by its name where that is one word for one column, else by its place.</summary>
    private static string Write(int column, string[]? names)
    {
        bool isPlain = names is not null && names[column].Length > 0 && names.Count(name => name == names[column]) == 1
            && !names[column].Any(character => character is '"' or '\\' || char.IsControl(character));
        return isPlain ? $"\"{names![column]}\"" : column.ToString(CultureInfo.InvariantCulture);
    }
}
