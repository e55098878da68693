using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GeneratedNetworks.Generator.Tests.Witness;

/// <summary>A call in the emitted text.</summary>
/// <param name="Name">Of the method, without the class before it.</param>
/// <param name="Types">Its type arguments.</param>
/// <param name="Arguments">As written, names included.</param>
internal sealed record EmittedCall(string Name, IReadOnlyList<string> Types, IReadOnlyList<string> Arguments)
{
    /// <summary>A named argument that is a number.</summary>
    public int Of(string name) => int.Parse(Text(name), CultureInfo.InvariantCulture);

    public string Text(string name) =>
        Arguments.Single(argument => argument.StartsWith(name + ": ", StringComparison.Ordinal)).Substring(name.Length + 2);

    /// <summary>Whether it reads or writes the weights of a layer where they lie.</summary>
    public bool IsOfWeights(string layer)
    {
        // Most arguments need no expression to tell.
        string end = $", {char.ToUpperInvariant(layer[0])}{layer.Substring(1)}Weight)";
        return Arguments.Any(argument => argument.Contains(end, StringComparison.Ordinal) && Regex.IsMatch(argument, @"\b(parameters|gradients)" + Regex.Escape(end)));
    }
}

/// <summary>The files of one network as syntax.</summary>
internal sealed class EmittedText
{
    private readonly List<MethodDeclarationSyntax> _methods;
    private readonly string[] _texts;

    // The claims have more expressions than are kept by default, and each network asks for all of them.
    static EmittedText() => Regex.CacheSize = 200;

    public EmittedText(IEnumerable<SyntaxNode> files)
    {
        Roots = [.. files];
        _methods = [.. Roots.SelectMany(Declarations).OfType<MethodDeclarationSyntax>()];

        // Put together from the tokens again, a text would take half as long as to be parsed.
        _texts = [.. Roots.Select(root => root.SyntaxTree.GetText().ToString())];
    }

    public IReadOnlyList<SyntaxNode> Roots { get; }

    public static SyntaxNode Parse(string file) => CSharpSyntaxTree.ParseText(file, new CSharpParseOptions(LanguageVersion.Latest)).GetRoot();

    /// <summary>What a file declares at any depth of its types. Bodies, most of a file, are not looked into.</summary>
    public static IEnumerable<SyntaxNode> Declarations(SyntaxNode root) =>
        root.DescendantNodes(node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax or TypeDeclarationSyntax);

    public IEnumerable<MethodDeclarationSyntax> Methods => _methods;

    /// <summary>A method of a class.</summary>
    public MethodDeclarationSyntax? Find(string type, string name) =>
        _methods.FirstOrDefault(method => method.Identifier.Text == name && (method.Parent as TypeDeclarationSyntax)?.Identifier.Text == type);

    public MethodDeclarationSyntax Get(string type, string name) => Find(type, name) ?? throw new FormatException($"There is no {type}.{name}.");

    public bool HasType(string name) => Roots.SelectMany(Declarations).OfType<TypeDeclarationSyntax>().Any(type => type.Identifier.Text == name);

    /// <summary>What an expression finds in the text of all files.</summary>
    public IEnumerable<Match> Matches(string expression) => _texts.SelectMany(text => Regex.Matches(text, expression, RegexOptions.Compiled));

    /// <summary>The only number that an expression finds in the text of all files.</summary>
    public long Number(string expression)
    {
        HashSet<long> found = [.. Matches(expression).Select(match => long.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture))];
        return found.Count == 1 ? found.Single() : throw new FormatException($"{expression} is there {found.Count} times.");
    }

    public long? NumberOrNone(string expression) =>
        _texts.Any(text => Regex.IsMatch(text, expression, RegexOptions.Compiled)) ? Number(expression) : null;

    public static IReadOnlyList<EmittedCall> Calls(SyntaxNode node) =>
    [
        .. node.DescendantNodes().OfType<InvocationExpressionSyntax>().Select(call =>
        {
            SimpleNameSyntax? name = call.Expression switch
            {
                MemberAccessExpressionSyntax member => member.Name,
                SimpleNameSyntax simple => simple,
                _ => null,
            };
            return new EmittedCall(
                name?.Identifier.Text ?? string.Empty,
                name is GenericNameSyntax generic ? [.. generic.TypeArgumentList.Arguments.Select(type => type.ToString())] : [],
                [.. call.ArgumentList.Arguments.Select(argument => argument.ToString())]);
        }),
    ];

    /// <summary>What each type parameter of the passes stands for on each width of processors, in bits: "W" is 256 on 256.</summary>
    public IReadOnlyDictionary<int, IReadOnlyDictionary<string, int>> Widths()
    {
        TypeDeclarationSyntax[] types = [.. Roots.SelectMany(Declarations).OfType<TypeDeclarationSyntax>()];
        string[] parameters = [.. types.First(type => type.Identifier.Text == "Passes").TypeParameterList!.Parameters.Select(parameter => parameter.Identifier.Text)];
        Dictionary<int, IReadOnlyDictionary<string, int>> widths = [];
        foreach (TypeDeclarationSyntax type in types.Where(type => Regex.IsMatch(type.Identifier.Text, @"^On\d+$")))
        {
            GenericNameSyntax passes = (GenericNameSyntax)type.BaseList!.Types.Single().Type;
            widths.Add(
                int.Parse(type.Identifier.Text.Substring(2), CultureInfo.InvariantCulture),
                parameters.Zip(passes.TypeArgumentList.Arguments)
                    .Where(pair => Regex.IsMatch(pair.Second.ToString(), @"^W\d+$"))
                    .ToDictionary(pair => pair.First, pair => int.Parse(pair.Second.ToString().Substring(1), CultureInfo.InvariantCulture)));
        }

        return widths;
    }

    /// <summary>The part of a method that a comment "dense1: z = …" opens, up to the next layer's.</summary>
    public static string? Section(MethodDeclarationSyntax method, string layer)
    {
        List<string> lines = [];
        bool inside = false;
        foreach (string line in method.ToFullString().Split('\n').Select(line => line.Trim()))
        {
            if (Regex.Match(line, @"^// (\w+): z = ") is { Success: true } start)
                inside = start.Groups[1].Value == layer;
            if (inside)
                lines.Add(line);
        }

        return lines.Count == 0 ? null : string.Join("\n", lines.Where(line => !line.StartsWith("//", StringComparison.Ordinal)));
    }
}
