using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using GeneratedNetworks.Generator.Layers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GeneratedNetworks.Generator.Parsing;

/// <summary>What to write where the numbers of a window are not in the form that its attribute takes: one for all axes, or a list.</summary>
internal sealed class WindowNumbers
{
    private readonly int _axes;
    private readonly bool _hasListExpressions;

    private WindowNumbers(int axes, bool hasListExpressions, string size, int place)
    {
        _axes = axes;
        _hasListExpressions = hasListExpressions;
        Size = size;
        Place = place;
    }

    /// <summary>What the attribute calls the size of its window.</summary>
    public string Size { get; }

    /// <summary>Where that stands among its arguments.</summary>
    public int Place { get; }

    /// <returns>Null for an attribute without a window.</returns>
    public static WindowNumbers? Of(string attribute, ParseOptions options)
    {
        const int CSharp12 = 1200;
        if (LayerRegistry.Find(attribute) is not { } layer || layer.Find("Pads") is null || layer.Arguments.FirstOrDefault(argument => argument.Kind == ArgumentKind.Extents) is not { } size)
            return null;
        bool hasListExpressions = options is CSharpParseOptions { LanguageVersion: var version } && (int)version.MapSpecifiedToEffectiveVersion() >= CSharp12;
        return new(attribute.Contains("2D") ? 2 : 1, hasListExpressions, size.Name, layer.Arguments.ToList().IndexOf(size));
    }

    /// <summary>Of two numbers where one stands for the size: the second is another axis's, or a stride, as other libraries have it there.</summary>
    public string OfTwo(ExpressionSyntax first, ExpressionSyntax second)
    {
        string stride = $"a stride of {second} is Stride = {second}";
        return _axes == 1 ? $"takes one {Size}: {stride}" : $"takes one {Size}: one of {first} by {second} is {List([$"{first}", $"{second}"])}, and {stride}";
    }

    /// <summary>Of a value that does not fit; null where nothing better is known than its type.</summary>
    public string? Remedy(string name, ExpressionSyntax value, object? constant)
    {
        string[]? numbers = Numbers(value);
        string? one = constant is int number ? number.ToString(CultureInfo.InvariantCulture) : null;
        return name switch
        {
            "Pads" when one is not null => Pads(Enumerable.Repeat(one, _axes)),
            "Pads" when numbers is not null => Pads(numbers),
            "Stride" or "Dilation" when numbers is not null => $"takes one whole number as '{name}': write {name}s = {List(numbers)} for one along each axis",
            "Strides" or "Dilations" when one is not null => $"takes a list as '{name}': write {name.TrimEnd('s')} = {one}",
            "Strides" or "Dilations" when numbers is not null => $"takes a list as '{name}': write {List(numbers)}",
            _ when name == Size && numbers is { Length: 2 } && _axes == 2 => $"takes a list as '{name}': a {name} of {numbers[0]} by {numbers[1]} is {List(numbers)}",
            _ => null,
        };
    }

    /// <summary>So many elements on every side, as an attribute says it.</summary>
    public string PadsOf(string number) => List(Enumerable.Repeat(number, 2 * _axes));

    private string Pads(IEnumerable<string> numbers)
    {
        // One for each axis is meant for both of its sides.
        string[] given = [.. numbers];
        string[] sides = given.Length == _axes ? [.. given.SelectMany(number => new[] { number, number })] : given.Length == 2 * _axes ? given : [.. Enumerable.Repeat("1", 2 * _axes)];
        return $"takes {(_axes == 1 ? "two numbers as 'Pads', before and after" : "four numbers as 'Pads', top, bottom, left and right")}: write {List(sides)}";
    }

    private string List(IEnumerable<string> numbers) => _hasListExpressions ? $"[{string.Join(", ", numbers)}]" : $"new[] {{ {string.Join(", ", numbers)} }}";

    /// <summary>The elements of a tuple, an array or a list in brackets, for which the oldest compiler has no node.</summary>
    private static string[]? Numbers(ExpressionSyntax value)
    {
        string text = value.ToString();
        return value switch
        {
            TupleExpressionSyntax tuple => [.. tuple.Arguments.Select(argument => argument.Expression.ToString())],
            ImplicitArrayCreationExpressionSyntax array => [.. array.Initializer.Expressions.Select(element => element.ToString())],
            ArrayCreationExpressionSyntax { Initializer: { } initializer } => [.. initializer.Expressions.Select(element => element.ToString())],
            _ when text.Length > 2 && text[0] == '[' && text[text.Length - 1] == ']' => [.. text.Substring(1, text.Length - 2).Split(',').Select(element => element.Trim())],
            _ => null,
        };
    }
}
