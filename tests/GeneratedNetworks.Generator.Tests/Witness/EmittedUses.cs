using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GeneratedNetworks.Generator.Tests.Witness;

/// <summary>What a file declares and which names stand in it, read once however many networks share the file.</summary>
internal sealed class EmittedUses
{
    private static readonly ConditionalWeakTable<SyntaxNode, EmittedUses> Known = [];

    private readonly Dictionary<SyntaxNode, (string Name, string? Call)[]> _names = [];

    private EmittedUses(SyntaxNode root)
    {
        SyntaxNode[] declarations = [.. EmittedText.Declarations(root)];
        Tree = root.SyntaxTree;
        Methods = [.. declarations.OfType<MethodDeclarationSyntax>()];
        Types = [.. declarations.OfType<TypeDeclarationSyntax>()];
        Roots = [.. declarations.Where(IsRoot)];
    }

    public SyntaxTree Tree { get; }

    public IReadOnlyList<MethodDeclarationSyntax> Methods { get; }

    public IReadOnlyList<TypeDeclarationSyntax> Types { get; }

    /// <summary>Members that are there for others, and what is no method: initializers, constructors, properties, base lists.</summary>
    public IReadOnlyList<SyntaxNode> Roots { get; }

    public static EmittedUses Of(SyntaxNode root) => Known.GetValue(root, file => new(file));

    /// <summary>By which a call finds a method.</summary>
    public static string Key(MethodDeclarationSyntax method) => Key(method.Identifier.Text, method.ParameterList.Parameters.Count);

    /// <summary>Each name in a declaration once, and, where it is called, by which.</summary>
    public IReadOnlyList<(string Name, string? Call)> In(SyntaxNode declaration)
    {
        lock (_names)
        {
            if (!_names.TryGetValue(declaration, out (string, string?)[]? names))
                _names.Add(declaration, names = [.. declaration.DescendantNodes().OfType<SimpleNameSyntax>().Select(Use).Distinct()]);
            return names;
        }
    }

    /// <summary>The user's class, of which a file has one part without modifiers, and the public ones in it.</summary>
    public static bool IsOpen(TypeDeclarationSyntax type) => IsPublic(type.Modifiers)
        || (type.Modifiers.Any(SyntaxKind.PartialKeyword) && type.Identifier.Text != "Gn" && !type.Modifiers.Any(SyntaxKind.PrivateKeyword));

    private static (string Name, string? Call) Use(SimpleNameSyntax name)
    {
        SyntaxNode expression = name.Parent is MemberAccessExpressionSyntax member && member.Name == name ? member : name;
        return (name.Identifier.Text, expression.Parent is InvocationExpressionSyntax call && call.Expression == expression
            ? Key(name.Identifier.Text, call.ArgumentList.Arguments.Count)
            : null);
    }

    private static string Key(string name, int arguments) => $"{name}({arguments})";

    private static bool IsRoot(SyntaxNode node) => node switch
    {
        MethodDeclarationSyntax method => method.ExplicitInterfaceSpecifier is not null || (IsPublic(method.Modifiers) && method.Ancestors().OfType<TypeDeclarationSyntax>().All(IsOpen)),
        BaseListSyntax => true,
        MemberDeclarationSyntax and not (TypeDeclarationSyntax or BaseNamespaceDeclarationSyntax) => true,
        _ => false,
    };

    private static bool IsPublic(SyntaxTokenList modifiers) => modifiers.Any(SyntaxKind.PublicKeyword);
}
