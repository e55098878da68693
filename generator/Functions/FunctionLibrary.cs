using System;
using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Functions.Helpers;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Functions;

/// <summary>Collects the helper methods that a generated file calls, then writes each of them once.</summary>
/// <param name="elsewhere">What to call where the functions of a target are collected by somebody else; null from it, or null itself, where it is here.</param>
/// <param name="modifiers">Of every method, attributes included; null for private ones with an attribute of their own.</param>
/// <param name="isPlain">Whether functions are taken from System.Math where that is shorter.</param>
internal sealed class FunctionLibrary(Func<NumericTarget, string, string?>? elsewhere = null, string? modifiers = null, bool isPlain = false)
{
    private const string Inlining =
        "[global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]";

    private const int Width = 140;

    private static readonly Dictionary<string, Helper> Helpers =
        new[]
            {
                ActivationFunction.Helpers, LossFunction.Helpers, OptimizerRule.Helpers,
                RangeHelpers.All, ExponentialHelpers.All, InitializationHelpers.All, SmoothActivations.Shared,
                PiecewiseTanh.Shared,
                TableExp.Shared,
                QuotientTanh.Shared,
            }
            .SelectMany(helpers => helpers)
            .ToDictionary(helper => helper.Name, StringComparer.Ordinal);

    // Text by overload, and the order in which it is written: by name, then double before float, then by width.
    private readonly SortedDictionary<(string Name, int Order), string> _methods = new(new OverloadOrder());

    /// <summary>Whether nothing has been required.</summary>
    public bool IsEmpty => _methods.Count == 0;

    /// <summary>Every helper's name, in ordinal order.</summary>
    public static IEnumerable<string> Names => Helpers.Keys.OrderBy(name => name, StringComparer.Ordinal);

    /// <summary>The parameter names of a helper, "ref" included.</summary>
    public static IReadOnlyList<string> ParametersOf(string helper) => Find(helper).Parameters;

    /// <summary>Makes a helper and all that it calls part of the file. Calling it again changes nothing.</summary>
    /// <returns>The method's name, to be called with arguments of the target's type.</returns>
    /// <exception cref="ArgumentException">There is no helper of that name.</exception>
    public string Require(NumericTarget target, string helper)
    {
        if (elsewhere?.Invoke(target, helper) is { } other)
            return other;
        Helper found = Find(helper);
        var key = (helper, (target.IsSingle ? 1 : 0) + 2 * target.VectorBits);
        if (!_methods.ContainsKey(key))
        {
            _methods.Add(key, ""); // before the text, whose own calls may come back here
            _methods[key] = Text(found, target);
        }
        return helper;
    }

    /// <summary>The text of the methods so far, those included that others call.</summary>
    public IEnumerable<string> Texts => _methods.Values;

    /// <summary>Writes the required methods, with an empty line between two private ones: those of a shared class stand under a comment each.</summary>
    public void Emit(CSharpWriter writer)
    {
        bool first = true;
        foreach (string method in _methods.Values)
        {
            if (!first && modifiers is null)
                writer.Line();
            writer.Lines(method);
            first = false;
        }
    }

    private static Helper Find(string helper) =>
        Helpers.TryGetValue(helper, out Helper? found)
            ? found
            : throw new ArgumentException($"There is no helper function '{helper}'.", nameof(helper));

    private string Text(Helper helper, NumericTarget target)
    {
        var writer = new CSharpWriter();
        writer.Lines("// " + helper.Formula.Replace("\n", "\n// "));
        bool elaborateScalar = !target.IsVector && IsElaborate(helper, target);
        if (modifiers is null && !target.IsBasic && !(elaborateScalar && !target.IsSingle))
            writer.Line(Inlining);

        string parameters = string.Join(", ", helper.Parameters.Select(p =>
            p.Length > 4 && p[3] == ' ' ? $"{p.Substring(0, 4)}{target.TypeName} {p.Substring(4)}" : $"{target.TypeName} {p}"));
        string signature = $"{modifiers ?? "private static"} {target.TypeName} {helper.Name}({parameters})";
        var text = new NumericText(target, this);

        if (elaborateScalar && target.IsSingle && (helper.IsDouble || !target.IsReproducible))
        {
            string call = text.CallDouble(helper.Name, [.. helper.Parameters.Select(p => "(double)" + p)]);
            writer.Line($"{signature} => (float){call};");
            return writer.ToString().TrimEnd('\n');
        }

        if (isPlain && helper.Plain is not null)
        {
            writer.Line($"{signature} => {helper.Plain.Replace("Math.", "global::System.Math.")};");
            return writer.ToString().TrimEnd('\n');
        }

        string body = WithoutIdleParentheses(helper.Body(text).Replace("\r\n", "\n"));
        if (target.IsAnyWidth)
            body = Infix.Translate(body);
        if (modifiers is not null)
            body = JoinDeclarations(body, target.TypeName + " ");
        if (body.StartsWith("return ", StringComparison.Ordinal) && body.IndexOf('\n') < 0)
        {
            string result = $" => {body.Substring("return ".Length)}";
            writer.Lines(signature + (modifiers is null && signature.Length + result.Length > Width ? "\n    " + result.TrimStart() : result));
        }
        else
        {
            using (writer.Open(signature))
                writer.Lines(body);
        }
        return writer.ToString().TrimEnd('\n');
    }

    /// <summary>Neighbours of one type in one declaration, as far as a line goes: the pieces of a polynomial are many.</summary>
    private static string JoinDeclarations(string body, string type)
    {
        List<string> lines = [];
        foreach (string line in body.Split('\n'))
        {
            string last = lines.Count == 0 ? "" : lines[lines.Count - 1];
            if (line.StartsWith(type, StringComparison.Ordinal) && last.StartsWith(type, StringComparison.Ordinal) && last.Length + line.Length <= Width)
                lines[lines.Count - 1] = last.TrimEnd(';') + ", " + line.Substring(type.Length);
            else
                lines.Add(line);
        }

        return string.Join("\n", lines);
    }

    private static bool IsElaborate(Helper helper, NumericTarget target)
    {
        var trial = new NumericText(target.ScalarDouble, null);
        helper.Body(trial);
        return trial.IsElaborate;
    }

    /// <summary>Drops parentheses around a whole right-hand side, result or argument: the pieces carry them in case a factor follows.</summary>
    private static string WithoutIdleParentheses(string text)
    {
        for (int open = 0; open < text.Length; open++)
        {
            if (text[open] != '(' || !StartsWhole(text, open))
                continue;
            int close = open;
            for (int depth = 0; close < text.Length; close++)
            {
                depth += text[close] == '(' ? 1 : text[close] == ')' ? -1 : 0;
                if (depth == 0)
                    break;
            }
            if (close + 1 < text.Length && text[close + 1] is ';' or ')' or ',')
                text = text.Remove(close, 1).Remove(open--, 1);
        }
        return text;
    }

    /// <summary>After "= ", "return ", ", " or the opening of a call's arguments or of another parenthesis.</summary>
    private static bool StartsWhole(string text, int open)
    {
        string before = text.Substring(0, open);
        return before.EndsWith("= ", StringComparison.Ordinal) && !before.EndsWith("<= ", StringComparison.Ordinal)
            || before.EndsWith("return ", StringComparison.Ordinal) || before.EndsWith(", ", StringComparison.Ordinal)
            || before.EndsWith("(", StringComparison.Ordinal);
    }

    private sealed class OverloadOrder : IComparer<(string Name, int Order)>
    {
        public int Compare((string Name, int Order) x, (string Name, int Order) y)
        {
            int byName = string.CompareOrdinal(x.Name, y.Name);
            return byName != 0 ? byName : x.Order.CompareTo(y.Order);
        }
    }
}
