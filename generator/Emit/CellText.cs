using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using GeneratedNetworks.Generator.Operations;

namespace GeneratedNetworks.Generator.Emit;

/// <summary>The formulas of a cell as statements of some target.</summary>
internal static class CellText
{
    private static readonly Regex Call = new(@"\b(?<name>[A-Z]\w*)\(", RegexOptions.CultureInvariant);

    private static readonly Regex Word = new(@"\b[a-z]\w*\b", RegexOptions.CultureInvariant);

    /// <summary>The functions that formulas call; multiply-adds are none.</summary>
    public static IEnumerable<string> Functions(IEnumerable<string> statements) =>
        statements.SelectMany(statement => Call.Matches(statement).Cast<Match>()).Select(match => match.Groups["name"].Value).Where(name => name != "MultiplyAdd").Distinct();

    /// <summary>What is read, as far as something is made of it.</summary>
    public static IEnumerable<CellPlace> Loads(CellForm form, IReadOnlyList<string> statements, IEnumerable<CellPlace> stores)
    {
        HashSet<string> used = [.. statements.SelectMany(statement => Word.Matches(statement.Substring(statement.IndexOf('=') + 1)).Cast<Match>()).Select(match => match.Value), .. stores.Select(place => place.Variable)];
        return form.Loads.Where(load => used.Contains(load.Variable));
    }

    /// <summary>Statements with a type where a variable is new.</summary>
    /// <param name="loads">What there is already.</param>
    /// <param name="statements">The form's.</param>
    /// <param name="type">Of a variable.</param>
    /// <param name="call">The name by which a function is called.</param>
    /// <param name="word">What stands for one, zero and limit.</param>
    public static IEnumerable<string> Statements(IEnumerable<CellPlace> loads, IEnumerable<string> statements, string type, Func<string, string> call, Func<string, string>? word = null)
    {
        HashSet<string> declared = [.. loads.Select(load => load.Variable)];
        foreach (string statement in statements)
        {
            string variable = statement.Substring(0, statement.IndexOf(' ')), value = statement.Substring(statement.IndexOf('=') + 2);
            value = Call.Replace(value, match => call(match.Groups["name"].Value) + "(");
            if (word is not null)
                value = Word.Replace(value, match => match.Value is "one" or "zero" or "limit" ? word(match.Value) : match.Value);
            yield return $"{(declared.Add(variable) ? type + " " : string.Empty)}{variable} = {value};";
        }
    }
}
