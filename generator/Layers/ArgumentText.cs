using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using GeneratedNetworks.Generator.Model;

namespace GeneratedNetworks.Generator.Layers;

/// <summary>The values of arguments in the words of a model text, both ways.</summary>
internal static class ArgumentText
{
    /// <summary>The words of a layer: <c>Dense units=32 activation=Relu Name="fc1"</c>. What is left out is not written.</summary>
    public static string Of(LayerModel layer)
    {
        LayerRegistration? registration = LayerRegistry.Find(layer.Attribute);
        return layer.Attribute + string.Concat(layer.Arguments
            .Where(argument => argument.Value is not null)
            .Select(argument => $" {argument.Name}={Write(registration?.Find(argument.Name), argument.Value!)}"));
    }

    /// <summary>What a word says of an argument; of several values, separated by commas, each is one.</summary>
    /// <exception cref="FormatException">It is no such value. The message names the argument, the word and what it should be.</exception>
    public static object Read(ArgumentSchema schema, string word)
    {
        object? value = schema.Kind switch
        {
            ArgumentKind.Int => Int(word),
            ArgumentKind.Double => Double(word),
            ArgumentKind.Bool => word is "true" or "false" ? word == "true" : null,
            ArgumentKind.Enum => Enumerated(schema.EnumType!, word),
            ArgumentKind.Ints => Ints(word),
            ArgumentKind.Extents => Int(word) ?? Ints(word),
            _ => null,
        };
        return value ?? throw Mismatch(schema, word);
    }

    /// <summary>The same of quoted strings.</summary>
    public static object Read(ArgumentSchema schema, IReadOnlyList<string> quoted) => schema.Kind switch
    {
        ArgumentKind.String when quoted.Count == 1 => quoted[0],
        ArgumentKind.Strings => new EquatableArray<string>(quoted),
        _ => throw Mismatch(schema, string.Join(",", quoted.Select(Quote))),
    };

    private static FormatException Mismatch(ArgumentSchema schema, string word) =>
        new($"{schema.Name} should be a {schema.KindInWords}".Replace("a true or", "true or") + $", and '{word}' is none");

    private static string Write(ArgumentSchema? schema, object value) => value switch
    {
        string text => Quote(text),
        bool flag => flag ? "true" : "false",
        double number => Shortest(number),
        int number when schema?.Kind == ArgumentKind.Enum => Enum.GetName(schema.EnumType!, number) ?? number.ToString(CultureInfo.InvariantCulture),
        EquatableArray<int> numbers => string.Join(",", numbers.Select(number => number.ToString(CultureInfo.InvariantCulture))),
        EquatableArray<string> texts => string.Join(",", texts.Select(Quote)),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        var other => other.ToString(),
    };

    /// <summary>The fewest digits that read back exactly: 0.3 and not 0.29999999999999999.</summary>
    private static string Shortest(double number)
    {
        foreach (string format in new[] { "G15", "G16" })
        {
            string text = number.ToString(format, CultureInfo.InvariantCulture);
            if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double read) && read.Equals(number))
                return text;
        }

        return number.ToString("G17", CultureInfo.InvariantCulture);
    }

    private static string Quote(string text)
    {
        StringBuilder quoted = new StringBuilder().Append('"');
        foreach (char character in text)
        {
            _ = character switch
            {
                '\\' or '"' => quoted.Append('\\').Append(character),
                '\n' => quoted.Append("\\n"),
                '\r' => quoted.Append("\\r"),
                _ => quoted.Append(character),
            };
        }

        return quoted.Append('"').ToString();
    }

    private static object? Int(string word) =>
        int.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) ? number : null;

    private static object? Double(string word) =>
        double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : null;

    /// <summary>A name, or the number behind one, which texts of before had.</summary>
    private static object? Enumerated(Type type, string word)
    {
        if (Int(word) is int number)
            return Enum.IsDefined(type, number) ? number : null;
        return Enum.IsDefined(type, word) ? Convert.ToInt32(Enum.Parse(type, word), CultureInfo.InvariantCulture) : null;
    }

    private static object? Ints(string word)
    {
        object?[] numbers = [.. word.Split(',').Select(Int)];
        return numbers.All(number => number is not null) ? new EquatableArray<int>(numbers.Select(number => (int)number!)) : null;
    }
}
