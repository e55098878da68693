using System.Text;
using System.Text.RegularExpressions;

namespace GeneratedNetworks.Generator.Functions;

/// <summary>
/// Turns operators into calls of W's members, "dy * (y - z)" into "W.Multiply(dy, W.Subtract(y, z))": a type parameter has no operators. Functions are
/// so written as formulas for all targets.
/// </summary>
internal sealed class Infix
{
    private static readonly Regex Statement = new(@"^(?<before> *(?:V \w+ = |\w+ = |return ))(?<value>.*);$", RegexOptions.CultureInvariant | RegexOptions.Multiline);

    private readonly string _text;
    private int _at;

    private Infix(string text) => _text = text;

    /// <summary>The statements with every value that is assigned or returned in calls.</summary>
    public static string Translate(string statements) => Statement.Replace(statements, match => $"{match.Groups["before"].Value}{new Infix(match.Groups["value"].Value).All()};");

    private string All()
    {
        string value = Sum();
        return _at == _text.Length ? value : throw new System.FormatException($"'{_text}' has more at {_at} than a formula may say.");
    }

    private string Sum()
    {
        string left = Product();
        while (Take(" + ") || Take(" - "))
            left = $"W.{(_text[_at - 2] == '+' ? "Add" : "Subtract")}({left}, {Product()})";
        return left;
    }

    private string Product()
    {
        string left = Signed();
        while (Take(" * ") || Take(" / "))
            left = $"W.{(_text[_at - 2] == '*' ? "Multiply" : "Divide")}({left}, {Signed()})";
        return left;
    }

    private string Signed()
    {
        if (!Take("-"))
            return Primary();
        return char.IsDigit(_text[_at]) ? "-" + Primary() : $"W.Negate({Signed()})";
    }

    private string Primary()
    {
        if (Take("("))
        {
            string inner = Sum();
            Expect(")");
            return inner;
        }

        StringBuilder text = new();
        while (_at < _text.Length && (char.IsLetterOrDigit(_text[_at]) || _text[_at] == '.' || IsExponentSign()))
            text.Append(_text[_at++]);
        if (text.Length == 0)
            throw new System.FormatException($"'{_text}' has no value at {_at}.");
        if (!Take("("))
            return text.ToString();
        text.Append('(');
        do
        {
            text.Append(text[text.Length - 1] == '(' ? "" : ", ").Append(Take("out V ") ? "out V " : "").Append(Sum());
        }
        while (Take(", "));
        Expect(")");
        return text.Append(')').ToString();
    }

    /// <summary>The sign in 1E-06f or 1E+30f.</summary>
    private bool IsExponentSign() => _text[_at] is '-' or '+' && _at > 1 && _text[_at - 1] == 'E' && char.IsDigit(_text[_at - 2]);

    private bool Take(string token)
    {
        if (string.CompareOrdinal(_text, _at, token, 0, token.Length) != 0)
            return false;
        _at += token.Length;
        return true;
    }

    private void Expect(string token)
    {
        if (!Take(token))
            throw new System.FormatException($"'{_text}' has no '{token}' at {_at}.");
    }
}
